"""Who is reminded when, how often, where: the nudge ladder, and the caller who is kept warm."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.catalogue import Urgency
from core.errors import Refused
from core.ladder import USUAL
from core.leg import Leg
from core.lifecycle import Action, Status
from core.limits import Clock, Span, Unit
from core.nudging import LATE, URGENT, next_rung, rungs
from core.nudging import Stage as Rung
from core.outgoing import OutboxRow, Policy
from core.people import Actor, Officer, Post, Resident
from core.quarters import QUARTER, quarter_end
from core.quiet import quiet
from core.rating import Conclusion, Verdict
from core.warmth import word_due
from storage.memory import MemoryUnits
from tests.core.playing import (
    CHATS,
    COMMUNITY,
    DISTRICT,
    LI,
    LIN,
    MONDAY,
    STREET,
    Stage,
    liwan,
    words,
)

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
GROUP = CHATS[COMMUNITY]
HE, GAO = Actor(2011, "何主任", frozenset({COMMUNITY})), Actor(2012, "高副")
POSTS = {LI.account: Post.LIAISON, GAO.account: Post.DEPUTY, HE.account: Post.HEAD}
CALENDAR = liwan().calendar


@pytest.fixture
async def stage(units) -> Stage:
    """A community with liaison, deputy and head, who all spoke to the bot."""
    return await staffed(await Stage(units).set_up())


async def staffed(stage: Stage) -> Stage:
    async with stage.units.begin() as work:
        await work.people.remove_officer(2002, COMMUNITY)
        for person in (LI, GAO, HE):
            account = person.account or 0
            post = POSTS[person.account]
            await work.people.save_officer(Officer(account, COMMUNITY, person.name, post))
            await work.people.save_resident(Resident(account, person.name))
    return stage


async def signed(stage: Stage, **more: object):
    """A call Li has taken and talked about."""
    call = await stage.raised(**more)
    leg = await stage.leg(call)
    async with stage.desk() as desk:
        await desk.acknowledge(leg.id, by=LI, now=stage.now)
        await desk.reply(leg.id, words("明天来修"), by=LI, now=stage.now)
    await stage.owed()
    return call


async def nudges(stage: Stage) -> list[OutboxRow]:
    """Reminders owed since the last look."""
    rows = [row for row in await stage.owed() if row.payload.get("entry")]
    async with stage.units.begin() as work:
        entries = {r.payload["entry"]: await work.journal.get(r.payload["entry"]) for r in rows}
    return [row for row in rows if entries[row.payload["entry"]].action is Action.NUDGE]


async def at(stage: Stage, call, stage_: Rung, clock: Clock = Clock.FINISH) -> datetime:
    """When this rung of the call rings."""
    return quarter_end(await reached_at(stage, call, stage_, clock), CALENDAR.zone)


async def reached_at(stage: Stage, call, stage_: Rung, clock: Clock = Clock.FINISH) -> datetime:
    """When this rung of the call comes, to the minute."""
    leg = await stage.leg(call)
    made = rungs(leg, call.urgency, CALENDAR, stage.district.ladder_of(leg.agency))
    return next(rung.at for rung in made if (rung.stage, rung.clock) == (stage_, clock))


async def pass_until(stage: Stage, call, until: datetime) -> None:
    """Every moment at which time does something, in turn."""
    for _ in range(500):
        due = (await stage.leg(call)).next_due
        if due is None or due > until:
            break
        await stage.tick(max(due, stage.now))
    stage.now = until


async def test_at_the_limit_deputy_and_liaison_hear_in_private_and_at_red_head_and_district(stage):
    call = await signed(stage)
    await pass_until(stage, call, await at(stage, call, Rung.NEAR))
    near = await nudges(stage)
    await pass_until(stage, call, await at(stage, call, Rung.YELLOW))
    yellow = await nudges(stage)
    await pass_until(stage, call, await at(stage, call, Rung.RED))
    red = await nudges(stage)

    assert {row.lane for row in near} == {GROUP}
    assert {row.lane for row in yellow} == {GROUP, LI.account, GAO.account}
    assert {row.lane for row in red} == {GROUP, HE.account, CHATS[DISTRICT]}


async def test_whoever_never_spoke_to_the_bot_hears_in_the_group_alone(stage):
    async with stage.units.begin() as work:
        await work.people.save_resident(Resident(GAO.account or 0, GAO.name, reachable=False))
    call = await signed(stage)
    await pass_until(stage, call, await at(stage, call, Rung.YELLOW))

    assert GAO.account not in {row.lane for row in await nudges(stage)}


async def test_the_caller_gets_an_apology_with_a_new_date_once_it_is_red(stage):
    call = await signed(stage)
    await pass_until(stage, call, await at(stage, call, Rung.RED) + MINUTE)

    said = [e for e in (await stage.call(call)).entries if e.action is Action.APOLOGISE]
    assert len(said) == 1
    assert datetime.fromisoformat(said[0].facts["promised"]) > said[0].at


async def test_what_was_done_in_time_needs_no_apology(stage):
    call = await signed(stage)
    await pass_until(stage, call, await at(stage, call, Rung.RED) - MINUTE)
    async with stage.desk() as desk:
        leg = await desk.resolve(
            (await stage.leg(call)).id,
            conclusion=Conclusion.SOLVED,
            pieces=words("好了"),
            by=LI,
            now=stage.now,
        )
    await stage.tick(stage.now + HOUR)

    assert leg.status is not Status.IN_PROGRESS
    actions = [entry.action for entry in (await stage.call(call)).entries]
    assert Action.APOLOGISE not in actions


async def test_an_urgent_call_goes_from_one_to_the_next_of_the_roster_then_to_the_telephone(stage):
    call = await stage.raised(danger=True)
    await stage.owed()
    pace = USUAL.pages[call.urgency]
    called = []
    for _ in range(3):
        await stage.tick((await stage.leg(call)).next_due)
        rows = await nudges(stage)
        called += [row.lane for row in rows if row.lane > 0]
    first = (await stage.call(call)).entries
    await pass_until(stage, call, stage.now + 3 * HOUR)
    stages = [e.facts["stage"] for e in (await stage.call(call)).entries if e.facts.get("stage")]

    assert list(dict.fromkeys(called)) == [LI.account, GAO.account, HE.account]
    assert pace.unit is Unit.MINUTES
    assert max(entry.facts.get("paged", 0) for entry in first) == 3
    assert "tree" in stages


async def test_who_is_away_is_passed_over_for_whoever_stands_in(stage):
    async with stage.units.begin() as work:
        await work.people.save_officer(
            Officer(
                LI.account or 0,
                COMMUNITY,
                LI.name,
                away_until=MONDAY + DAY,
                substitute=GAO.account,
            )
        )
    call = await stage.raised(danger=True)
    await stage.owed()
    await stage.tick((await stage.leg(call)).next_due)

    assert [row.lane for row in await nudges(stage) if row.lane > 0] == [GAO.account]


async def test_the_order_of_the_roster_is_the_order_of_calling(stage):
    async with stage.desk() as desk:
        await desk.set_roster(COMMUNITY, ("何主任", "高副"), by=LI)
    call = await stage.raised(danger=True)
    await stage.owed()
    await stage.tick((await stage.leg(call)).next_due)

    assert [row.lane for row in await nudges(stage) if row.lane > 0] == [HE.account]


async def test_the_same_stage_edits_and_a_new_one_rings(stage):
    call = await stage.raised()
    await stage.owed()
    await pass_until(stage, call, MONDAY + 8 * HOUR)
    rows = [row for row in await nudges(stage) if row.lane == GROUP]

    assert len([row for row in rows if not row.payload.get("edits")]) <= USUAL.pings
    assert all(r.policy is Policy.LATEST for r in rows if r.payload.get("edits"))


async def test_a_caller_hears_within_three_working_days_that_it_goes_on(stage):
    call = await signed(stage)
    await pass_until(stage, call, MONDAY + 3 * DAY)

    assert (LIN.account, "heartbeat") in await stage.told()


@pytest.mark.parametrize(
    ("urgency", "status", "due"),
    [
        (Urgency.P0, Status.IN_PROGRESS, "2026-06-15 12:00"),
        (Urgency.P1, Status.IN_PROGRESS, "2026-06-16 09:00"),  # 12 h later it is ten at night
        (Urgency.P2, Status.IN_PROGRESS, "2026-06-18 10:00"),
        (Urgency.P3, Status.IN_PROGRESS, "2026-06-23 10:00"),  # the nineteenth is a holiday
        (Urgency.P4, Status.ON_HOLD, "2026-07-15 10:00"),
        (Urgency.P2, Status.RESOLVED, None),
    ],
)
def test_how_long_a_caller_goes_without_a_word_depends_on_the_urgency(urgency, status, due):
    leg = Leg(1, 1, COMMUNITY, dispatched_at=MONDAY, status=status)
    word = word_due(leg, urgency, liwan())

    assert (word and f"{word.astimezone(CALENDAR.zone):%Y-%m-%d %H:%M}") == due


async def test_any_public_word_puts_the_heartbeat_off_and_an_inner_note_does_not(stage):
    call = await signed(stage)
    leg = await stage.leg(call)
    stage.now += DAY
    async with stage.desk() as desk:
        await desk.progress(leg.id, words("材料到了"), by=LI, now=stage.now)
        await desk.note(leg.id, words("问问老周"), by=LI, now=stage.now + HOUR)
    await stage.owed()
    await pass_until(stage, call, MONDAY + 4 * DAY)
    early = [told for told in await stage.told() if told[1] == "heartbeat"]
    await pass_until(stage, call, MONDAY + 8 * DAY)

    assert early == []
    actions = [entry.action for entry in (await stage.call(call)).entries]
    assert Action.HEARTBEAT in actions


async def test_a_leg_that_called_up_keeps_the_caller_warm(stage):
    call = await signed(stage)
    leg = await stage.leg(call)
    async with stage.desk() as desk:
        await desk.call_up(leg.id, target=STREET, pieces=words("围好了"), by=LI, now=stage.now)
    await stage.owed()
    await pass_until(stage, call, MONDAY + 4 * DAY)

    assert (LIN.account, "heartbeat") in await stage.told()


async def test_an_agency_with_a_tighter_ladder_is_reminded_sooner(units):
    tight = {COMMUNITY: replace(USUAL, near=0.5)}
    hasty = await Stage(units, district=replace(liwan(), ladders=tight)).set_up()
    call = await signed(hasty)

    leg = await hasty.leg(call)
    half = CALENDAR.used(leg.dispatched_at, leg.finish_due) / 2
    assert CALENDAR.used(leg.dispatched_at, await reached_at(hasty, call, Rung.NEAR)) == half


@pytest.mark.parametrize("urgency", list(Urgency))
def test_red_is_never_later_than_a_working_day_after_the_limit(urgency):
    leg = Leg(1, 1, COMMUNITY, dispatched_at=MONDAY, finish_due=MONDAY + 30 * DAY)
    red = [rung for rung in rungs(leg, urgency, CALENDAR) if rung.stage is Rung.RED]

    assert red[-1].at <= CALENDAR.add(leg.finish_due, Span(1, Unit.WORKING_DAYS))


SHARES = st.floats(min_value=0.5, max_value=0.999)


@given(
    st.sampled_from(list(Urgency)),
    st.integers(min_value=0, max_value=60 * 24 * 7),
    st.integers(min_value=10, max_value=60 * 24 * 9),
    SHARES,
)
def test_what_is_urgent_rings_to_the_minute_and_all_else_within_a_quarter(
    urgency, minutes, limit, near
):
    start = MONDAY + minutes * MINUTE
    ladder = replace(USUAL, near=near, board=near)
    due = start + limit * MINUTE
    leg = Leg(1, 1, COMMUNITY, dispatched_at=start, signed_at=start, finish_due=due)
    first, second, *_ = rungs(leg, urgency, CALENDAR, ladder)
    rings = next_rung(leg, urgency, CALENDAR, ladder)

    assert first.at <= rings < first.at + QUARTER
    assert rings == first.at or (urgency not in URGENT and rings < second.at)


TO_CALLERS = {Action.HEARTBEAT, Action.APOLOGISE, Action.REMIND, Action.LAPSE}
LIVES = st.lists(
    st.tuples(
        st.sampled_from(("wait", "sign", "reply", "progress", "resolve", "rework", "close")),
        st.integers(min_value=5, max_value=60 * 30),
    ),
    min_size=3,
    max_size=8,
)


@given(LIVES, st.booleans(), st.integers(min_value=0, max_value=23))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
async def test_whatever_becomes_of_a_leg_nobody_is_rung_too_often_at_night_or_after_the_end(
    life, danger, hour
):
    stage = await staffed(await Stage(MemoryUnits(), now=MONDAY + hour * HOUR).set_up())
    call = await stage.raised(danger=danger)
    rows: list[tuple[datetime, OutboxRow]] = []
    closed = None
    for act, minutes in life:
        await _lived(stage, call, rows, minutes)
        await _acted(stage, call, act)
        if (await stage.leg(call)).status is Status.CLOSED:
            closed = len(rows)
            break
    await _lived(stage, call, rows, 60 * 24 * 4)

    rung = [(now, row) for now, row in rows if not row.payload.get("edits")]
    days = Counter((row.lane, now.astimezone(CALENDAR.zone).date()) for now, row in rung)
    assert max(days.values(), default=0) <= USUAL.pings * (1 + (call.urgency in URGENT))
    if call.urgency not in (Urgency.P0, Urgency.P1):
        assert not [now for now, _ in rows if quiet(now, CALENDAR)]
    assert closed is None or len(rows) == closed
    entries = (await stage.call(call)).entries
    assert not [e for e in entries if e.action in TO_CALLERS and quiet(e.at, CALENDAR)]
    assert await _monotone(stage, call)


async def _lived(stage: Stage, call, rows: list, minutes: int) -> None:
    until = stage.now + minutes * MINUTE
    while True:
        due = (await stage.leg(call)).next_due
        if due is None or due > until:
            break
        await stage.tick(max(due, stage.now))
        rows += [(stage.now, row) for row in await nudges(stage)]
    stage.now = until


async def _acted(stage: Stage, call, act: str) -> None:
    leg = await stage.leg(call)
    with suppress(Refused):
        await _tried(stage, leg, act)


async def _tried(stage: Stage, leg: Leg, act: str) -> None:
    async with stage.desk() as desk:
        if act == "sign" and leg.status is Status.DISPATCHED:
            await desk.acknowledge(leg.id, by=LI, now=stage.now)
        elif leg.status is Status.IN_PROGRESS and act in ("reply", "progress"):
            await getattr(desk, act)(leg.id, words("在办"), by=LI, now=stage.now)
        elif leg.status is Status.IN_PROGRESS and act == "resolve" and leg.contacted_at:
            pieces = (*words("好了"),)
            await desk.resolve(
                leg.id, conclusion=Conclusion.EXPLAINED, pieces=pieces, by=LI, now=stage.now
            )
        elif leg.status is Status.RESOLVED and act == "rework" and leg.rework < 3:
            await desk.rework(leg.id, by=LIN, now=stage.now)
        elif leg.status is Status.RESOLVED and act == "close":
            await desk.rate(leg.id, verdict=Verdict.SOLVED, stars=5, by=LIN, now=stage.now)


async def _monotone(stage: Stage, call) -> bool:
    """Within one dispatch no clock ever goes back to a milder stage."""
    seen: dict[str, int] = {}
    for entry in (await stage.call(call)).entries:
        if entry.action is Action.REWORK:
            seen.clear()
        stage_ = entry.facts.get("stage")
        if entry.action is Action.NUDGE and stage_ in LATE:
            rank = LATE.index(Rung(stage_))
            if rank < seen.get(entry.facts["clock"], 0):
                return False
            seen[entry.facts["clock"]] = rank
    return True

"""Whatever anybody does, in whatever order: the life of a call keeps its promises."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from hypothesis import strategies as st

from core.call import NOBODY, Call, NewCall, OnBehalf
from core.errors import CoreError
from core.leg import Leg, parts_in
from core.lifecycle import Outcome, Status, rule_for
from core.nudging import URGENT
from core.people import Actor, Officer
from core.views import CallView, LegView
from tests.core.acts import ACTS, CODE, PENG, PHONE, ROW_OF, WHO
from tests.core.playing import (
    COMMUNITY,
    DENG,
    DISTRICT,
    LAMP,
    LI,
    LIANG,
    LIN,
    TAN,
    TEAM,
    WU,
    ZHONG,
    Stage,
    words,
)
from tests.fakes import MemoryUnits

ROUNDED = timedelta(minutes=1)
Steps = list[tuple[tuple[str, int], int, int]]
# Withdrawing and reopening by hand are always possible: they would crowd out everything else.
SELDOM = (
    "withdraw",
    "redirect",
    "propose rejection",
    "reopen by hand",
    "still good",
    "restrict",
    "claim",
    "claim badly",
)
FITTING = st.tuples(st.just("fitting"), st.integers(0, 10_000))
WILD = st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, len(WHO) - 1))
STEPS = st.tuples(
    st.one_of(FITTING, FITTING, FITTING, WILD),
    st.integers(0, 4),
    st.sampled_from((0, 0, 0, 0, 1, 5, 80)),
)


def lives(longest: int) -> st.SearchStrategy[Steps]:
    """What happens in one life, in at most so many steps."""
    return st.lists(STEPS, min_size=15, max_size=longest)


async def live(danger: bool, sure: bool, behalf: bool, steps: Steps) -> None:
    """One call, beside another that it may be merged into; every promise after each step.

    On ``behalf`` of somebody, who may take it over or never does.
    """
    stage = await (await Stage(MemoryUnits()).set_up()).with_team()
    async with stage.units.begin() as work:
        await work.people.save_officer(Officer(PENG.account or 0, TEAM, PENG.name))
    call = await _raised(stage, danger=danger, sure=sure, behalf=behalf)
    beside = await stage.raised(draft="draft-2")
    before: CallView | None = None
    used: dict[object, timedelta] = {}
    tried: Counter[str] = Counter()
    for choice, which, hours in steps:
        await stage.tick(stage.now + timedelta(hours=hours))
        await _try(stage, call, choice, which, tried)
        view = await stage.call(call)
        _check(view, before)
        _clocks_run_on(view, used, stage)
        before = view
    await _time_ends_it(stage, call)
    await _time_ends_it(stage, beside)


async def _raised(stage: Stage, *, danger: bool, sure: bool, behalf: bool) -> Call:
    """By Lin herself, or by Li for somebody at the counter."""
    said, by = words("楼下的路灯不亮"), LI if behalf else LIN
    whose = OnBehalf(COMMUNITY, "陈伯", CODE) if behalf else None
    new = NewCall(
        "draft-1", LAMP, COMMUNITY, said, danger=danger, sure=sure, phone=PHONE, behalf=whose
    )
    async with stage.desk() as desk:
        return await desk.raise_call(new, by=by, now=stage.now)


async def _try(
    stage: Stage, call: Call, choice: tuple[str, int], which: int, tried: Counter[str]
) -> None:
    seen = await stage.call(call)
    leg = seen.legs[-1 - which % len(seen.legs)].leg
    name, who = _chosen(leg, seen.call, *choice, tried)
    tried[name] += 1
    try:
        async with stage.desk() as desk:
            await ACTS[name](desk, leg, who, stage)
    except CoreError:
        return


def _chosen(
    leg: Leg, call: Call, name: str, number: int, tried: Counter[str]
) -> tuple[str, Actor]:
    """A step the table allows somebody here, of those tried least; or any step by anybody.

    By chance alone a life goes round in its first states: of 120 one came to be rated.
    """
    if name != "fitting":
        return name, WHO[number]
    fitting = [
        (act, who)
        for act, action in ROW_OF.items()
        for who in WHO
        if (act not in SELDOM or number % 5 == 0)
        and rule_for(action).who in parts_in(leg, by=who, caller=call.caller, district=DISTRICT)
        and leg.status in rule_for(action).while_in
    ]
    least = min((tried[act] for act, _who in fitting), default=0)
    fresh = [one for one in fitting if tried[one[0]] == least]
    return fresh[number % len(fresh)] if fresh else ("block", LIN)


def _check(view: CallView, before: CallView | None) -> None:
    open_legs = [v.leg for v in view.legs if v.leg.open]
    assert all(leg.next_due is not None for leg in open_legs), "an open leg that time forgot"
    closed = [v.leg for v in view.legs if not v.leg.open]
    quiet = [leg for leg in closed if leg.proposal is None]
    for leg in quiet:  # the look back keeps to the quiet hours: never earlier, perhaps later
        asked, due = leg.next_due, leg.look_back_due
        assert (asked is None) == (due is None), "closed, and not let be"
        assert asked is None or due is None or asked >= due, "asked too early"
    assert all((v.leg.outcome is None) == v.leg.open for v in view.legs)
    for one in view.legs:
        if one.leg.outcome in (Outcome.SOLVED, Outcome.UNSOLVED, Outcome.UNRATED):
            assert not any(child.leg.open for child in one.children), "closed over an open child"
        assert all(_calls(one, view.call, rating.by) for rating in one.ratings), (
            "rated by a stranger"
        )
        assert len({rating.round for rating in one.ratings}) == len(one.ratings)
    own = [v.leg for v in view.legs if v.leg.parent_id is None]
    assert sum(leg.open for leg in own) <= 1, "two agencies answer one caller"
    assert (view.call.closed_at is None) == any(leg.open for leg in own)
    times = [entry.at for entry in view.entries]
    assert times == sorted(times)
    if before:
        assert view.entries[: len(before.entries)] == before.entries, "the journal was changed"


def _clocks_run_on(view: CallView, used: dict[object, timedelta], stage: Stage) -> None:
    """The time an agency has used up never shrinks while it is the same turn of work (R4)."""
    for one in view.legs:
        leg, urgency = one.leg, view.call.urgency
        if leg.started is None or not leg.open:
            continue
        taken_up = sum(e.leg_id == leg.id and e.before is Status.ON_HOLD for e in view.entries)
        turn = (leg.id, leg.reopened, leg.rework, leg.dispatched_at, taken_up, urgency)
        until, calendar = leg.paused_at or stage.now, stage.district.calendar_of(leg.agency)
        natural = max(until - leg.started, timedelta())
        spent = natural if urgency in URGENT else calendar.used(leg.started, until)
        assert spent >= used.get(turn, spent) - ROUNDED, "a clock ran backwards"
        used[turn] = spent


def _calls(view: LegView, call: Call, account: int) -> bool:
    if view.leg.caller_agency is None:
        return account == call.caller != NOBODY
    actor = next(who for who in WHO if who.account == account)
    return actor.acts_for(view.leg.caller_agency)


async def _time_ends_it(stage: Stage, call: Call) -> None:
    """From any state the agencies and the clock alone lead to a closed call."""
    for _ in range(12):
        for one in reversed((await stage.call(call)).legs):
            for who in (LI, LIANG, TAN, WU, DENG, ZHONG):
                for name in ("decline", "acknowledge", "release", "resolve"):
                    await _one(stage, name, one.leg.id, who)
        await stage.tick(stage.now + timedelta(days=8))
    view = await stage.call(call)
    assert all(v.leg.status is Status.CLOSED for v in view.legs)


async def _one(stage: Stage, name: str, leg_id: int, who: Actor) -> None:
    try:
        async with stage.desk() as desk:
            leg = await desk.work.legs.get(leg_id)
            await ACTS[name](desk, leg, who, stage)
    except CoreError:
        return

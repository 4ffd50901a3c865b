"""What the desk promises to callers, agencies and those above them."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from core.call import Origin
from core.contact import counts_as_contact
from core.errors import (
    AlreadyCalledUp,
    AlreadyDone,
    AlreadyReturned,
    ChildrenOpen,
    CodeUseless,
    NotAllowedNow,
    NothingSaid,
    NotYourPart,
    PhotoMissing,
    TooLate,
    TooSoon,
)
from core.leg import Leg
from core.lifecycle import Action, Outcome, Status
from core.outgoing import Kind
from core.people import Actor, CodePurpose
from core.rating import Conclusion, Verdict
from core.returning import Ground
from tests.core.playing import (
    CHATS,
    COMMUNITY,
    DENG,
    DISTRICT,
    GAS,
    LI,
    LIANG,
    LIGHTS,
    LIN,
    MONDAY,
    STRANGER,
    STREET,
    SU,
    WATER,
    ZHOU,
    Stage,
    photo,
    words,
)
from tests.fakes import MemoryUnits

HOUR = timedelta(hours=1)


@pytest.fixture
async def stage(units) -> Stage:
    """Everybody is where they belong, on a plain Monday; on every store."""
    return await Stage(units).set_up()


async def test_a_raised_call_stands_with_the_agency_the_catalogue_names(stage):
    call = await stage.raised()

    leg = await stage.leg(call)
    assert (leg.agency, leg.status) == (COMMUNITY, Status.DISPATCHED)
    assert call.number == "LW-260615-0001"
    assert [row.kind for row in await stage.owed()] == [Kind.CARD]


async def test_pressing_send_twice_finds_the_first_call(stage):
    first = await stage.raised(draft="same")

    assert await stage.raised(draft="same") == first


async def test_two_drafts_are_two_calls_with_two_numbers(stage):
    numbers = [(await stage.raised(draft=str(n))).number for n in range(2)]

    assert numbers == ["LW-260615-0001", "LW-260615-0002"]


async def test_of_danger_the_office_of_the_district_hears_at_once(stage):
    await stage.raised(danger=True)

    assert (CHATS[DISTRICT], "dispatch") in await stage.told()


async def test_of_what_is_for_named_people_it_hears_nothing(stage):
    await stage.with_team()
    await stage.raised(danger=True, restricted=True)

    assert CHATS[DISTRICT] not in {chat for chat, _ in await stage.told()}


async def test_danger_makes_it_p0_and_calls_the_street_too(stage):
    call = await stage.raised(danger=True)

    view = await stage.call(call)
    assert call.urgency == "P0"
    assert [v.leg.agency for v in view.legs] == [COMMUNITY, STREET]
    assert view.legs[1].leg.parent_id == view.legs[0].leg.id


@pytest.mark.parametrize(
    ("item", "answering"), [("39", (STREET, COMMUNITY)), (GAS, (DISTRICT, COMMUNITY, STREET))]
)
async def test_danger_calls_community_and_street_whoever_answers_first(stage, item, answering):
    view = await stage.call(await stage.raised(item=item, danger=True))

    assert tuple(v.leg.agency for v in view.legs) == answering
    assert {v.leg.parent_id for v in view.legs[1:]} == {view.main.leg.id}


async def test_without_a_group_of_its_own_the_next_level_answers(units):
    stage = await Stage(units).set_up(bound=(STREET, DISTRICT))

    assert (await stage.leg(await stage.raised())).agency == STREET


async def test_nobody_bound_leaves_the_call_with_the_district_and_nothing_is_lost(units):
    stage = await Stage(units).set_up(bound=())
    call = await stage.raised()

    assert (await stage.leg(call)).agency == DISTRICT
    assert await stage.owed() == []


async def test_binding_a_group_shows_it_what_was_waiting(units):
    stage = await Stage(units).set_up(bound=())
    await stage.raised()
    async with stage.desk() as desk:
        code = await desk.issue_code(
            purpose=CodePurpose.BIND, agency=DISTRICT, by=SU, now=stage.now
        )
        await desk.bind(code.code, chat=-9, title="区呼应办", thread=None, by=SU, now=stage.now)

    assert [(row.lane, row.kind) for row in await stage.owed()] == [(-9, Kind.CARD)]


async def test_acknowledging_stops_the_signing_clock_and_tells_the_resident(stage):
    call = await stage.raised()
    await stage.owed()
    async with stage.desk() as desk:
        leg = await desk.acknowledge((await stage.leg(call)).id, by=LI, now=stage.now)

    assert (leg.status, leg.signed_by) == (Status.IN_PROGRESS, "李敏")
    assert await stage.told() == [(LIN.account, "acknowledge")]


async def test_the_second_to_acknowledge_is_told_who_was_first(stage):
    leg = await stage.leg(await stage.raised())
    async with stage.desk() as desk:
        await desk.acknowledge(leg.id, by=LI, now=stage.now, version=leg.version)

    with pytest.raises(AlreadyDone) as refusal:
        async with stage.desk() as desk:
            await desk.acknowledge(leg.id, by=ZHOU, now=stage.now, version=leg.version)
    assert refusal.value.facts["name"] == "李敏"


@pytest.mark.parametrize("who", [LIN, LIANG, STRANGER, SU])
async def test_nobody_else_acknowledges(stage, who):
    leg = await stage.leg(await stage.raised())

    with pytest.raises(NotYourPart):
        async with stage.desk() as desk:
            await desk.acknowledge(leg.id, by=who, now=stage.now)


async def test_an_officer_acts_only_in_the_chat_of_the_agency_that_holds_the_leg(stage):
    leg = await stage.leg(await stage.raised())
    both = Actor(2009, "两边", frozenset({COMMUNITY, LIGHTS}))

    with pytest.raises(NotYourPart):
        async with stage.desk() as desk:
            await desk.acknowledge(leg.id, by=both, now=stage.now, chat=CHATS[LIGHTS])


async def test_a_reply_takes_the_leg_first_and_reaches_the_resident(stage):
    call = await stage.raised()
    await stage.owed()
    origin = Origin(CHATS[COMMUNITY], 77)
    async with stage.desk() as desk:
        leg = await desk.reply(
            (await stage.leg(call)).id, words("今天下午去看"), by=LI, now=stage.now, origin=origin
        )

    assert leg.status is Status.IN_PROGRESS
    assert leg.contacted_at == stage.now
    assert await stage.told() == [(LIN.account, "acknowledge"), (LIN.account, "reply")]
    assert (await stage.call(call)).entries[-1].origin == origin


@pytest.mark.conformance
@pytest.mark.parametrize(
    "said", ["收到！", "好的，收到。", "收到，谢谢", "您好，已收到", "OK 👌", "👍", "嗯嗯，知道了"]
)
async def test_2_received_is_not_a_contact(said):
    stage = await Stage(MemoryUnits()).set_up()
    call = await stage.raised()
    async with stage.desk() as desk:
        leg = await desk.reply((await stage.leg(call)).id, words(said), by=LI, now=stage.now)

    assert leg.contacted_at is None


@pytest.mark.conformance
@pytest.mark.parametrize("said", ["收到", "好的，谢谢"])
async def test_2_received_is_no_answer_either_by_which_a_call_is_done(said):
    stage = await Stage(MemoryUnits()).set_up()
    call = await stage.raised(item="13")
    leg = await stage.leg(call)
    async with stage.desk() as desk:
        await desk.acknowledge(leg.id, by=LI, now=stage.now)
        with pytest.raises(NothingSaid):
            await desk.resolve(
                leg.id, conclusion=Conclusion.SOLVED, pieces=words(said), by=LI, now=stage.now
            )


@pytest.mark.parametrize("said", ["收到，下午三点上门", "好了", "您好，是几号楼？", "在修"])
def test_whoever_says_more_than_received_has_made_contact(said):
    assert counts_as_contact(words(said))


async def test_a_note_stays_inside(stage):
    call = await stage.raised()
    await stage.owed()
    async with stage.desk() as desk:
        await desk.note((await stage.leg(call)).id, words("找老周问问"), by=LI, now=stage.now)

    assert await stage.told() == []


async def test_resolving_needs_an_answer(stage):
    leg = await _taken(stage)

    with pytest.raises(NothingSaid):
        async with stage.desk() as desk:
            await desk.resolve(
                leg.id, conclusion=Conclusion.SOLVED, pieces=words(" "), by=LI, now=stage.now
            )


async def test_resolving_needs_a_photo_where_the_item_says_so(stage):
    leg = await _taken(stage, item="1")

    with pytest.raises(PhotoMissing):
        async with stage.desk() as desk:
            await desk.resolve(
                leg.id, conclusion=Conclusion.SOLVED, pieces=words("清了"), by=LI, now=stage.now
            )


async def test_a_solved_rating_closes_the_call(stage):
    leg = await _resolved(stage)
    async with stage.desk() as desk:
        closed = await desk.rate(leg.id, verdict=Verdict.SOLVED, stars=5, by=LIN, now=stage.now)

    assert (closed.status, closed.outcome) == (Status.CLOSED, Outcome.SOLVED)
    assert closed.next_due is None


async def test_only_the_caller_rates(stage):
    leg = await _resolved(stage)

    with pytest.raises(NotYourPart):
        async with stage.desk() as desk:
            await desk.rate(leg.id, verdict=Verdict.SOLVED, stars=5, by=LI, now=stage.now)


async def test_a_second_rating_of_the_same_answer_is_refused(stage):
    leg = await _resolved(stage)
    async with stage.desk() as desk:
        await desk.rate(leg.id, verdict=Verdict.PARTLY, stars=3, by=LIN, now=stage.now)

    with pytest.raises(AlreadyDone):
        async with stage.desk() as desk:
            await desk.rate(leg.id, verdict=Verdict.SOLVED, stars=5, by=LIN, now=stage.now)


async def test_unsolved_comes_back_to_the_same_agency_with_half_the_time(stage):
    leg = await _resolved(stage)
    async with stage.desk() as desk:
        again = await desk.rework(leg.id, words="晚上还是不亮", by=LIN, now=stage.now)

    assert (again.status, again.agency, again.rework) == (Status.IN_PROGRESS, COMMUNITY, 1)
    assert again.finish_due < leg.finish_due


async def test_the_stars_of_an_earlier_round_are_refused(stage):
    leg = await _resolved(stage)
    async with stage.desk() as desk:
        await desk.rework(leg.id, by=LIN, now=stage.now)
        await desk.resolve(
            leg.id, conclusion=Conclusion.SOLVED, pieces=words("修好了"), by=LI, now=stage.now
        )

    with pytest.raises(AlreadyDone):
        async with stage.desk() as desk:
            await desk.rate(
                leg.id,
                verdict=Verdict.SOLVED,
                stars=5,
                by=LIN,
                now=stage.now,
                version=leg.version,
            )


async def test_a_return_is_decided_above_and_dispatched_anew(stage):
    call = await stage.raised()
    await stage.owed()
    leg = await _returned(stage, call)
    assert await stage.told() == [(CHATS[STREET], "return")]

    async with stage.desk() as desk:
        new = await desk.agree_return(leg.id, by=LIANG, now=stage.now)

    assert sorted(await stage.told()) == [(CHATS[COMMUNITY], "agree"), (LIN.account, "dispatch")]
    old = await stage.leg(call)
    assert (old.status, old.outcome) == (Status.CLOSED, Outcome.MISDISPATCH)
    assert (new.agency, new.status) == (LIGHTS, Status.DISPATCHED)
    assert (await stage.call(call)).main.leg.id == new.id
    assert (await stage.call(call)).call.closed_at is None


async def test_a_declined_return_stays_with_the_first_receiver(stage):
    leg = await _returned(stage, await stage.raised())
    async with stage.desk() as desk:
        back = await desk.decline_return(leg.id, by=LIANG, now=stage.now)

    assert (back.status, back.agency) == (Status.IN_PROGRESS, COMMUNITY)
    with pytest.raises(AlreadyReturned):
        await _returned(stage, (await stage.call(await _call_of(stage, back))).call)


async def test_an_undecided_return_counts_as_declined(stage):
    leg = await _returned(stage, await stage.raised())

    await stage.tick(leg.review_due)

    async with stage.units.begin() as work:
        assert (await work.legs.get(leg.id)).status is Status.IN_PROGRESS


async def test_a_return_after_its_time_is_refused(stage):
    call = await stage.raised()
    stage.now += timedelta(days=2)

    with pytest.raises(TooLate):
        await _returned(stage, call)


async def test_the_street_that_was_called_up_answers_the_community(stage):
    parent = await _taken(stage)
    async with stage.desk() as desk:
        child = await desk.call_up(
            parent.id, target=STREET, pieces=words("我们先围了起来"), by=LI, now=stage.now
        )

    assert (child.agency, child.caller_agency, child.parent_id) == (STREET, COMMUNITY, parent.id)
    async with stage.units.begin() as work:
        assert (await work.legs.get(parent.id)).finish_due > child.finish_due


async def test_the_same_level_is_called_up_once_at_a_time(stage):
    parent = await _taken(stage)
    await _called_up(stage, parent)

    with pytest.raises(AlreadyCalledUp):
        await _called_up(stage, parent)


async def test_a_parent_waits_for_its_children(stage):
    parent = await _taken(stage)
    await _called_up(stage, parent)

    with pytest.raises(ChildrenOpen):
        async with stage.desk() as desk:
            await desk.resolve(
                parent.id, conclusion=Conclusion.SOLVED, pieces=words("好了"), by=LI, now=stage.now
            )


async def test_the_community_rates_the_street_and_then_has_a_day_to_answer(stage):
    parent = await _taken(stage)
    child = await _called_up(stage, parent)
    async with stage.desk() as desk:
        await desk.acknowledge(child.id, by=LIANG, now=stage.now)
        await desk.resolve(
            child.id, conclusion=Conclusion.SOLVED, pieces=words("换灯了"), by=LIANG, now=stage.now
        )
        await desk.rate(child.id, verdict=Verdict.SOLVED, stars=4, by=LI, now=stage.now)

    assert (CHATS[COMMUNITY], "child_closed") in await stage.told()
    async with stage.units.begin() as work:
        assert (await work.legs.get(parent.id)).finish_due == stage.now + timedelta(days=1)


async def test_withdrawing_closes_everything_below(stage):
    parent = await _taken(stage)
    child = await _called_up(stage, parent)
    call = await _call_of(stage, parent)
    async with stage.desk() as desk:
        closed = await desk.withdraw(call.id, words="自己好了", by=LIN, now=stage.now)

    assert closed.closed_at == stage.now
    async with stage.units.begin() as work:
        assert (await work.legs.get(child.id)).outcome is Outcome.WITHDRAWN


async def test_a_closed_call_is_not_withdrawn(stage):
    call = await stage.raised()
    async with stage.desk() as desk:
        await desk.withdraw(call.id, by=LIN, now=stage.now)

    with pytest.raises(NotAllowedNow):
        async with stage.desk() as desk:
            await desk.withdraw(call.id, by=LIN, now=stage.now)


async def test_urging_cools_down_for_a_day(stage):
    call = await stage.raised()
    async with stage.desk() as desk:
        await desk.urge(call.id, by=LIN, now=stage.now)

    with pytest.raises(TooSoon) as refusal:
        async with stage.desk() as desk:
            await desk.urge(call.id, by=LIN, now=stage.now + 23 * HOUR)
    assert refusal.value.facts["again_at"] == stage.now + 24 * HOUR


async def test_of_what_is_urgent_haste_may_be_asked_for_after_four_hours(stage):
    call = await stage.raised(danger=True)
    async with stage.desk() as desk:
        await desk.urge(call.id, by=LIN, now=stage.now)
        await desk.urge(call.id, by=LIN, now=stage.now + 4 * HOUR)

    with pytest.raises(TooSoon):
        async with stage.desk() as desk:
            await desk.urge(call.id, by=LIN, now=stage.now + 7 * HOUR)


async def test_a_signed_call_climbs_the_ladder_and_is_recalled_every_working_morning(stage):
    leg = await _taken(stage)
    call = await _call_of(stage, leg)
    stages = await _climbed(stage, call, 3)
    async with stage.desk() as desk:
        await desk.reply(leg.id, words("明天来修"), by=LI, now=stage.now)
    stages += await _climbed(stage, call, 5)

    ladder = ["near", "yellow", "red"]
    assert stages[:6] == [(c, s) for c in ("contact", "finish") for s in ladder]
    assert stages[6:] == [("finish", "daily")] * 2


async def _climbed(stage: Stage, call, rungs: int) -> list[tuple[str, str]]:
    """The next nudges, one after the other: which clock, which stage."""
    stages = []
    while len(stages) < rungs:
        before = len((await stage.call(call)).entries)
        await stage.tick((await stage.leg(call)).next_due)
        new = (await stage.call(call)).entries[before:]
        nudges = [entry.facts for entry in new if entry.action is Action.NUDGE]
        stages += [(facts["clock"], facts["stage"]) for facts in nudges]
    return stages


async def test_what_nobody_signs_is_recalled_every_four_working_hours(stage):
    call = await stage.raised()
    moments = []
    for _ in range(5):
        leg = await stage.leg(call)
        moments.append(leg.next_due - MONDAY)
        await stage.tick(leg.next_due)

    minutes = [moment / timedelta(minutes=1) for moment in moments]
    assert minutes[:3] == [60, 120, 270]  # badly late after 264: it rings with the quarter
    assert all(late - early <= timedelta(hours=19) for early, late in pairwise(moments))


async def test_nudges_go_on_until_the_call_is_closed(stage):
    call = await stage.raised()
    await stage.tick(MONDAY + timedelta(days=20))
    leg = await stage.leg(call)

    assert leg.next_due > stage.now
    assert leg.next_due - stage.now < timedelta(days=4)


async def test_an_outage_yields_one_nudge(stage):
    call = await stage.raised()
    await stage.owed()
    await stage.tick(MONDAY + timedelta(days=2))

    told = await stage.told()
    assert [what for chat, what in told if chat == CHATS[COMMUNITY]] == ["nudge"]
    assert await stage.tick(stage.now) <= 1
    assert (await stage.leg(call)).nudges == 1


async def test_clocks_that_tick_at_once_nudge_once(stage):
    call = await stage.raised()
    await stage.owed()
    due = (await stage.leg(call)).next_due
    await asyncio.gather(*(stage.tick(due) for _ in range(3)))

    assert await stage.told() == [(CHATS[COMMUNITY], "nudge")]
    assert (await stage.leg(call)).nudges == 1


async def test_a_slot_is_nudged_once_also_when_the_clock_goes_back_across_it(stage):
    leg = await _taken(stage)
    call = await _call_of(stage, leg)
    slot = (await stage.leg(call)).next_due
    await stage.tick(slot)
    async with stage.desk() as desk:
        await desk.note(leg.id, words("找老周问问"), by=LI, now=slot - HOUR)
    again = (await stage.leg(call)).next_due
    await stage.tick(slot)

    assert again > slot
    assert [told for told in await stage.told() if told[1] == "nudge"] == [
        (CHATS[COMMUNITY], "nudge")
    ]


async def test_a_leg_that_cannot_be_moved_delays_no_other():
    stage = await Stage(MemoryUnits()).set_up()
    async with stage.units.begin() as work:
        lost = Leg(id=0, call_id=999, agency=COMMUNITY, status=Status.DISPATCHED, next_due=MONDAY)
        await work.legs.add(lost)
    call = await stage.raised()
    await stage.tick((await stage.leg(call)).next_due)

    assert (await stage.leg(call)).nudges == 1
    assert await stage.tick(stage.now) == 0


@pytest.mark.conformance
async def test_3_of_an_unrated_answer_the_caller_is_reminded_and_the_agency_never(stage):
    leg = await _resolved(stage)
    await stage.owed()
    await stage.tick(stage.now + timedelta(days=3))
    assert await stage.told() == [(LIN.account, "remind")]

    await stage.tick(leg.resolved_at + timedelta(days=7))

    assert await stage.told() == [(LIN.account, "lapse")]
    async with stage.units.begin() as work:
        assert (await work.legs.get(leg.id)).outcome is Outcome.UNRATED


async def test_a_lapsed_answer_may_still_be_rated_once(stage):
    leg = await _resolved(stage)
    await stage.tick(stage.now + timedelta(days=3))
    await stage.tick(leg.resolved_at + timedelta(days=7))
    async with stage.desk() as desk:
        late = await desk.rate(leg.id, verdict=Verdict.SOLVED, stars=4, by=LIN, now=stage.now)

    assert late.outcome is Outcome.SOLVED
    with pytest.raises(AlreadyDone):
        async with stage.desk() as desk:
            await desk.rate(leg.id, verdict=Verdict.PARTLY, stars=2, by=LIN, now=stage.now)


async def test_a_code_works_once_for_the_administrator_who_asked_for_it(stage):
    other = replace(SU, account=3002)
    async with stage.desk() as desk:
        code = await desk.issue_code(purpose=CodePurpose.BIND, agency=WATER, by=SU, now=stage.now)

    with pytest.raises(CodeUseless):
        async with stage.desk() as desk:
            await desk.check_bind(code.code, chat=-9, by=other, now=stage.now)
    async with stage.desk() as desk:
        await desk.bind(code.code, chat=-9, title="水务", thread=None, by=SU, now=stage.now)
    with pytest.raises(CodeUseless):
        async with stage.desk() as desk:
            await desk.bind(code.code, chat=-8, title="别的", thread=None, by=SU, now=stage.now)


async def test_a_code_expires(stage):
    async with stage.desk() as desk:
        code = await desk.issue_code(purpose=CodePurpose.BIND, agency=WATER, by=SU, now=stage.now)

    with pytest.raises(CodeUseless):
        async with stage.desk() as desk:
            await desk.check_bind(code.code, chat=-9, by=SU, now=code.expires_at)


async def test_only_administrators_issue_codes(stage):
    with pytest.raises(NotYourPart):
        async with stage.desk() as desk:
            await desk.issue_code(purpose=CodePurpose.JOIN, agency=WATER, by=LI, now=stage.now)


async def test_whoever_joins_by_link_acts_for_the_agency(stage):
    async with stage.desk() as desk:
        code = await desk.issue_code(purpose=CodePurpose.JOIN, agency=WATER, by=SU, now=stage.now)
        officer = await desk.join(code.code, by=STRANGER, now=stage.now)

    assert (officer.agency, officer.account) == (WATER, STRANGER.account)


async def test_a_blocked_resident_is_told_to_the_group_once(stage):
    async with stage.desk() as desk:
        await desk.met(account=1001, name="林阿姨")
    await stage.raised()
    await stage.owed()
    for _ in range(2):
        async with stage.desk() as desk:
            await desk.unreachable(1001, now=stage.now)

    assert await stage.told() == [(CHATS[COMMUNITY], "unreachable")]


async def test_photos_are_shown_beside_the_card(stage):
    call = await stage.raised()
    await stage.owed()
    async with stage.desk() as desk:
        await desk.add((await stage.leg(call)).id, photo("就是这盏"), by=LIN, now=stage.now)

    assert await stage.told() == [(CHATS[COMMUNITY], "add")]


async def test_a_department_returns_to_the_district(stage):
    call = await stage.raised(item=GAS)
    leg = await stage.leg(call)
    assert leg.adjudicator == DISTRICT
    assert DENG.acts_for(leg.adjudicator)


async def _taken(stage: Stage, item: str = "10"):
    call = await stage.raised(item=item, draft=f"draft-{item}")
    async with stage.desk() as desk:
        return await desk.acknowledge((await stage.leg(call)).id, by=LI, now=stage.now)


async def _resolved(stage: Stage):
    leg = await _taken(stage)
    stage.now += 2 * HOUR
    async with stage.desk() as desk:
        return await desk.resolve(
            leg.id, conclusion=Conclusion.SOLVED, pieces=photo("换好了"), by=LI, now=stage.now
        )


async def _returned(stage: Stage, call):
    leg = await stage.leg(call)
    async with stage.desk() as desk:
        return await desk.return_leg(
            leg.id,
            ground=Ground.DUTY,
            proposed=LIGHTS,
            pieces=words("路灯归照明所"),
            by=LI,
            now=stage.now,
        )


async def _called_up(stage: Stage, parent):
    async with stage.desk() as desk:
        return await desk.call_up(
            parent.id, target=STREET, pieces=words("先处置过了"), by=LI, now=stage.now
        )


async def _call_of(stage: Stage, leg):
    async with stage.units.begin() as work:
        return await work.calls.get(leg.call_id)


@pytest.mark.parametrize("pump", ["好的", "收到了", "谢谢您", "已了解", "ok", "okay"])
def test_words_that_say_nothing_at_great_length_are_no_contact_and_quickly_read(pump):
    assert not counts_as_contact(words(pump * 2000))
    assert counts_as_contact(words(pump * 2000 + "来"))

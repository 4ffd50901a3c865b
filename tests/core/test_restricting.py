"""What only named people may read, what an agency is about, and callers who suffer for calling."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.call import Call, Link, NameShown, NewCall
from core.district import District
from core.errors import NoTeam, NotForThem, NotTheCaller, NotYourPart, RestrictedBefore
from core.leg import Leg
from core.lifecycle import Outcome, Status
from core.returning import Ground
from core.routing import way_for
from tests.core.playing import (
    CHATS,
    COMMUNITY,
    DENG,
    DISTRICT,
    LAMP,
    LI,
    LIANG,
    LIGHTS,
    LIN,
    MONDAY,
    STREET,
    TEAM,
    TEAM_CHAT,
    ZHONG,
    Stage,
    liwan,
    words,
)

CONDUCT, SUFFERS = "43", "44"
OTHERS = frozenset(CHATS.values())


@pytest.fixture
async def stage(units) -> Stage:
    """Everybody is where they belong, the team has its group; on every store."""
    return await (await Stage(units).set_up()).with_team()


async def raised(stage: Stage, item: str = LAMP, **more: object) -> Call:
    return await stage.raised(item, **more)


async def heard(stage: Stage) -> set[int]:
    """Every chat that is told or shown anything."""
    return {row.lane for row in await stage.owed()}


async def test_an_item_for_named_people_goes_to_the_team_and_to_no_other_group(stage):
    call = await raised(stage, CONDUCT)

    assert call.restricted
    assert (await stage.leg(call)).agency == TEAM
    assert await heard(stage) == {TEAM_CHAT}


async def test_a_caller_may_ask_for_it_with_any_item(stage):
    call = await raised(stage, restricted=True)

    assert (await stage.leg(call)).agency == TEAM
    assert await heard(stage) == {TEAM_CHAT}


async def test_in_danger_as_well_only_the_team_hears_of_it(stage):
    await raised(stage, restricted=True, danger=True)

    assert await heard(stage) == {TEAM_CHAT}


async def test_unsure_of_the_item_it_is_the_team_that_sorts_it(stage):
    call = await raised(stage, "", restricted=True, sure=False)

    assert (await stage.leg(call)).status is Status.TRIAGE
    assert await heard(stage) == {TEAM_CHAT}


async def test_in_its_whole_life_no_other_group_reads_of_it(stage):
    call = await raised(stage, CONDUCT)
    told = await heard(stage)
    for day in range(1, 60):
        await stage.tick(MONDAY + timedelta(days=day))
        rows = await stage.owed()
        told |= {row.lane for row in rows if row.payload.get("to") != "supervisor"}

    assert (await stage.leg(call)).pressed_at
    assert not told & OTHERS


@pytest.mark.parametrize("who", [LI, LIANG, DENG])
async def test_whoever_is_not_of_the_team_has_no_part_in_it(stage, who):
    leg = await stage.leg(await raised(stage, CONDUCT))
    async with stage.desk() as desk:
        with pytest.raises(NotYourPart):
            await desk.acknowledge(leg.id, by=who, now=stage.now)
        with pytest.raises(NotYourPart):
            await desk.press_by_hand(leg.id, words("快办"), by=who, now=stage.now)
        assert (await desk.acknowledge(leg.id, by=ZHONG, now=stage.now)).signed_at


async def test_it_is_given_to_no_agency_but_a_team(stage):
    leg = await stage.leg(await raised(stage, CONDUCT))
    async with stage.desk() as desk:
        await desk.acknowledge(leg.id, by=ZHONG, now=stage.now)
        with pytest.raises(NotForThem):
            await desk.call_up(
                leg.id, target=DISTRICT, pieces=words("看过"), by=ZHONG, now=stage.now
            )


async def test_a_call_is_taken_out_of_its_group_and_leaves_a_number_there(stage):
    call = await raised(stage)
    leg = await stage.leg(call)
    async with stage.desk() as desk:
        leg = await desk.reply(leg.id, words("来看看"), by=LI, now=stage.now)
        child = await desk.call_up(
            leg.id, target=STREET, pieces=words("看过"), by=LI, now=stage.now
        )
    await stage.owed()
    async with stage.desk() as desk:
        moved = await desk.restrict(leg.id, by=LI, now=stage.now)

    assert (moved.agency, moved.status, moved.signed_at) == (TEAM, Status.DISPATCHED, None)
    async with stage.units.read() as work:
        assert (await work.calls.get(call.id)).restricted
        assert (await work.legs.get(child.id)).outcome is Outcome.REDIRECTED
    async with stage.desk() as desk:
        with pytest.raises(RestrictedBefore):
            await desk.restrict(leg.id, by=ZHONG, now=stage.now)


async def test_the_agency_it_is_about_is_passed_over_with_the_clause(stage):
    call = await raised(stage, avoids=COMMUNITY)

    leg = await stage.leg(call)
    assert (leg.agency, leg.reason) == (STREET, "conflict")
    assert "第21条" in leg.clause
    assert CHATS[COMMUNITY] not in await heard(stage)


async def test_nobody_gives_it_back_to_whom_it_is_about(stage):
    call = await raised(stage, avoids=COMMUNITY)
    leg = await stage.leg(call)
    async with stage.desk() as desk:
        with pytest.raises(NotForThem):
            await desk.return_leg(
                leg.id,
                ground=Ground.DUTY,
                proposed=COMMUNITY,
                pieces=words("社区的事"),
                by=LIANG,
                now=stage.now,
            )
    assert (await stage.leg(call)).status is Status.DISPATCHED


@pytest.mark.parametrize(
    ("avoids", "answers"),
    [("", COMMUNITY), (COMMUNITY, STREET), (STREET, COMMUNITY), (LIGHTS, COMMUNITY)],
)
def test_only_whoever_would_answer_is_passed_over(avoids, answers):
    district = liwan()
    item, bound = district.catalogue.get("1"), frozenset(CHATS)

    assert way_for(district, item, COMMUNITY, bound, avoids=avoids).agency.code == answers


async def test_who_suffers_for_a_call_reports_it_to_named_people_without_a_name(stage):
    cause = await raised(stage)
    await stage.owed()
    async with stage.desk() as desk:
        call = await desk.report_retaliation(
            cause.id, words("他们上门骂我"), draft_id="d-s", by=LIN, now=stage.now
        )
        again = await desk.report_retaliation(
            cause.id, words("他们上门骂我"), draft_id="d-s", by=LIN, now=stage.now
        )

    assert again.id == call.id
    assert (call.item, call.linked, call.link) == (SUFFERS, cause.id, Link.RETALIATION)
    assert (call.name_shown, call.avoids) == (NameShown.ANONYMOUS, COMMUNITY)
    assert await heard(stage) == {TEAM_CHAT}


async def test_of_a_call_the_team_has_it_is_the_team_that_hears(stage):
    cause = await raised(stage, CONDUCT)
    async with stage.desk() as desk:
        call = await desk.report_retaliation(
            cause.id, words("他们上门骂我"), draft_id="d-t", by=LIN, now=stage.now
        )

    assert (await stage.leg(call)).agency == TEAM


async def test_only_the_caller_reports_what_the_caller_suffers(stage):
    cause = await raised(stage)
    async with stage.desk() as desk:
        with pytest.raises(NotTheCaller):
            await desk.report_retaliation(cause.id, words("…"), draft_id="d", by=LI, now=stage.now)


def without_a_team() -> District:
    """A district that named nobody for such matters."""
    district = liwan()
    agencies = tuple(one for one in district.tree.agencies if not one.restricted)
    return replace(district, tree=replace(district.tree, agencies=agencies))


async def test_without_a_team_nothing_is_promised_that_cannot_be_kept(stage):
    leg: Leg = await stage.leg(await raised(stage))
    stage.district = without_a_team()
    async with stage.desk() as desk:
        with pytest.raises(NoTeam):
            await desk.restrict(leg.id, by=LI, now=stage.now)
        new = NewCall("d-9", LAMP, COMMUNITY, words("灯"), restricted=True)
        with pytest.raises(NoTeam):
            await desk.raise_call(new, by=LIN, now=stage.now)

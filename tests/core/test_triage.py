"""Triage: a call whose item is not certain is admitted, sent elsewhere, or dispatched by time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.call import Medium, NewCall, Piece
from core.errors import (
    ChannelMissing,
    ItemMissing,
    NotFound,
    NothingSaid,
    NotOnTheList,
    NotYourPart,
)
from core.lifecycle import Action, Outcome, Status
from core.outgoing import Kind
from core.redirecting import Elsewhere
from tests.core.playing import (
    CHATS,
    COMMUNITY,
    DISTRICT,
    GAS,
    LI,
    LIANG,
    LIN,
    MONDAY,
    STRANGER,
    STREET,
    Stage,
    words,
)

HOUR = timedelta(hours=1)
NEIGHBOUR, FLOOD = "440103006101", "11"


@pytest.fixture
async def stage(units) -> Stage:
    """Everybody is where they belong, on a plain Monday; on every store."""
    return await Stage(units).set_up()


async def unsure(stage: Stage, item: str = "10", **more):
    """Lin does not know what it is about; the guide's guess goes along."""
    return await stage.raised(item=item, sure=False, **more)


async def test_a_call_nobody_is_sure_of_waits_with_the_community_of_the_place(stage):
    call = await unsure(stage)

    leg = await stage.leg(call)
    assert (leg.agency, leg.status, leg.adjudicator) == (COMMUNITY, Status.TRIAGE, STREET)
    assert leg.triage_due == MONDAY + 2 * HOUR
    assert (leg.sign_due, leg.finish_due) == (None, None)
    assert [row.kind for row in await stage.owed()] == [Kind.CARD]


async def test_danger_is_never_left_waiting_for_a_better_word(stage):
    call = await unsure(stage, danger=True)

    view = await stage.call(call)
    assert [v.leg.status for v in view.legs] == [Status.DISPATCHED, Status.DISPATCHED]


async def test_what_may_be_urgent_is_sorted_within_ten_minutes(stage):
    leg = await stage.leg(await unsure(stage, item=FLOOD))

    assert leg.triage_due == MONDAY + timedelta(minutes=10)


async def test_a_street_has_four_working_hours_to_sort(units):
    stage = await Stage(units).set_up(bound=(STREET, DISTRICT))
    leg = await stage.leg(await unsure(stage))

    assert leg.agency == STREET
    assert leg.triage_due == MONDAY + 6 * HOUR


async def test_admitting_as_it_stands_dispatches_by_the_list_and_starts_the_clocks(stage):
    call = await unsure(stage)
    await stage.owed()
    stage.now += HOUR
    async with stage.desk() as desk:
        leg = await desk.admit((await stage.leg(call)).id, by=LI, now=stage.now)

    assert (leg.agency, leg.status, leg.triage_due) == (COMMUNITY, Status.DISPATCHED, None)
    assert leg.dispatched_at == stage.now
    assert leg.sign_due and leg.finish_due and leg.clause
    assert sorted(await stage.told()) == [(CHATS[COMMUNITY], "admit"), (LIN.account, "admit")]


async def test_the_triager_chooses_the_item_and_the_list_names_the_agency(stage):
    call = await unsure(stage)
    async with stage.desk() as desk:
        leg = await desk.admit((await stage.leg(call)).id, item=GAS, by=LI, now=stage.now)

    view = await stage.call(call)
    assert (leg.agency, leg.adjudicator) == (DISTRICT, DISTRICT)  # no group of the gas company
    assert (view.call.item, view.call.urgency) == (GAS, "P0")
    assert view.entries[-1].facts["triager"] == COMMUNITY


async def test_a_call_given_away_takes_its_photos_along(stage):
    shown = (Piece(Medium.WORDS, "这里"), Piece(Medium.PHOTO, file="p"))
    new = NewCall("draft-1", "10", COMMUNITY, shown, sure=False)
    async with stage.desk() as desk:
        call = await desk.raise_call(new, by=LIN, now=stage.now)
    await stage.owed()
    async with stage.desk() as desk:
        await desk.admit((await stage.leg(call)).id, item=GAS, by=LI, now=stage.now)

    told = await stage.told()
    assert (CHATS[DISTRICT], "admit") in told
    assert (CHATS[DISTRICT], "raise") in told


async def test_another_community_may_be_named_and_then_it_happened_there(stage):
    call = await unsure(stage)
    async with stage.desk() as desk:
        leg = await desk.admit((await stage.leg(call)).id, agency=NEIGHBOUR, by=LI, now=stage.now)

    assert leg.agency == STREET  # the neighbour has no group yet
    assert (await stage.call(call)).call.community == NEIGHBOUR


async def test_a_triager_names_nobody_whom_the_list_does_not(stage):
    leg = await stage.leg(await unsure(stage))

    with pytest.raises(NotOnTheList):
        async with stage.desk() as desk:
            await desk.admit(leg.id, agency="BM08", by=LI, now=stage.now)


async def test_without_an_item_nothing_is_admitted(stage):
    leg = await stage.leg(await unsure(stage, item=""))

    with pytest.raises(ItemMissing):
        async with stage.desk() as desk:
            await desk.admit(leg.id, by=LI, now=stage.now)
    with pytest.raises(NotFound):
        async with stage.desk() as desk:
            await desk.admit(leg.id, item="999", by=LI, now=stage.now)


@pytest.mark.parametrize("who", [LIN, LIANG, STRANGER])
async def test_nobody_else_admits(stage, who):
    leg = await stage.leg(await unsure(stage))

    with pytest.raises(NotYourPart):
        async with stage.desk() as desk:
            await desk.admit(leg.id, by=who, now=stage.now)


async def test_what_nobody_admits_in_time_is_dispatched_and_counts_against_the_triager(stage):
    call = await unsure(stage)
    await stage.owed()
    await stage.tick((await stage.leg(call)).triage_due)

    leg, entry = await stage.leg(call), (await stage.call(call)).entries[-1]
    assert (leg.status, leg.agency) == (Status.DISPATCHED, COMMUNITY)
    assert (entry.action, entry.facts["triager"]) == (Action.DISPATCH_LATE, COMMUNITY)
    assert sorted(await stage.told()) == [
        (CHATS[STREET], "dispatch_late"),
        (CHATS[COMMUNITY], "dispatch_late"),
        (LIN.account, "dispatch_late"),
    ]


async def test_even_without_an_item_time_dispatches(stage):
    call = await unsure(stage, item="")
    await stage.tick((await stage.leg(call)).triage_due)

    assert (await stage.leg(call)).status is Status.DISPATCHED


async def test_another_channel_closes_the_call_with_a_number_to_ring(stage):
    call = await unsure(stage)
    await stage.owed()
    async with stage.desk() as desk:
        leg = await desk.redirect(
            (await stage.leg(call)).id,
            reason=Elsewhere.PRIVATE,
            channel="12315 消费维权热线",
            phone="12315",
            pieces=words("买卖纠纷由他们调解"),
            by=LI,
            now=stage.now,
        )

    assert (leg.status, leg.outcome) == (Status.CLOSED, Outcome.REDIRECTED)
    assert (await stage.call(call)).call.closed_at == stage.now
    assert await stage.told() == [(LIN.account, "redirect")]


@pytest.mark.parametrize(
    ("channel", "phone", "said", "refusal"),
    [
        ("", "12315", "去那里", ChannelMissing),
        ("法院", "没有", "去那里", ChannelMissing),
        ("法院", "12368", " ", NothingSaid),
    ],
)
async def test_nobody_is_sent_away_without_a_place_a_number_and_a_reason(
    stage, channel, phone, said, refusal
):
    leg = await stage.leg(await unsure(stage))

    with pytest.raises(refusal):
        async with stage.desk() as desk:
            await desk.redirect(
                leg.id,
                reason=Elsewhere.LEGAL,
                channel=channel,
                phone=phone,
                pieces=words(said),
                by=LI,
                now=stage.now,
            )


async def test_an_appeal_against_a_redirection_is_sorted_by_the_level_above(stage):
    call = await unsure(stage)
    async with stage.desk() as desk:
        leg = await desk.redirect(
            (await stage.leg(call)).id,
            reason=Elsewhere.PRIVATE,
            channel="消费维权",
            phone="12315",
            pieces=words("归他们"),
            by=LI,
            now=stage.now,
        )
        again = await desk.reopen(leg.id, words("不是消费的事"), by=LIN, now=stage.now)
        given = await desk.admit(again.id, by=LIANG, now=stage.now)

    assert (again.status, again.agency) == (Status.TRIAGE, STREET)
    assert again.triage_due == MONDAY + 6 * HOUR
    assert given.status is Status.DISPATCHED

"""Two matters in one telling become two calls of the same caller (row 40)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.call import Link
from core.errors import NotFound, NothingSaid, NotYourPart, OnlyTheLead
from core.lifecycle import Status
from tests.core.playing import (
    CHATS,
    COMMUNITY,
    LAMP,
    LI,
    LIANG,
    LIN,
    STRANGER,
    STREET,
    Stage,
    words,
)

RUBBISH = "1"


@pytest.fixture
async def stage(units) -> Stage:
    """Everybody is where they belong, on a plain Monday; on every store."""
    return await Stage(units).set_up()


async def divided(stage: Stage, call, by=LI, item: str = RUBBISH, said: str = "楼下还堆着垃圾"):
    leg = await stage.leg(call)
    async with stage.desk() as desk:
        return await desk.split(
            leg.id, item=item, pieces=words(said), draft_id="divided", by=by, now=stage.now
        )


@pytest.mark.conformance
async def test_14_a_split_call_keeps_the_caller_as_addressee(stage):
    call = await stage.raised()
    sibling = await divided(stage, call)
    await stage.owed()
    leg = await stage.leg(sibling)
    async with stage.desk() as desk:
        await desk.reply(leg.id, words("明天清运"), by=LI, now=stage.now)

    assert (sibling.caller, sibling.caller_name) == (LIN.account, "林阿姨")
    assert (LIN.account, "reply") in await stage.told()


async def test_the_sibling_has_number_item_and_clocks_of_its_own(stage):
    call = await stage.raised()

    sibling = await divided(stage, call)

    leg = await stage.leg(sibling)
    assert sibling.number == "LW-260615-0002"
    assert (sibling.item, sibling.words) == (RUBBISH, "楼下还堆着垃圾")
    assert (leg.status, leg.finish_due is not None) == (Status.DISPATCHED, True)
    assert (await stage.call(call)).call.item == LAMP


async def test_siblings_know_of_each_other(stage):
    call = await stage.raised()

    sibling = (await stage.call(await divided(stage, call))).main

    entry = (await stage.call(call)).entries[-1]
    assert (sibling.call.link, sibling.linked) == (Link.SPLIT, call.number)
    assert entry.facts["number"] == sibling.call.number


async def test_the_caller_hears_it_once_and_the_new_agency_gets_a_card(stage):
    call = await stage.raised()
    await stage.owed()

    sibling = await divided(stage, call)

    rows = await stage.owed()
    assert [row.lane for row in rows if row.lane == LIN.account] == [LIN.account]
    assert CHATS[COMMUNITY] in [row.lane for row in rows]
    assert (await stage.leg(sibling)).agency == COMMUNITY


async def test_pressing_twice_finds_the_first_ones_call(stage):
    call = await stage.raised()

    assert (await divided(stage, call)).id == (await divided(stage, call)).id


async def test_what_is_restricted_stays_so_in_both(stage):
    call = await stage.raised()
    async with stage.units.begin() as work:
        await work.calls.save(replace(call, restricted=True, phone="1"))

    sibling = (await stage.call(await divided(stage, call))).call

    assert (sibling.restricted, sibling.phone) == (True, "1")


@pytest.mark.parametrize("who", [LIN, LIANG, STRANGER])
async def test_only_whoever_answers_splits(stage, who):
    call = await stage.raised()

    with pytest.raises(NotYourPart):
        await divided(stage, call, by=who)
    assert (await stage.call(call)).entries[-1].action != "split"


async def test_what_was_called_up_is_split_by_whoever_called(stage):
    call = await stage.raised()
    async with stage.desk() as desk:
        leg = await desk.acknowledge((await stage.leg(call)).id, by=LI, now=stage.now)
        child = await desk.call_up(
            leg.id, target=STREET, pieces=words("请街道"), by=LI, now=stage.now
        )

    with pytest.raises(OnlyTheLead):
        async with stage.desk() as desk:
            await desk.split(
                child.id,
                item=RUBBISH,
                pieces=words("垃圾"),
                draft_id="d",
                by=LIANG,
                now=stage.now,
            )


async def test_the_other_matter_is_told_and_named(stage):
    call = await stage.raised()

    with pytest.raises(NothingSaid):
        await divided(stage, call, said=" ")
    with pytest.raises(NotFound):
        await divided(stage, call, item="nobody knows")

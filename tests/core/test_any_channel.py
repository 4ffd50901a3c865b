"""Whichever way a call came to be, its clocks run from the first moment on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.call import NewCall, OnBehalf
from core.leg import Leg
from core.lifecycle import Status
from core.rating import Conclusion, Verdict
from core.returning import Ground
from tests.core.playing import (
    COMMUNITY,
    LAMP,
    LI,
    LIANG,
    LIGHTS,
    LIN,
    MONDAY,
    STRANGER,
    STREET,
    Stage,
    photo,
    words,
)
from tests.fakes import MemoryUnits

RUBBISH = "1"


@pytest.fixture
async def stage(units) -> Stage:
    """Everybody is where they belong, on a plain Monday; on every store."""
    return await Stage(units).set_up()


async def sent_sure(stage: Stage) -> Leg:
    return await stage.leg(await stage.raised())


async def sent_in_danger(stage: Stage) -> Leg:
    return await stage.leg(await stage.raised(danger=True))


async def sent_unsure(stage: Stage) -> Leg:
    return await stage.leg(await stage.raised(sure=False))


async def sorted_by_the_community(stage: Stage) -> Leg:
    leg = await sent_unsure(stage)
    async with stage.desk() as desk:
        return await desk.admit(leg.id, by=LI, now=stage.now)


async def sorted_by_time_itself(stage: Stage) -> Leg:
    call = await stage.raised(sure=False)
    await stage.tick((await stage.leg(call)).triage_due)
    return (await stage.call(call)).main.leg


async def split_off(stage: Stage) -> Leg:
    leg = await sent_sure(stage)
    async with stage.desk() as desk:
        sibling = await desk.split(
            leg.id,
            item=RUBBISH,
            pieces=words("还有垃圾"),
            draft_id="divided",
            by=LI,
            now=stage.now,
        )
    return await stage.leg(sibling)


async def answered(stage: Stage) -> Leg:
    leg = await sent_sure(stage)
    async with stage.desk() as desk:
        await desk.acknowledge(leg.id, by=LI, now=stage.now)
        return await desk.resolve(
            leg.id, conclusion=Conclusion.SOLVED, pieces=photo("好了"), by=LI, now=stage.now
        )


async def asked_to_do_it_again(stage: Stage) -> Leg:
    leg = await answered(stage)
    async with stage.desk() as desk:
        return await desk.rework(leg.id, by=LIN, now=stage.now)


async def reopened(stage: Stage) -> Leg:
    leg = await answered(stage)
    async with stage.desk() as desk:
        await desk.rate(leg.id, verdict=Verdict.SOLVED, stars=5, by=LIN, now=stage.now)
        await desk.reopen(leg.id, words("又不亮了"), by=LIN, now=stage.now)
        return await desk.work.legs.get(leg.id)


async def called_up(stage: Stage) -> Leg:
    leg = await sent_sure(stage)
    async with stage.desk() as desk:
        await desk.acknowledge(leg.id, by=LI, now=stage.now)
        return await desk.call_up(
            leg.id, target=STREET, pieces=words("请街道"), by=LI, now=stage.now
        )


async def given_to_another(stage: Stage) -> Leg:
    leg = await sent_sure(stage)
    async with stage.desk() as desk:
        await desk.return_leg(
            leg.id,
            ground=Ground.DUTY,
            proposed=LIGHTS,
            pieces=words("不归我们"),
            by=LI,
            now=stage.now,
        )
        await desk.agree_return(leg.id, by=LIANG, now=stage.now)
        return (await desk.work.legs.of_call(leg.call_id))[-1]


async def kept_by_the_first(stage: Stage) -> Leg:
    leg = await sent_sure(stage)
    async with stage.desk() as desk:
        await desk.return_leg(
            leg.id,
            ground=Ground.DUTY,
            proposed=LIGHTS,
            pieces=words("不归我们"),
            by=LI,
            now=stage.now,
        )
        return await desk.decline_return(leg.id, by=LIANG, now=stage.now)


async def for_named_people(stage: Stage) -> Leg:
    await stage.with_team()
    return await stage.leg(await stage.raised(restricted=True))


async def taken_apart_again(stage: Stage) -> Leg:
    main = await stage.raised()
    new = NewCall("another's", LAMP, COMMUNITY, words("三号楼前没有灯"))
    async with stage.desk() as desk:
        other = await desk.raise_call(new, by=STRANGER, now=stage.now)
    leg = await stage.leg(other)
    async with stage.desk() as desk:
        await desk.merge(leg.id, into=main.id, by=LI, now=stage.now)
        return await desk.part(leg.id, by=STRANGER, now=stage.now)


async def raised_by_phone(stage: Stage) -> Leg:
    behalf = OnBehalf(COMMUNITY, "陈伯", "123456")
    new = NewCall("by phone", LAMP, COMMUNITY, words("路灯不亮"), behalf=behalf)
    async with stage.desk() as desk:
        call = await desk.raise_call(new, by=LI, now=stage.now)
    return await stage.leg(call)


WAYS = (
    *(sent_sure, sent_in_danger, sent_unsure, sorted_by_the_community, sorted_by_time_itself),
    *(split_off, asked_to_do_it_again, reopened, called_up, given_to_another, kept_by_the_first),
    *(for_named_people, taken_apart_again, raised_by_phone),
)


@pytest.mark.conformance
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
async def test_1_a_call_that_came_in_any_way_has_its_clocks(stage, way):
    leg = await way(stage)

    clock = leg.triage_due if leg.status is Status.TRIAGE else leg.finish_due
    assert leg.open
    assert clock is not None and stage.now < clock < stage.now + timedelta(days=30)
    assert leg.next_due is not None and leg.next_due <= clock
    if leg.status is Status.DISPATCHED:
        assert leg.sign_due is not None and stage.now < leg.sign_due <= clock
        assert leg.contact_due is not None and stage.now < leg.contact_due <= clock


@pytest.mark.conformance
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
async def test_1_where_nobody_moves_its_group_hears_of_it(way):
    """Clocks that run and remind nobody would be as good as none."""
    stage = await Stage(MemoryUnits()).set_up()
    call_id = (await way(stage)).call_id
    await stage.owed()
    heard: set[str] = set()

    while not heard & {"nudge", "dispatch_late"}:
        async with stage.units.read() as work:
            due = [leg.next_due for leg in await work.legs.of_call(call_id) if leg.next_due]
        assert min(due) < MONDAY + timedelta(days=30)
        await stage.tick(max(stage.now, min(due)))
        heard |= {what for chat, what in await stage.told() if chat < 0}

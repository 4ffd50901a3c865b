"""Whichever way a call came to be, its clocks run from the first moment on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.leg import Leg
from core.lifecycle import Status
from core.rating import Conclusion, Verdict
from tests.core.playing import LI, LIN, Stage, photo, words

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


WAYS = (
    *(sent_sure, sent_in_danger, sent_unsure, sorted_by_the_community, sorted_by_time_itself),
    *(split_off, asked_to_do_it_again, reopened),
)


@pytest.mark.conformance
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
async def test_1_a_call_that_came_in_any_way_has_its_clocks(stage, way):
    leg = await way(stage)

    clock = leg.triage_due if leg.status is Status.TRIAGE else leg.finish_due
    assert leg.open
    assert clock is not None and stage.now < clock < stage.now + timedelta(days=30)
    assert leg.next_due is not None and leg.next_due <= clock

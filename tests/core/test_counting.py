"""What happens to a leg is remembered for its assessment when it happens."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.figures import Span
from core.leg import Leg
from core.lifecycle import Outcome, Status
from core.rating import Conclusion, Verdict
from core.returning import Ground
from core.scoring import Sort
from tests.core.playing import COMMUNITY, LI, LIANG, LIN, MONDAY, STREET, Stage, photo, words

DRAIN = "11"
DAYS = Span(MONDAY - timedelta(days=1), MONDAY + timedelta(days=1))


@pytest.fixture
async def stage(units) -> Stage:
    """Everybody is where they belong, on a plain Monday; on every store."""
    return await Stage(units).set_up()


async def sorts(stage: Stage) -> list[Sort]:
    async with stage.units.read() as work:
        return [*await work.figures.sorts(DAYS, stage.now)]


async def answered(stage: Stage) -> Leg:
    """A drain the community says it has cleared: somebody else is to look."""
    leg = await stage.leg(await stage.raised(item=DRAIN))
    async with stage.desk() as desk:
        await desk.acknowledge(leg.id, by=LI, now=stage.now)
        return await desk.resolve(
            leg.id, conclusion=Conclusion.SOLVED, pieces=photo("好了"), by=LI, now=stage.now
        )


async def test_a_return_that_somebody_declined_is_counted(stage):
    leg = await stage.leg(await stage.raised())
    async with stage.desk() as desk:
        asked = {"ground": Ground.DUTY, "proposed": STREET, "pieces": words("不归我们")}
        await desk.return_leg(leg.id, by=LI, now=stage.now, **asked)
        await desk.decline_return(leg.id, by=LIANG, now=stage.now)

    assert [sort.refused_returns for sort in await sorts(stage)] == [1]


async def test_an_answer_somebody_looked_at_speaks_where_the_caller_does_not(stage):
    leg = await answered(stage)
    async with stage.desk() as desk:
        await desk.pass_verification(leg.id, by=LIANG, now=stage.now)
    for days in range(1, 12):
        await stage.tick(MONDAY + timedelta(days=days))

    (sort,) = await sorts(stage)

    assert (sort.outcome, sort.conclusion, sort.verified) == (
        Outcome.UNRATED,
        Conclusion.SOLVED,
        True,
    )


async def test_an_answer_nobody_looked_at_speaks_for_nobody(stage):
    leg = await answered(stage)
    async with stage.desk() as desk:
        await desk.pass_unseen(leg.id, now=stage.now)

    assert [sort.verified for sort in await sorts(stage)] == [False]


async def test_done_again_it_has_to_be_looked_at_again(stage):
    leg = await answered(stage)
    async with stage.desk() as desk:
        await desk.pass_verification(leg.id, by=LIANG, now=stage.now)
        await desk.rework(leg.id, by=LIN, now=stage.now)

    assert [(sort.verified, sort.rework) for sort in await sorts(stage)] == [(False, 1)]


async def test_what_was_red_once_stays_counted_after_it_is_done(stage):
    leg = await stage.leg(await stage.raised())
    for days in range(1, 9):
        await stage.tick(MONDAY + timedelta(days=days))
    async with stage.desk() as desk:
        await desk.acknowledge(leg.id, by=LI, now=stage.now)

    (sort,) = await sorts(stage)

    assert (sort.agency, sort.status, sort.contacted, sort.red) == (
        COMMUNITY,
        Status.IN_PROGRESS,
        False,
        True,
    )


async def test_the_caller_s_word_is_the_one_that_counts(stage):
    leg = await answered(stage)
    async with stage.desk() as desk:
        await desk.pass_verification(leg.id, by=LIANG, now=stage.now)
        await desk.rate(leg.id, verdict=Verdict.PARTLY, stars=3, by=LIN, now=stage.now)

    assert [(sort.outcome, sort.stars) for sort in await sorts(stage)] == [(Outcome.PARTLY, 3)]

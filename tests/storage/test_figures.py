"""What the stores count for the assessment: the same sorts of legs from the same calls."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import create_engine

from core.assessment import summed
from core.behind import Behind, stands
from core.figures import Span
from core.holding import HoldGround, HoldPlan, Milestone
from core.intent import Intent
from core.lifecycle import Outcome, Status
from core.rating import Conclusion
from core.scoring import Sort, counts_of
from storage import figures
from tests.builders import COMMUNITY, HOUR, NOON, STREET, a_call, a_leg, a_rating
from tests.storage.test_plans import plan_of

DAY = Span(NOON, NOON + timedelta(days=1))
LATER = NOON + 3 * HOUR


@pytest.fixture
async def work(units):
    async with units.begin() as work:
        yield work


async def kept(work, draft: str = "draft-1", *, call=None, **fields):
    """A leg of a call of its own."""
    raised = await work.calls.add(a_call(draft_id=draft, **(call or {})))
    return await work.legs.add(a_leg(call_id=raised.id, **fields))


async def sorts(work, now=LATER):
    return await work.figures.sorts(DAY, now)


async def test_a_leg_that_just_began_owes_nothing_yet(work):
    await kept(work, contact_due=NOON + 9 * HOUR, finish_due=NOON + 90 * HOUR)

    assert await sorts(work) == {Sort(COMMUNITY, Status.DISPATCHED): 1}


async def test_legs_that_are_alike_are_counted_together(work):
    for draft in ("a", "b"):
        await kept(work, draft, contact_due=NOON + HOUR, contacted_at=NOON)
    await kept(work, "c", agency=STREET)

    found = await sorts(work)

    assert found[Sort(COMMUNITY, Status.DISPATCHED, contacted=True)] == 2
    assert found[Sort(STREET, Status.DISPATCHED)] == 1


async def test_what_came_late_or_never_was_not_in_time(work):
    await kept(work, "a", contact_due=NOON, contacted_at=NOON + HOUR)
    await kept(work, "b", contact_due=NOON + HOUR)

    assert await sorts(work) == {Sort(COMMUNITY, Status.DISPATCHED, contacted=False): 2}


async def test_what_was_over_before_it_was_due_was_never_owed(work):
    over = {"status": Status.CLOSED, "outcome": Outcome.WITHDRAWN, "closed_at": NOON}
    await kept(work, contact_due=NOON + HOUR, finish_due=NOON + HOUR, **over)

    assert await sorts(work) == {Sort(COMMUNITY, outcome=Outcome.WITHDRAWN): 1}


async def test_a_leg_finished_and_rated_has_its_stars(work):
    done = {"resolved_at": NOON, "closed_at": NOON, "conclusion": Conclusion.SOLVED}
    leg = await kept(
        work, status=Status.CLOSED, outcome=Outcome.SOLVED, finish_due=NOON + HOUR, **done
    )
    await work.ratings.add(a_rating(leg_id=leg.id, stars=4))

    (sort,) = await sorts(work)

    assert (sort.outcome, sort.finished, sort.stars) == (Outcome.SOLVED, True, 4)


async def test_only_the_rating_of_the_last_answer_counts(work):
    leg = await kept(work, status=Status.CLOSED, outcome=Outcome.SOLVED, rework=1, reopened=1)
    for number, stars in ((1, 1), (2, 2), (3, 5)):
        await work.ratings.add(a_rating(leg_id=leg.id, round=number, stars=stars))

    assert [sort.stars for sort in await sorts(work)] == [5]


async def test_a_rating_set_aside_has_no_stars(work):
    leg = await kept(work, status=Status.CLOSED, outcome=Outcome.UNSOLVED, set_aside=1)
    await work.ratings.add(a_rating(leg_id=leg.id, stars=1))

    assert [sort.stars for sort in await sorts(work)] == [None]


async def test_what_few_legs_have_is_told_apart(work):
    plan = HoldPlan(HoldGround.MONEY, "等拨款", "陈主任", (Milestone("报预算", NOON),), NOON)
    missed = replace(plan, milestones=(Milestone("报预算", NOON, missed=True),))
    await kept(work, "a", status=Status.ON_HOLD, plan=plan)
    await kept(work, "b", status=Status.ON_HOLD, plan=missed, red=True)
    await kept(work, "c", refused_returns=1, false_closings=2, passed=True)

    found = await sorts(work)

    assert set(found) == {
        Sort(COMMUNITY, Status.ON_HOLD),
        Sort(COMMUNITY, Status.ON_HOLD, missed=True, red=True),
        Sort(COMMUNITY, Status.DISPATCHED, refused_returns=1, false_closings=2, verified=True),
    }


async def test_calls_of_another_day_and_restricted_ones_are_in_no_figure(work):
    await kept(work, "a", call={"raised_at": NOON - HOUR})
    await kept(work, "b", call={"raised_at": DAY.until})
    await kept(work, "c", call={"restricted": True})

    assert await sorts(work) == {}
    assert await work.figures.raised(DAY) == {}
    assert await work.figures.given(DAY, [COMMUNITY]) == {}


async def test_legs_are_told_apart_by_item_where_that_is_asked_for(work):
    for draft, item in (("a", "10"), ("b", "10"), ("c", "11")):
        await kept(work, draft, call={"item": item})
    await kept(work, "d", call={"intent": Intent.PRAISE})

    sort = Sort(COMMUNITY, Status.DISPATCHED)
    assert await work.figures.sorts_by_item(DAY, LATER) == {("10", sort): 2, ("11", sort): 1}


@pytest.mark.parametrize("behind", [Behind.OVERDUE, Behind.UNHEARD, Behind.UNSOLVED])
async def test_the_legs_behind_a_figure_are_those_it_counted(work, behind):
    """Every kind of leg the assessment knows, each twice; what is found is what the law counts."""
    over = {"status": Status.CLOSED, "closed_at": NOON}
    legs: list[dict] = [
        {"contact_due": NOON, "finish_due": NOON},
        {"contact_due": NOON, "contacted_at": NOON, "finish_due": LATER + HOUR},
        {"contact_due": NOON, "contacted_at": NOON + HOUR, "resolved_at": NOON + HOUR},
        {"finish_due": NOON, "resolved_at": NOON + HOUR},
        {**over, "outcome": Outcome.UNRATED, "passed": True, "conclusion": Conclusion.PARTLY},
        {**over, "outcome": Outcome.UNRATED, "passed": True, "conclusion": Conclusion.SOLVED},
        {**over, "outcome": Outcome.UNRATED},
        {**over, "outcome": Outcome.MISDISPATCH, "contact_due": NOON, "finish_due": NOON},
    ]
    for number, fields in enumerate(legs * 2):
        await kept(work, f"draft-{number}", **fields)
    for number, outcome in enumerate((Outcome.SOLVED, Outcome.PARTLY, Outcome.UNSOLVED) * 2):
        leg = await kept(work, f"rated-{number}", **over, outcome=outcome)
        await work.ratings.add(a_rating(leg_id=leg.id, stars=3))
    await kept(work, "quiet", call={"restricted": True}, finish_due=NOON, contact_due=NOON)
    counted = summed(counts_of(sort, n) for sort, n in (await sorts(work)).items())
    wanted = {
        Behind.OVERDUE: counted.ended - counted.finished,
        Behind.UNHEARD: counted.due - counted.contacted,
        Behind.UNSOLVED: counted.judged - counted.solved,
    }

    found, after = [], 0
    while page := await work.figures.suspects(
        behind, DAY, [COMMUNITY], now=LATER, after=after, limit=2
    ):
        found += [leg for leg, sort in page if stands(behind, sort)]
        after = page[-1][0]

    assert len(found) == wanted[behind] > 1
    assert found == sorted(set(found))
    assert not await work.figures.suspects(behind, DAY, [STREET], now=LATER, after=0, limit=2)


async def test_praise_is_passed_on_and_not_assessed(work):
    await kept(work, "a", call={"intent": Intent.PRAISE})
    await kept(work, "b")

    assert await sorts(work) == {Sort(COMMUNITY, Status.DISPATCHED): 1}


async def test_calls_are_counted_by_what_was_wanted(work):
    for draft, intent in (("a", Intent.HELP), ("b", Intent.HELP), ("c", Intent.CONSULT)):
        await kept(work, draft, call={"intent": intent})

    found = await work.figures.wanted(DAY)

    assert found == {("help", COMMUNITY): 2, ("consult", COMMUNITY): 1}


async def test_calls_are_counted_by_item_and_place(work):
    for draft, item, place in (
        ("a", "10", COMMUNITY),
        ("b", "10", COMMUNITY),
        ("c", "11", STREET),
    ):
        await kept(work, draft, call={"item": item, "community": place})

    assert await work.figures.raised(DAY) == {("10", COMMUNITY): 2, ("11", STREET): 1}


async def test_a_call_came_to_an_agency_once_however_many_legs_it_has_there(work):
    first = await kept(work, "a", agency=STREET)
    await work.legs.add(a_leg(call_id=first.call_id, agency=STREET))
    await kept(work, "b", agency=STREET, status=Status.CLOSED, outcome=Outcome.MISDISPATCH)
    await kept(work, "c", agency=STREET, dispatched_at=None, status=Status.TRIAGE)

    assert await work.figures.given(DAY, [STREET]) == {("10", COMMUNITY): 1}
    assert await work.figures.given(DAY, [COMMUNITY]) == {}


@pytest.mark.parametrize("statement", [figures._SORTS, figures._RAISED, figures._GIVEN])
def test_the_figures_of_a_day_do_not_read_a_year(sqlite_template, statement):
    engine = create_engine(f"sqlite:///{sqlite_template}")
    with engine.connect() as connection:
        plan = plan_of(connection, statement)
    engine.dispose()

    assert "ix_calls_raised (raised_at>? AND raised_at<?)" in plan
    assert "SCAN calls" not in plan
    assert "SCAN legs" not in plan

"""How it goes in an agency, a street and the district, told from the same legs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.agency import AgencyKind
from core.assessment import Band, Counts, rates_of
from core.call import NewCall
from core.lifecycle import Outcome, Status
from core.periods import Stretch, period_of
from core.rating import Conclusion, Verdict
from core.scoring import Ground, Sort
from core.stats import Report, Tallied, report, tallied
from tests.core.playing import (
    COMMUNITY,
    DISTRICT,
    LAMP,
    LI,
    LIGHTS,
    LIN,
    MONDAY,
    STREET,
    TEAM,
    Stage,
    liwan,
    photo,
    words,
)

TODAY = period_of(Stretch.TODAY, MONDAY.date())
ELSEWHERE = "440103005101"


@pytest.fixture
async def stage(units) -> Stage:
    """Everybody is where they belong, on a plain Monday; on every store."""
    return (await Stage(units).set_up()).without("calls_per_day")


async def told(stage: Stage, code: str) -> Report:
    found = await tallied(stage.units, stage.district, TODAY, now=stage.now, given_to=(LIGHTS,))
    return report(found, stage.district, code)


async def raised(stage: Stage, draft: str, place: str = COMMUNITY, item: str = LAMP) -> None:
    async with stage.desk() as desk:
        new = NewCall(draft, item, place, words("楼下的路灯不亮"))
        await desk.raise_call(new, by=LIN, now=stage.now)


async def answered(stage: Stage) -> None:
    leg = await stage.leg(await stage.raised(draft="answered"))
    async with stage.desk() as desk:
        await desk.acknowledge(leg.id, by=LI, now=stage.now)
        await desk.reply(leg.id, words("明天来修"), by=LI, now=stage.now)
        await desk.resolve(
            leg.id, conclusion=Conclusion.SOLVED, pieces=photo("好了"), by=LI, now=stage.now
        )
        await desk.rate(leg.id, verdict=Verdict.SOLVED, stars=5, by=LIN, now=stage.now)


async def test_a_day_without_calls_says_so(stage):
    empty = await told(stage, DISTRICT)

    assert (empty.calls, empty.late, empty.members) == (0, 0, {})
    assert rates_of(empty.counts) == (None, None, None)


async def test_an_answer_counts_for_the_agency_its_street_and_the_district(stage):
    await answered(stage)

    for code in (COMMUNITY, STREET, DISTRICT):
        seen = await told(stage, code)
        assert (seen.calls, seen.counts.contacted, seen.counts.finished) == (1, 1, 1)
        assert rates_of(seen.counts) == (1.0, 1.0, 1.0)
    assert (await told(stage, LIGHTS)).calls == 0


async def test_calls_are_told_by_item_and_place_the_most_first(stage):
    for draft, place in (("a", COMMUNITY), ("b", COMMUNITY), ("c", ELSEWHERE)):
        await raised(stage, draft, place)

    district, street = await told(stage, DISTRICT), await told(stage, STREET)

    assert district.items == [(LAMP, 3)]
    assert district.places == [(COMMUNITY, 2), (ELSEWHERE, 1)]
    assert street.places == [(COMMUNITY, 2)]


async def test_a_department_has_the_calls_it_was_given(stage):
    leg = await stage.leg(await stage.raised())
    async with stage.units.begin() as work:
        await work.legs.add(replace(leg, id=0, agency=LIGHTS, parent_id=leg.id))

    seen = await told(stage, LIGHTS)

    assert (seen.calls, seen.items, seen.places) == (1, [(LAMP, 1)], [(COMMUNITY, 1)])
    assert seen.intents == []
    assert seen.open == 1


async def test_a_restricted_call_is_in_no_figure(stage):
    await answered(stage)
    async with stage.units.begin() as work:
        call = await work.calls.by_draft("answered")
        await work.calls.save(replace(call, restricted=True))

    assert (await told(stage, DISTRICT)).calls == 0


def of(sorts: dict[Sort, int]) -> Tallied:
    found = Tallied(TODAY, MONDAY)
    found.add(sorts)
    return found


def done(code: str, **more: object) -> Sort:
    return Sort(code, outcome=Outcome.SOLVED, stars=5, contacted=True, finished=True, **more)  # type: ignore[arg-type]


def test_few_legs_are_shown_without_a_place_and_many_take_theirs():
    seen = report(
        of({done(STREET): 60, done("440103005", red=True): 20, done("440103004"): 19}),
        liwan(),
        DISTRICT,
    )

    streets = seen.members[AgencyKind.STREET]
    assert [(one.agency, one.place) for one in streets] == [
        (STREET, 1),
        ("440103005", 2),
        ("440103004", None),
    ]
    assert streets[-1].assessment.band is Band.FEW


def test_what_was_not_assessed_is_told_with_its_ground():
    seen = report(
        of({Sort(COMMUNITY, outcome=Outcome.DUPLICATE): 2, Sort(STREET, Status.ON_HOLD): 1}),
        liwan(),
        STREET,
    )

    assert seen.excluded == {Ground.DUPLICATE: 2, Ground.HOLD: 1}
    assert seen.counts == Counts()


def test_a_team_of_named_people_is_in_nobody_s_figures():
    seen = report(of({done(TEAM): 5, done(STREET): 1}), liwan(), DISTRICT)

    assert seen.counts.due == 1
    assert TEAM not in {one.agency for kind in seen.members.values() for one in kind}

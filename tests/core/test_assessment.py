"""The worked examples of the assessment, figure by figure, and what keeps it fair."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.assessment import (
    Band,
    Counts,
    Rates,
    Weights,
    addition,
    assess,
    deduction,
    on_time,
    ranked,
    rates_of,
    shrunk,
    summed,
)
from core.lifecycle import Outcome, Status
from core.rating import Conclusion
from core.scoring import Ground, Sort, counts_of, earned, ground_of, points
from tests.builders import HOUR, NOON, a_leg, a_rating
from tests.core.playing import liwan

MEAN = Rates(0.95, 0.88, 0.80)
A, B = "BM16", "BM08"


def rated(outcome: Outcome, stars: int, **more: object) -> Sort:
    return Sort(A, outcome=outcome, stars=stars, contacted=True, finished=True, **more)  # type: ignore[arg-type]


def excluded(ground: Outcome) -> Sort:
    return Sort(A, outcome=ground, contacted=True)


def verified(conclusion: Conclusion) -> Sort:
    return Sort(A, outcome=Outcome.UNRATED, verified=True, conclusion=conclusion, contacted=True)


# Sixty legs of department A. The text takes an unreasonable finding out of two of the rates, its
# figure of 52 due takes it out of all three: the figure is followed.
DEPARTMENT_A = [
    (excluded(Outcome.MISDISPATCH), 3),
    (excluded(Outcome.DUPLICATE), 2),
    (Sort(A, outcome=Outcome.WITHDRAWN, dispatched=False), 1),
    (Sort(A, Status.ON_HOLD, contacted=True), 1),
    (excluded(Outcome.EXPLAINED), 1),
    (rated(Outcome.SOLVED, 5), 8),
    (rated(Outcome.SOLVED, 4), 16),
    (rated(Outcome.SOLVED, 3, rework=2), 1),
    (rated(Outcome.SOLVED, 3), 1),
    (rated(Outcome.PARTLY, 3, red=True), 2),
    (rated(Outcome.PARTLY, 3, refused_returns=1), 1),
    (rated(Outcome.PARTLY, 3, false_closings=1), 1),
    (rated(Outcome.PARTLY, 2), 1),
    (rated(Outcome.UNSOLVED, 2), 2),
    (rated(Outcome.UNSOLVED, 1), 1),
    (verified(Conclusion.SOLVED), 7),
    (verified(Conclusion.EXPLAINED), 1),
    (Sort(A, outcome=Outcome.UNRATED, contacted=False), 3),
    (Sort(A, Status.IN_PROGRESS, contacted=True), 7),
]  # fmt: skip


def of_a() -> Counts:
    return summed(counts_of(sort, legs) for sort, legs in DEPARTMENT_A) + Counts(self_found=6)


def of_b() -> Counts:
    """Five legs, all answered in time, three rated and all three the best they can be."""
    return Counts(due=5, contacted=5, judged=3, solved=3, rated=3, satisfied=3.0)


def test_department_a_owes_fifty_two_of_its_sixty_legs():
    assert sum(legs for _, legs in DEPARTMENT_A) == 60
    assert of_a().due == 52


def test_department_a_has_the_three_rates_of_the_example():
    response, resolution, satisfaction = rates_of(of_a())

    assert response == pytest.approx(0.9423, abs=5e-5)
    assert resolution == pytest.approx(35.5 / 42)
    assert satisfaction == pytest.approx(25.95 / 34)


def test_the_rates_of_department_a_are_drawn_to_the_mean_of_the_district():
    drawn = shrunk(of_a(), MEAN, prior=15)

    assert drawn == pytest.approx((0.9440, 0.8544, 0.7745), abs=5e-5)


def test_department_a_loses_and_gains_what_the_example_says():
    assert deduction(of_a()) == pytest.approx(4.23, abs=5e-3)
    assert addition(of_a()) == pytest.approx(1.15, abs=5e-3)


def test_department_a_comes_to_82_25():
    assert round(assess(of_a(), MEAN).index or 0, 2) == 82.25


@pytest.mark.conformance
def test_13_a_unit_of_five_legs_never_ranks():
    perfect = assess(of_b(), MEAN)

    assert perfect.rates == (1.0, 1.0, 1.0)
    assert round(perfect.index or 0, 2) == 89.54
    assert perfect.band is Band.FEW
    assert ranked({A: assess(of_a(), MEAN), B: perfect}) == {A: 1}


def test_places_are_given_among_agencies_of_like_volume():
    busy, calm = assess(of_a(), MEAN), Counts(due=80, contacted=80, judged=40, solved=40)
    larger = assess(calm + Counts(rated=40, satisfied=40.0), MEAN)

    assert ranked({"a": busy, "b": busy, "c": larger}) == {"a": 1, "b": 1, "c": 1}
    assert (busy.band, larger.band) == (Band.LESS, Band.SOME)


def test_where_hardly_anybody_rated_nobody_is_ranked():
    silent = assess(Counts(due=100, contacted=100, judged=29, solved=29, rated=29), MEAN)

    assert not silent.covered
    assert ranked({A: silent}) == {}


def test_where_the_district_knows_nothing_yet_there_is_no_index():
    assert assess(Counts(), Rates()).index is None
    assert assess(Counts(due=30, contacted=30), Rates(1.0)).index is None


def test_what_is_taken_off_and_what_is_added_have_their_ends():
    worst = Counts(due=10, red=10, false_closings=10, self_found=100)

    assert (deduction(worst), addition(worst)) == (15.0, 5.0)


def test_a_district_may_weigh_otherwise():
    even = Weights(40, 30, 30, prior=0)

    assert assess(of_b(), MEAN, even).index == 100
    assert even.named == "40/30/30"
    assert assess(of_b(), MEAN, Weights(4, 3, 3, prior=0)).index == 100


def test_the_rules_sheet_says_how_the_rates_are_weighed():
    assert Weights.of(liwan().limits.counts) == Weights(30, 35, 35, 15)
    assert Weights.of({"weight_response": 50}) == Weights(response=50)


@pytest.mark.parametrize(
    ("sort", "ground"),
    [
        (excluded(Outcome.EXPLAINED), Ground.UNREASONABLE),
        (excluded(Outcome.REDIRECTED), Ground.REDIRECTED),
        (Sort(A, Status.ON_HOLD), Ground.HOLD),
        (Sort(A, Status.ON_HOLD, missed=True), None),
        (excluded(Outcome.WITHDRAWN), None),
        (excluded(Outcome.UNRATED), None),
    ],
)
def test_what_is_not_assessed_says_why(sort: Sort, ground: Ground | None):
    assert ground_of(sort) is ground


def test_silence_is_never_satisfaction():
    silent = counts_of(Sort(A, outcome=Outcome.UNRATED, contacted=True, finished=True))

    assert (silent.due, silent.judged, silent.rated) == (1, 0, 0)
    assert on_time(silent) == 1.0


def test_a_rating_that_was_set_aside_counts_for_nothing():
    aside = counts_of(Sort(A, outcome=Outcome.UNSOLVED, stars=None, contacted=True))

    assert (aside.due, aside.judged, aside.rated) == (1, 0, 0)


def test_a_lamp_signed_late_and_liked_earns_what_the_example_says():
    lamp = {"signed": False, "contacted": True, "finished": True, "solution": 1.0, "stars": 4}

    assert points(**lamp) == pytest.approx(88.75)
    assert points(**lamp, rework=1) == pytest.approx(78.75)


def test_a_leg_earns_what_its_caller_and_its_clocks_say():
    lamp = a_leg(
        outcome=Outcome.SOLVED,
        sign_due=NOON,
        signed_at=NOON + HOUR,
        contact_due=NOON + HOUR,
        contacted_at=NOON,
        finish_due=NOON + HOUR,
        resolved_at=NOON,
    )

    assert earned(lamp, a_rating(stars=4)) == pytest.approx(88.75)
    assert earned(lamp, None) is None
    assert earned(replace(lamp, set_aside=1), a_rating(stars=4)) is None
    assert earned(replace(lamp, outcome=Outcome.UNRATED), a_rating(stars=4)) is None


def test_a_matter_finished_late_and_not_solved_earns_what_the_example_says():
    earned = points(signed=True, contacted=True, finished=False, solution=0.0, stars=2)

    assert earned == pytest.approx(23.75)

"""Pins at the border of two communities, with and without outlines."""

from __future__ import annotations

from dataclasses import replace

from core.agency import Agency, AgencyKind, Point
from core.edges import NEAR_M, beside, reach_of
from core.guide import Guide
from tests.core.playing import liwan

WEST = Agency("w", "西社区", AgencyKind.COMMUNITY, centre=Point(23.0, 113.0))
EAST = Agency("e", "东社区", AgencyKind.COMMUNITY, centre=Point(23.0, 113.01))
SOUTH, MIDDLE, NORTH = 22.99, 113.005, 23.01
LEFT = tuple(
    Point(*at) for at in ((SOUTH, 112.99), (SOUTH, MIDDLE), (NORTH, MIDDLE), (NORTH, 112.99))
)
RIGHT = tuple(
    Point(*at) for at in ((SOUTH, MIDDLE), (SOUTH, 113.02), (NORTH, 113.02), (NORTH, MIDDLE))
)
A_METRE = 1 / 102_400  # of longitude, at this latitude


def west_by(metres: float) -> Point:
    return Point(23.0, MIDDLE - metres * A_METRE)


def test_between_two_centres_the_border_is_half_way():
    assert beside(west_by(20), WEST, [EAST], within=NEAR_M) is EAST
    assert beside(west_by(40), WEST, [EAST], within=NEAR_M) is None


def test_where_outlines_are_known_they_are_the_border():
    west, east = replace(WEST, boundary=LEFT), replace(EAST, boundary=RIGHT, centre=None)

    assert beside(west_by(20), west, [east], within=NEAR_M) is east
    assert beside(west_by(40), west, [east], within=NEAR_M) is None


def test_a_phone_that_is_off_by_more_reaches_farther_but_not_for_ever():
    assert [reach_of(off) for off in (0, 65, 1500)] == [30, 65, 100]


def test_a_community_without_a_place_is_beside_nothing():
    assert beside(west_by(5), WEST, [replace(EAST, centre=None)], within=NEAR_M) is None


def test_in_the_example_one_pin_in_seven_is_at_an_edge():
    guide = Guide(liwan())
    pins = [Point(23.10 + n / 2000, 113.22 + m / 2000) for n in range(40) for m in range(30)]

    found = sum(bool(guide.edge(pin)) for pin in pins)

    assert 0.08 < found / len(pins) < 0.25

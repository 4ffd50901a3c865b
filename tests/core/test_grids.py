"""Which grid of its community a pin lies in, by outlines, by centres, and at the border of two."""

from __future__ import annotations

from dataclasses import replace

from core.agency import Point
from core.discretion import sees_grid
from core.grids import Grid, within
from core.views import LegView
from tests.builders import a_call, a_leg
from tests.core.playing import COMMUNITY, DISTRICT, LIGHTS, STREET, WATER, liwan

SOUTH, MIDDLE, NORTH = 22.995, 113.0, 23.005
A_METRE = 1 / 102_400  # of longitude, at this latitude


def outline(west: float, east: float) -> tuple[Point, ...]:
    corners = ((SOUTH, west), (SOUTH, east), (NORTH, east), (NORTH, west))
    return tuple(Point(*corner) for corner in corners)


WEST = Grid("1", "西网格", COMMUNITY, "关慧", boundary=outline(MIDDLE - 0.002, MIDDLE))
EAST = Grid("2", "东网格", COMMUNITY, "容伟", boundary=outline(MIDDLE, MIDDLE + 0.002))
BOTH = (WEST, EAST)
NEAR_WEST = replace(WEST, boundary=(), centre=Point(23.0, MIDDLE - 0.001))
NEAR_EAST = replace(EAST, boundary=(), centre=Point(23.0, MIDDLE + 0.001))


def east_by(metres: float) -> Point:
    return Point(23.0, MIDDLE + metres * A_METRE)


def test_the_outline_that_holds_a_pin_is_its_grid():
    assert within(BOTH, east_by(-80)) == (WEST, None)
    assert within(BOTH, east_by(80)) == (EAST, None)


def test_without_outlines_the_nearest_centre_is():
    assert within((NEAR_WEST, NEAR_EAST), east_by(80)) == (NEAR_EAST, None)


def test_an_outline_that_holds_the_pin_comes_before_a_nearer_centre():
    close = replace(NEAR_EAST, centre=east_by(-70))

    assert within((close, WEST), east_by(-80)) == (WEST, None)


def test_at_the_border_of_two_both_are_told():
    assert within(BOTH, east_by(-20)) == (WEST, EAST)
    assert within((NEAR_WEST, NEAR_EAST), east_by(20)) == (NEAR_EAST, NEAR_WEST)
    assert within(BOTH, east_by(-40)) == (WEST, None)


def test_a_pin_in_the_gap_between_lines_drawn_by_hand_is_the_nearest_outlines():
    apart = replace(EAST, boundary=outline(MIDDLE + 25 * A_METRE, MIDDLE + 0.002))

    assert within((WEST, apart), east_by(10)) == (WEST, apart)


def test_a_pin_outside_of_all_and_a_call_without_one_have_no_grid():
    assert within(BOTH, east_by(-400)) is None
    assert within((NEAR_WEST, NEAR_EAST), east_by(5000)) is None
    assert within(BOTH, None) is None
    assert within((), east_by(0)) is None


def test_only_grids_of_the_calls_own_community_are_asked():
    district = replace(liwan(), grids=BOTH)

    assert district.grid_at(COMMUNITY, east_by(80)) == (EAST, None)
    assert district.grid_at("440103006101", east_by(80)) is None


def test_the_community_its_street_and_whoever_answers_read_the_grid_and_nobody_else():
    tree = liwan().tree
    place, item = tree.get(COMMUNITY), liwan().catalogue.get("10")
    view = LegView(a_leg(agency=LIGHTS), a_call(community=COMMUNITY), item, place, place)

    groups = (COMMUNITY, STREET, LIGHTS, WATER, DISTRICT, "440103001", "")
    assert [sees_grid(tree, view, code) for code in groups] == [True] * 3 + [False] * 4

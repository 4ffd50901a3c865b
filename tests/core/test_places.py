"""Pins and typed names, over the example district and a few outlines drawn by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.agency import Agency, AgencyKind, Point, tree_of
from core.places import FAR_M, PlaceFinder, distance_m, inside
from storage.sheets import read_district

TREE = read_district(Path(__file__).parents[2] / "examples" / "liwan").tree
FINDER = PlaceFinder(TREE)
COMMUNITIES = TREE.of_kind(AgencyKind.COMMUNITY)
UNLIMITED = tree_of(
    replace(one, boundary=()) if one.kind is AgencyKind.DISTRICT else one
    for one in TREE.by_code.values()
)
SQUARE = (Point(0, 0), Point(0, 4), Point(4, 4), Point(4, 0))
TIANHE, SEA = Point(23.13, 113.36), Point(21.5, 114.0)


def names(agencies: tuple[Agency, ...]) -> list[str]:
    return [agency.short_name for agency in agencies]


@pytest.mark.parametrize(
    ("point", "is_inside"),
    [(Point(1, 1), True), (Point(3.9, 3.9), True), (Point(5, 1), False), (Point(1, -1), False)],
)
def test_a_point_is_inside_an_outline_or_not(point: Point, is_inside: bool):
    assert inside(point, SQUARE) is is_inside


def test_a_bay_of_an_outline_is_outside():
    around_the_bay = (
        Point(0, 0),
        Point(0, 4),
        Point(4, 4),
        Point(4, 3),
        Point(1, 3),
        Point(1, 1),
        Point(4, 1),
        Point(4, 0),
    )

    assert not inside(Point(3, 2), around_the_bay)
    assert inside(Point(0.5, 2), around_the_bay)


def test_no_outline_holds_nothing():
    assert not inside(Point(0, 0), ())


def test_a_degree_of_latitude_is_about_111_kilometres():
    assert distance_m(Point(23, 113), Point(24, 113)) == pytest.approx(111_195, rel=0.001)
    assert distance_m(Point(23, 113), Point(23, 113)) == 0


@pytest.mark.parametrize("outside", [TIANHE, SEA, Point(0, 0), Point(-90, 180)])
def test_a_pin_outside_the_district_finds_nobody(outside: Point):
    assert FINDER.near(outside) == ()


def test_every_centre_of_the_example_is_inside_its_district_and_finds_itself_first():
    for community in TREE.of_kind(AgencyKind.COMMUNITY):
        assert community.centre
        assert FINDER.near(community.centre)[0] is community


def test_a_pin_finds_the_three_nearest_communities_nearest_first():
    pin = Point(23.1232, 113.2345)

    found = FINDER.near(pin)

    reaches = [distance_m(agency.centre, pin) for agency in found if agency.centre]
    assert len(found) == 3
    assert reaches == sorted(reaches)
    assert {TREE.get(agency.parent or "").name for agency in found} == {"逢源街道"}


def _village(outline: tuple[Point, ...] = ()) -> tuple[Agency, Agency, PlaceFinder]:
    district = Agency("1", "区", AgencyKind.DISTRICT, boundary=outline)
    street = Agency("2", "街道", AgencyKind.STREET, "1")
    east = Agency("3", "东社区", AgencyKind.COMMUNITY, "2", centre=Point(1, 1))
    west = Agency("4", "西社区", AgencyKind.COMMUNITY, "2", centre=Point(3, 3), boundary=SQUARE)
    nowhere = Agency("5", "无名社区", AgencyKind.COMMUNITY, "2")
    return east, west, PlaceFinder(tree_of([district, street, east, west, nowhere]))


def test_the_community_whose_outline_holds_the_pin_comes_before_a_nearer_centre():
    east, west, finder = _village(SQUARE)

    assert finder.near(Point(1, 1), n=2) == (west, east)


def test_without_an_outline_of_the_district_a_far_pin_finds_nobody():
    east, _, finder = _village()

    assert finder.near(Point(1, 0.99), n=2)[-1] == east
    assert finder.near(SEA) == ()


@pytest.mark.parametrize(
    "typed",
    [
        "厚福",
        "厚福社区",
        "厚福居委会",
        "厚福社区居委会",
        "厚福社区居民委员会",
        " 厚 福 社 区 ",
        "我住逢源街厚福社区三楼",
        "荔湾区逢源街道厚福社区12号502房",
        "逢源厚福",
    ],
)
def test_a_community_is_found_however_its_name_is_typed(typed: str):
    assert names(FINDER.named(typed))[0] == "厚福社区"


@pytest.mark.parametrize("community", TREE.of_kind(AgencyKind.COMMUNITY), ids=lambda a: a.code)
def test_every_community_is_found_first_by_its_full_and_its_short_name(community: Agency):
    short = community.short_name

    assert FINDER.named(community.name)[0].short_name == short
    assert FINDER.named(short.removesuffix("社区"))[0].short_name == short
    street = TREE.get(community.parent or "").name
    assert FINDER.named(f"我住在{street}{short}附近的巷子里")[0] is community


def test_an_alias_finds_its_community():
    assert names(FINDER.named("永庆坊"))[0] == "恩宁社区"
    assert names(FINDER.named("我在陈氏书院门口"))[0] == "陈家祠社区"


def test_a_street_is_found_by_its_name():
    assert names(FINDER.named("逢源街道"))[0] == "逢源街道"
    assert names(FINDER.named("逢源街"))[0] == "逢源街道"
    assert names(FINDER.named("逢源街道办事处"))[0] == "逢源街道"
    assert names(FINDER.named("逢源"))[:2] == ["逢源街道", "逢源北社区"]


def test_the_word_for_the_level_tells_namesakes_apart():
    assert names(FINDER.named("岭南街道"))[0] == "岭南街道"
    assert names(FINDER.named("岭南社区"))[0] == "岭南社区"
    assert names(FINDER.named("岭南"))[:2] == ["岭南社区", "岭南街道"]


def test_a_fragment_finds_all_that_begin_with_it_or_hold_it():
    assert set(names(FINDER.named("富力"))) == {"富力东社区", "富力西社区"}
    assert "西关大屋社区" in names(FINDER.named("大屋"))
    assert names(FINDER.named("园"))[:2] == ["园中园社区", "彩园社区"]


def test_communities_of_one_name_in_two_streets_are_all_given_and_the_named_street_comes_first():
    one, two = TREE.of_kind(AgencyKind.COMMUNITY)[1:30:28]
    namesake = replace(two, name=one.name)
    tree = tree_of(namesake if agency is two else agency for agency in TREE.agencies)
    street = tree.get(two.parent or "").name

    assert set(PlaceFinder(tree).named(one.name)) == {one, namesake}
    assert PlaceFinder(tree).named(street + one.short_name)[0] is namesake


@pytest.mark.parametrize(
    "typed", ["", "   ", "😀", "社区", "街道", "居委会", "、。", "天河体育中心"]
)
def test_words_that_name_no_place_find_none(typed: str):
    assert FINDER.named(typed) == ()


def test_no_more_are_given_than_asked_for():
    assert len(FINDER.named("西", n=4)) == 4
    assert len(FINDER.named("长" * 4000 + "厚福社区")) == 1


def test_a_name_as_it_is_written_means_that_place_alone():
    assert names(FINDER.named("逢源北社区")) == ["逢源北社区"]
    assert names(FINDER.named("逢源北社区居委会")) == ["逢源北社区"]
    assert names(FINDER.named("逢源北")) == ["逢源北社区"]


@given(st.floats(23.02, 23.16), st.floats(113.16, 113.26), st.integers(1, 6))
def test_a_pin_finds_those_whom_measuring_every_centre_finds(north: float, east: float, n: int):
    pin, found = Point(north, east), PlaceFinder(UNLIMITED).near(Point(north, east), n)
    reaches = sorted(distance_m(one.centre, pin) for one in COMMUNITIES if one.centre)
    within = [reach for reach in reaches if reach < FAR_M][:n]

    assert [distance_m(one.centre, pin) for one in found if one.centre] == within


@pytest.mark.parametrize("agency", [*COMMUNITIES, *TREE.of_kind(AgencyKind.STREET)])
def test_a_name_written_in_full_means_whom_asking_all_of_them_finds(agency: Agency):
    asked_all = PlaceFinder(TREE)
    asked_all._in_full = frozenset()

    assert FINDER.named(agency.name) == asked_all.named(agency.name)

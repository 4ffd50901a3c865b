"""From an item and a place to the agency that answers, and from there upwards."""

from __future__ import annotations

import pytest

from core.agency import Agency, AgencyKind, tree_of
from core.catalogue import Catalogue, Item
from core.district import District
from core.limits import Limits
from core.routing import (
    Route,
    RouteReason,
    adjudicator,
    call_up_targets,
    next_level_up,
    route,
)
from core.worktime import WorkCalendar

DISTRICT = Agency("Q", "一区", AgencyKind.DISTRICT)
STREET = Agency("J", "东街道", AgencyKind.STREET, "Q")
COMMUNITY = Agency("S", "东一社区", AgencyKind.COMMUNITY, "J")
LAMPS = Agency("D1", "照明所", AgencyKind.DEPARTMENT, "Q")
ROADS = Agency("D2", "市政所", AgencyKind.DEPARTMENT, "Q")
POWER = Agency("E1", "供电局", AgencyKind.ENTERPRISE, "Q")
ALL = frozenset(["Q", "J", "S", "D1", "D2", "E1"])
TREE = tree_of([DISTRICT, STREET, COMMUNITY, LAMPS, ROADS, POWER])
LIMITS = Limits(clauses={"dispatch": "清单第{item}项", "fallback": "规则第8条"})
PLACE = District("LW", TREE, Catalogue(), WorkCalendar(), LIMITS)


def an_item(first: AgencyKind, lead: str = "D1", co: tuple[str, ...] = ()) -> Item:
    return Item("10", "路灯", "管理", "设施", "不亮", "亮了", lead, co, answers_first=first)


@pytest.mark.parametrize(
    ("first", "lead", "agency", "reason"),
    [
        (AgencyKind.COMMUNITY, "D1", COMMUNITY, RouteReason.OWN_COMMUNITY),
        (AgencyKind.STREET, "D1", STREET, RouteReason.OWN_STREET),
        (AgencyKind.DEPARTMENT, "D1", LAMPS, RouteReason.ITEM_LEAD),
        (AgencyKind.ENTERPRISE, "E1", POWER, RouteReason.ITEM_LEAD),
        (AgencyKind.DEPARTMENT, "community", COMMUNITY, RouteReason.OWN_COMMUNITY),
        (AgencyKind.DEPARTMENT, "street", STREET, RouteReason.OWN_STREET),
        (AgencyKind.DISTRICT, "D1", DISTRICT, RouteReason.DISTRICT_FIRST),
    ],
)
def test_the_level_that_answers_first_decides(
    first: AgencyKind, lead: str, agency: Agency, reason: RouteReason
):
    found = route(PLACE, an_item(first, lead), "S", ALL)

    assert found == Route(agency, reason, "清单第10项")


def test_an_agency_without_a_group_passes_the_call_to_the_nearest_above():
    found = route(PLACE, an_item(AgencyKind.COMMUNITY), "S", {"J", "Q"})

    assert found == Route(STREET, RouteReason.NEAREST_BOUND, "规则第8条", (COMMUNITY,))


def test_two_levels_without_groups_are_both_passed_over():
    found = route(PLACE, an_item(AgencyKind.COMMUNITY), "S", {"Q"})

    assert (found.agency, found.skipped) == (DISTRICT, (COMMUNITY, STREET))
    assert found.reason is RouteReason.NEAREST_BOUND


def test_a_department_without_a_group_passes_the_call_to_the_district():
    found = route(PLACE, an_item(AgencyKind.DEPARTMENT), "S", {"Q", "J", "S"})

    assert (found.agency, found.skipped) == (DISTRICT, (LAMPS,))


def test_where_nobody_has_a_group_the_district_still_answers():
    found = route(PLACE, an_item(AgencyKind.COMMUNITY), "S", ())

    assert (found.agency, found.reason) == (DISTRICT, RouteReason.NOBODY_BOUND)
    assert found.skipped == (COMMUNITY, STREET)


@pytest.mark.parametrize("place", ["", "nowhere"])
def test_an_unknown_place_falls_back_to_the_district(place: str):
    found = route(PLACE, an_item(AgencyKind.COMMUNITY), place, ALL)

    assert found == Route(DISTRICT, RouteReason.NOBODY_NAMED, "规则第8条")


def test_a_lead_that_left_the_sheet_falls_back_to_the_district():
    found = route(PLACE, an_item(AgencyKind.DEPARTMENT, "D9"), "S", ALL)

    assert (found.agency, found.reason) == (DISTRICT, RouteReason.NOBODY_NAMED)


def test_where_only_the_street_is_known_it_answers_for_its_community():
    found = route(PLACE, an_item(AgencyKind.COMMUNITY), "J", ALL)

    assert (found.agency, found.reason) == (STREET, RouteReason.OWN_STREET)


def test_without_clauses_the_item_alone_is_the_clause():
    bare = District("LW", TREE, Catalogue(), WorkCalendar(), Limits())

    assert route(bare, an_item(AgencyKind.COMMUNITY), "S", ALL).clause == "10"


def test_a_community_calls_its_street():
    assert call_up_targets(PLACE, an_item(AgencyKind.COMMUNITY), "S") == (STREET,)


def test_a_street_calls_first_whom_the_item_names_then_the_others_then_the_district():
    item = an_item(AgencyKind.COMMUNITY, lead="E1", co=("street", "D2"))

    assert call_up_targets(PLACE, item, "J") == (POWER, ROADS, LAMPS, DISTRICT)


@pytest.mark.parametrize("code", ["D1", "E1"])
def test_a_department_or_enterprise_calls_the_district(code: str):
    assert call_up_targets(PLACE, an_item(AgencyKind.COMMUNITY), code) == (DISTRICT,)


def test_above_the_district_there_is_nobody_to_call():
    assert call_up_targets(PLACE, an_item(AgencyKind.COMMUNITY), "Q") == ()
    assert next_level_up(TREE, DISTRICT) is None
    assert next_level_up(TREE, COMMUNITY) is STREET


@pytest.mark.parametrize(
    ("agency", "decides"),
    [(COMMUNITY, STREET), (STREET, DISTRICT), (LAMPS, DISTRICT), (DISTRICT, DISTRICT)],
)
def test_a_return_is_decided_by_the_street_for_communities_and_else_by_the_district(
    agency: Agency, decides: Agency
):
    assert adjudicator(TREE, agency) is decides

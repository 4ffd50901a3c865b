"""Who must answer: from an item and a place to one agency, and from there upwards."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile

from core.agency import Agency, AgencyKind, AgencyTree
from core.catalogue import Item
from core.district import District

ITEM = "{item}"
NEAREST = (AgencyKind.STREET, AgencyKind.COMMUNITY)
LED_BY = frozenset({AgencyKind.DEPARTMENT, AgencyKind.ENTERPRISE})


class RouteReason(StrEnum):
    """Why this agency answers and no other."""

    OWN_COMMUNITY = "own_community"
    OWN_STREET = "own_street"
    ITEM_LEAD = "item_lead"
    DISTRICT_FIRST = "district_first"
    NEAREST_BOUND = "nearest_bound"
    NOBODY_NAMED = "nobody_named"
    NOBODY_BOUND = "nobody_bound"
    RESTRICTED = "restricted"
    CONFLICT = "conflict"


FALLBACKS = frozenset(
    {RouteReason.NEAREST_BOUND, RouteReason.NOBODY_NAMED, RouteReason.NOBODY_BOUND}
)
DOCUMENTS = {RouteReason.RESTRICTED: "restricted", RouteReason.CONFLICT: "conflict"}
REASONS = {
    AgencyKind.COMMUNITY: RouteReason.OWN_COMMUNITY,
    AgencyKind.STREET: RouteReason.OWN_STREET,
    AgencyKind.DEPARTMENT: RouteReason.ITEM_LEAD,
    AgencyKind.ENTERPRISE: RouteReason.ITEM_LEAD,
    AgencyKind.DISTRICT: RouteReason.DISTRICT_FIRST,
}


@dataclass(frozen=True, slots=True)
class Route:
    """Who answers, why, by which clause, and who was passed over for want of a group."""

    agency: Agency
    reason: RouteReason
    clause: str
    skipped: tuple[Agency, ...] = ()


def route(district: District, item: Item, community_code: str, bound: Container[str]) -> Route:
    """The agency that answers a call about ``item`` at a place; always one, never a refusal.

    ``bound`` holds the codes of agencies with a group of their own. One without passes the call to
    the nearest above that has one; where nobody has, or the sheets name nobody, the district
    answers. ``community_code`` may also be the code of a street. The clause is what the rules
    sheet gives for dispatching (or for falling back), with the item's code filled in.
    """
    named = responsible(district.tree, item, community_code)
    if named is None:
        return _route(district, item, district.tree.district, RouteReason.NOBODY_NAMED)
    return route_to(district, item, named, bound)


def way_for(
    district: District,
    item: Item,
    place: str,
    bound: Container[str],
    *,
    restricted: bool = False,
    avoids: str = "",
) -> Route:
    """As ``route``, for what is about an agency itself, or for named people only.

    What is restricted goes to the restricted team, with a group or without: it waits there rather
    than be read elsewhere. An agency that is avoided is passed over for the level above it (skip
    level rule B05: conflict of interest), the district itself for its restricted team.
    """
    team = district.tree.team_for(place, avoids=avoids)
    if restricted and team is not None:
        return _route(district, item, team, RouteReason.RESTRICTED)
    way = route(district, item, place, bound)
    if not avoids or way.agency.code != avoids:
        return way
    above = next_level_up(district.tree, way.agency)
    if above is None:
        return _route(district, item, team or way.agency, RouteReason.RESTRICTED)
    beyond = route_to(district, item, above, bound)
    return _route(district, item, beyond.agency, RouteReason.CONFLICT, beyond.skipped)


def route_to(district: District, item: Item, named: Agency, bound: Container[str]) -> Route:
    """The way to an agency that was named, past those without a group of their own."""
    tree = district.tree
    skipped = tuple(takewhile(lambda agency: agency.code not in bound, tree.upwards(named.code)))
    if not skipped:
        return _route(district, item, named, REASONS[named.kind])
    answering = tree.by_code.get(skipped[-1].parent or "")
    if answering is None:
        above = tuple(agency for agency in skipped if agency is not tree.district)
        return _route(district, item, tree.district, RouteReason.NOBODY_BOUND, above)
    return _route(district, item, answering, RouteReason.NEAREST_BOUND, skipped)


def responsible(tree: AgencyTree, item: Item, community_code: str) -> Agency | None:
    """The agency that the catalogue makes answer first here, bound or not; None for nobody."""
    if item.answers_first in LED_BY:
        return named_in(tree, item.lead, community_code)
    if item.answers_first is AgencyKind.DISTRICT:
        return tree.district
    return named_in(tree, item.answers_first.value, community_code)


def named_in(tree: AgencyTree, name: str, community_code: str) -> Agency | None:
    """The agency a catalogue cell names: the place's own community or street, or one by code.

    Where only the street of a place is known, that street stands in for its community.
    """
    own_street = tree.ancestor(community_code, AgencyKind.STREET)
    if name == AgencyKind.COMMUNITY:
        return tree.ancestor(community_code, AgencyKind.COMMUNITY) or own_street
    if name == AgencyKind.STREET:
        return own_street
    return tree.by_code.get(name)


def takers(district: District, item: Item, place: str, triager: str) -> tuple[Agency, ...]:
    """To whom a triager may give a call, the likeliest first (lifecycle row 8).

    Whom the catalogue makes answer first, who leads, the triager itself, its neighbours, and then
    every other community. ``place`` is the code of the call's community or street.
    """
    tree = district.tree
    first = responsible(tree, item, place) or tree.district
    street = tree.ancestor(triager, AgencyKind.STREET)
    near = tree.children(street.code) if street else ()
    everywhere = tree.of_kind(AgencyKind.COMMUNITY)
    offered = (first, named_in(tree, item.lead, place), tree.get(triager), *near, *everywhere)
    return tuple(dict.fromkeys(one for one in offered if one))


def next_level_up(tree: AgencyTree, agency: Agency) -> Agency | None:
    """The agency directly above; None above the district."""
    return tree.by_code.get(agency.parent) if agency.parent else None


def call_up_targets(district: District, item: Item, agency_code: str) -> tuple[Agency, ...]:
    """Whom this agency may call, the likeliest first.

    A community calls its street; a street calls departments and enterprises, those the item names
    before the others, and then the district; a department or enterprise calls the district.
    """
    tree = district.tree
    agency = tree.get(agency_code)
    if agency.kind is AgencyKind.STREET:
        leading = (tree.by_code.get(name) for name in (item.lead, *item.co))
        named = [one for one in leading if one and one.kind in LED_BY]
        every = (*named, *tree.of_kind(*LED_BY), tree.district)
        return tuple(dict.fromkeys(one for one in every if not one.restricted))
    above = next_level_up(tree, agency)
    return (above,) if above else ()


def helpers(tree: AgencyTree, item: Item, community_code: str) -> tuple[Agency, ...]:
    """Who may help with an item at a place: its co-handlers first, then its lead."""
    named = (named_in(tree, name, community_code) for name in (*item.co, item.lead))
    levels = (named_in(tree, kind.value, community_code) for kind in NEAREST)
    return tuple(dict.fromkeys(agency for agency in (*named, *levels) if agency))


def adjudicator(tree: AgencyTree, agency: Agency) -> Agency:
    """Who decides on a return by this agency: a community's street, otherwise the district."""
    street = tree.ancestor(agency.code, AgencyKind.STREET)
    return street if street and agency.kind is AgencyKind.COMMUNITY else tree.district


def _route(
    district: District,
    item: Item,
    agency: Agency,
    reason: RouteReason,
    skipped: tuple[Agency, ...] = (),
) -> Route:
    document = "fallback" if reason in FALLBACKS else DOCUMENTS.get(reason, "dispatch")
    clause = district.limits.clauses.get(document, ITEM).replace(ITEM, item.code)
    return Route(agency, reason, clause, skipped)


def standing_in(meant: str, answering: str) -> dict[str, str]:
    """The fact that another agency was meant, which has no group yet; empty where none was."""
    return {} if meant == answering else {"meant": meant}

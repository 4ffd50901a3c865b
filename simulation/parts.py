"""A district in parts: each lives through the calls of some streets, of as many communities."""

from __future__ import annotations

from core.agency import AgencyKind, AgencyTree


def places_by_part(tree: AgencyTree, parts: int) -> tuple[frozenset[str], ...]:
    """The communities of each part; no more parts than there are streets, and at least one.

    All that happens below a street happens in one part: calls of two streets meet in the groups of
    departments and of the district only, where what is said of them adds up.
    """
    streets: dict[str, list[str]] = {}
    for community in tree.of_kind(AgencyKind.COMMUNITY):
        street = tree.ancestor(community.code, AgencyKind.STREET) or community
        streets.setdefault(street.code, []).append(community.code)
    shares = [frozenset[str]() for _ in range(max(1, min(parts, len(streets))))]
    for places in sorted(streets.values(), key=len, reverse=True):
        least = min(range(len(shares)), key=lambda n: len(shares[n]))
        shares[least] |= frozenset(places)
    return tuple(shares)

"""Finds the agency somebody means: by code, by name, or by a part of it."""

from __future__ import annotations

from core.agency import Agency, AgencyTree

MOST = 8


def agencies_named(tree: AgencyTree, words: str) -> tuple[Agency, ...]:
    """The one agency with exactly this code, name or alias; else up to eight that contain it."""
    said = words.strip()
    if not said:
        return ()
    if said in tree.by_code:
        return (tree.by_code[said],)
    exact = tuple(agency for agency in tree.agencies if said in _names(agency))
    if exact:
        return exact[:MOST]
    return tuple(a for a in tree.agencies if any(said in name for name in _names(a)))[:MOST]


def _names(agency: Agency) -> tuple[str, ...]:
    return (agency.name, agency.short_name, *agency.aliases)

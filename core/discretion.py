"""Who may read of a restricted call, and which groups what else is not for everybody.

Of a restricted call: its caller, and the named people of a restricted team.

A restricted call has legs at restricted teams only (``core.desk.dispatching`` lets no other be
made), so the agency of a leg says whether it is one, and no group needs to know the call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.agency import AgencyKind, AgencyTree
from core.leg import Leg

if TYPE_CHECKING:
    from core.views import LegView


def kept_close(tree: AgencyTree, leg: Leg) -> bool:
    """Whether a leg is for named people only."""
    agency = tree.by_code.get(leg.agency)
    return agency is not None and agency.restricted


def reads(tree: AgencyTree, leg: Leg, code: str) -> bool:
    """Whether the group of this agency may read of this leg."""
    agency = tree.by_code.get(code)
    return not kept_close(tree, leg) or (agency is not None and agency.restricted)


def hidden_from(tree: AgencyTree, view: LegView, code: str) -> bool:
    """Whether a group that was shown something of a call may not read it any more."""
    agency = tree.by_code.get(code)
    return view.call.restricted and not (agency is not None and agency.restricted)


def sees_grid(tree: AgencyTree, view: LegView, code: str) -> bool:
    """Whether a group may read which grid a call lies in, and who walks it.

    The community, its street and whoever answers; nobody else, and never the caller or the public.
    """
    street = tree.ancestor(view.call.community, AgencyKind.STREET)
    return code in {view.leg.agency, view.call.community, street.code if street else ""} - {""}

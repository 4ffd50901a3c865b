"""Which answers somebody else looks at, and who that is (lifecycle row 31)."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from core.agency import AgencyKind
from core.intent import LIGHT
from core.nudging import URGENT

if TYPE_CHECKING:
    from core.agency import Agency, AgencyTree
    from core.call import Call
    from core.catalogue import Item

ONE_IN = 10
# This salt leaves the first sixty calls of an installation alone: whoever tries the service out
# meets the plain story first.
SALT = "look 711"
OUTSIDE = (AgencyKind.COMMUNITY, AgencyKind.STREET, AgencyKind.DISTRICT)


def to_be_verified(call: Call, item: Item) -> bool:
    """Items the catalogue marks, urgent calls, and one of ten others.

    Never what is restricted, nor what asks for words alone: there is nothing to look at.
    """
    if call.restricted or call.intent in LIGHT:
        return False
    return item.needs_verifying or call.urgency in URGENT or drawn(call)


def drawn(call: Call) -> bool:
    """Whether the lot falls on a call: the same answer whenever and wherever it is asked.

    It goes by the id, which no agency sees, so nobody knows beforehand who will be looked at.
    """
    digest = sha256(f"{SALT} {call.id}".encode()).digest()
    return int.from_bytes(digest[:4], "big") % ONE_IN == 0


def verifier(tree: AgencyTree, call: Call, agency: str) -> Agency | None:
    """The place's community; where that answers itself its street, and then the district."""
    near = (tree.ancestor(call.community, kind) for kind in OUTSIDE)
    return next((one for one in near if one and one.code != agency), None)

"""Whose word a proposal needs, and in which order (lifecycle R7): pure, no persons in it."""

from __future__ import annotations

from collections.abc import Callable, Container
from enum import StrEnum
from typing import TYPE_CHECKING

from core.agency import AgencyKind
from core.discretion import kept_close

if TYPE_CHECKING:
    from core.agency import AgencyTree
    from core.call import Call
    from core.leg import Leg


class Side(StrEnum):
    """An agency that may be asked for its word, named by how it stands to the leg.

    ``OWN`` is the agency of the leg itself (another person of it), ``STREET`` the street of the
    place, ``DISTRICT`` the district's call office, ``CALLING`` the agency that called this one in.
    """

    OWN = "own"
    ADJUDICATOR = "adjudicator"
    STREET = "street"
    DISTRICT = "district"
    CALLING = "calling"


def asked_of(
    tree: AgencyTree, leg: Leg, call: Call, sides: tuple[Side, ...], *, bound: Container[str]
) -> tuple[str, ...]:
    """The agencies whose word is needed, in order; for one without a group, the next above.

    Two sides that happen to be one agency speak once; a side named twice speaks twice, by two
    persons. The agency that proposes has spoken, and is left out unless it is asked as ``OWN``;
    where nobody else is left, another person of the district decides. Of what is restricted,
    another person of its team.
    """
    if kept_close(tree, leg):
        return (leg.agency,)
    codes: list[str] = []
    for place, side in enumerate(sides):
        code = _nearest(tree, _WHO[side](tree, leg, call), bound)
        spoken = code == leg.agency and side is not Side.OWN
        if not spoken and (code not in codes or side in sides[:place]):
            codes.append(code)
    return tuple(codes) or (tree.district.code,)


def _nearest(tree: AgencyTree, code: str, bound: Container[str]) -> str:
    above = (agency.code for agency in tree.upwards(code))
    return next((one for one in above if one in bound), code)


def _street(tree: AgencyTree, leg: Leg, call: Call) -> str:
    street = tree.ancestor(call.community, AgencyKind.STREET)
    return street.code if street else tree.district.code


_WHO: dict[Side, Callable[[AgencyTree, Leg, Call], str]] = {
    Side.OWN: lambda tree, leg, call: leg.agency,
    Side.ADJUDICATOR: lambda tree, leg, call: leg.adjudicator or tree.district.code,
    Side.STREET: _street,
    Side.CALLING: lambda tree, leg, call: leg.caller_agency or leg.agency,
    Side.DISTRICT: lambda tree, leg, call: tree.district.code,
}

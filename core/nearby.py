"""Whether somebody else raised the same matter: same item and community, near, not long ago."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from core.agency import Point
from core.call import Call
from core.places import distance_m

FAR_M = 300
LONG_AGO = timedelta(days=30)
LOOKED_AT = 50


def apart(call: Call, point: Point | None) -> float | None:
    """Metres between a call and a place, where both are pinned."""
    return distance_m(call.point, point) if call.point and point else None


def alike(calls: Iterable[Call], point: Point | None, *, but: int = 0) -> tuple[Call, ...]:
    """Those within reach and of other people than ``but``: pinned ones first, the nearest first.

    Where one of the two places is not pinned, the community has to be near enough.
    """
    others = [(apart(call, point), call) for call in calls if call.caller != but]
    near = [(away, call) for away, call in others if away is None or away <= FAR_M]
    return tuple(call for _, call in sorted(near, key=lambda one: (one[0] is None, one[0] or 0)))

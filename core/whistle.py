"""The three whistles by which a street calls a department, and who may blow them (row 25)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from core.agency import Agency, AgencyKind
from core.people import Post


class Whistle(StrEnum):
    """``WORK`` moves work on, ``TOUGH`` takes what is hard, ``EMERGENCY`` brings all on site."""

    WORK = "work"
    TOUGH = "tough"
    EMERGENCY = "emergency"


ENTITLED: Mapping[Whistle, tuple[Post, ...]] = {
    Whistle.WORK: (Post.HEAD,),
    Whistle.TOUGH: (Post.HEAD,),
    Whistle.EMERGENCY: (Post.DEPUTY, Post.HEAD),
}
CALLED = frozenset({AgencyKind.DEPARTMENT, AgencyKind.ENTERPRISE})


def blown(by: Agency, at: Agency) -> bool:
    """Whether this call upwards is a whistle: a street's, to a department or an enterprise."""
    return by.kind is AgencyKind.STREET and at.kind in CALLED

"""Why a matter is not accepted at all (lifecycle row 11)."""

from __future__ import annotations

from enum import StrEnum


class RejectGround(StrEnum):
    """The coded grounds of a rejection."""

    VAGUE = "vague"
    SETTLED = "settled"
    NOT_PUBLIC = "not_public"
    UNLAWFUL = "unlawful"
    ABUSE = "abuse"

"""Why a matter belongs into another channel (lifecycle row 10)."""

from __future__ import annotations

from enum import StrEnum


class Elsewhere(StrEnum):
    """The coded reasons of a redirection."""

    POLICE = "police"
    LEGAL = "legal"
    OTHER_PLACE = "other_place"
    OTHER_OFFICE = "other_office"
    PRIVATE = "private"

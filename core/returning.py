"""Why an agency may say a leg is not its own (lifecycle row 16)."""

from __future__ import annotations

from enum import StrEnum


class Ground(StrEnum):
    """The coded grounds of a return."""

    TERRITORY = "territory"
    DUTY = "duty"
    OWNERSHIP = "ownership"
    DUPLICATE = "duplicate"
    MISSING = "missing"

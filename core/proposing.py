"""What one person proposes and another decides (lifecycle R7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core.lifecycle import Action


@dataclass(frozen=True, slots=True)
class Proposal:
    """``act`` happens when enough others agree; ``facts`` are plain JSON values.

    ``seconded_by`` is who agreed first where two must, ``seconded_in`` for which agency. Nobody
    who proposed or seconded decides as well.
    """

    act: Action
    by: int
    by_name: str
    at: datetime
    due: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)
    seconded_by: int | None = None
    seconded_in: str | None = None

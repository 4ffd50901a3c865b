"""What happened: one entry a step, never changed afterwards (R9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core.call import Origin, Piece
from core.lifecycle import Action, Status


@dataclass(frozen=True, slots=True)
class Entry:
    """``facts`` are plain JSON values, ``pieces`` what was said, ``agency`` who acted."""

    id: int
    call_id: int
    leg_id: int
    action: Action
    at: datetime
    actor: int | None = None
    actor_name: str = ""
    agency: str | None = None
    before: Status | None = None
    after: Status | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    pieces: tuple[Piece, ...] = ()
    origin: Origin | None = None

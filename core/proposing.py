"""What one person proposes and another decides (lifecycle R7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core.lifecycle import Action
from core.people import Post


@dataclass(frozen=True, slots=True)
class Proposal:
    """``act`` happens when enough others agree; ``facts`` are plain JSON values.

    ``awaits`` are the agencies whose word is missing, the one that is asked now first; ``posts``
    who may decide there, empty for any officer. ``seconded_by`` is who agreed first where two
    must, ``seconded_in`` for which agency. Nobody who proposed or seconded decides as well.
    """

    act: Action
    by: int
    by_name: str
    at: datetime
    due: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)
    seconded_by: int | None = None
    seconded_in: str | None = None
    awaits: tuple[str, ...] = ()
    posts: tuple[Post, ...] = ()

    @property
    def asked(self) -> str:
        """The agency whose word is awaited now."""
        return self.awaits[0]

    @property
    def mark(self) -> str:
        """What a button knows it by: no two proposals of a leg are made in one second."""
        return f"{self.at.timestamp():.0f}"

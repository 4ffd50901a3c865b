"""What an agency was reminded of last, which decides whether the next reminder rings or edits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Nudged:
    """``stage`` is clock and stage (``sign.yellow``), ``day`` the local day as 2026-06-15.

    ``posts`` counts what rang that day, ``paged`` how many of the roster were called for this
    dispatch; ``tree`` says that all of them were, and that the group was asked to telephone.
    """

    at: datetime
    stage: str
    day: str
    posts: int = 0
    paged: int = 0
    tree: bool = False

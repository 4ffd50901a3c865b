"""What happened: one entry a step, never changed afterwards (R9)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from core.call import Origin, Piece
from core.lifecycle import Action, Status
from core.records import replace


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


# Under these names a step keeps what somebody typed; everything else is codes and figures.
TYPED = frozenset({"words", "why", "reason", "remedies", "title", "next", "note"})
PEOPLE = "joined"  # accounts of residents


def forgotten(entry: Entry) -> Entry:
    """The entry without what its people said, and without the person where no agency acted.

    What happened stays: the step, when, for which agency, from where to where, its figures and
    clauses. Forgetting twice is forgetting once; what has nothing to forget is given back.
    """
    facts = without_words(entry.facts)
    who = (None, "", None) if entry.agency is None else _who(entry)
    if who == _who(entry) and not entry.pieces and facts == entry.facts:
        return entry
    actor, name, origin = who
    return replace(entry, pieces=(), facts=facts, actor=actor, actor_name=name, origin=origin)


def _who(entry: Entry) -> tuple[int | None, str, Origin | None]:
    return entry.actor, entry.actor_name, entry.origin


def without_words(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a step with whatever somebody typed taken out, its places kept."""
    return {name: _blank(name, value) for name, value in facts.items()}


def _blank(name: str, value: Any) -> Any:
    if name == PEOPLE:
        return []
    return "" if name in TYPED else _kept(value)


def _kept(value: Any) -> Any:
    if isinstance(value, Mapping):
        return without_words(value)
    if isinstance(value, list | tuple):
        return [_kept(one) for one in value]
    return value


class Journal(Protocol):
    """Append only; each entry is chained to the one before it in its call (I23)."""

    async def add(self, entry: Entry) -> Entry:
        """Write it down; gives it back with its id."""

    async def get(self, entry_id: int) -> Entry:
        """The entry, or ``NotFound``."""

    async def of_call(self, call_id: int) -> Sequence[Entry]:
        """Everything that happened to a call, in order."""

    async def registered(
        self, action: Action, *, places: Collection[str] | None, before: int | None, limit: int
    ) -> Sequence[Entry]:
        """Entries of an act that has a register (core.registers), the newest first.

        Of calls of these places, or of all; with ``before`` those older than that entry.
        """

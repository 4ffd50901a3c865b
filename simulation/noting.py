"""A store whose transactions tell what came of them: moved legs to people, messages to a ledger.

What is owed is never stored here: a courier would say it within seconds, and a simulation has no
seconds to lose. It keeps the promises of an outbox all the same: what is known already vanishes,
nothing overtakes what waits in its chat, and what is undone was never owed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from core.leg import Leg
from core.outgoing import Outgoing
from core.ports import Legs, Outbox, Units, Work
from simulation.ledger import EVERY, Ledger


@dataclass
class NotedLegs:
    """The legs of a transaction; what is added or saved is noted, by id."""

    legs: Legs
    moved: dict[int, Leg]
    units: NotedUnits

    async def due(self, now: datetime, _limit: int) -> Sequence[Leg]:
        """All that is due in one batch, and each leg once a tick.

        In batches, what is done to one leg would hang on how many others are due with it.
        """
        if self.units.looked_at == now:
            return ()
        self.units.looked_at = now
        return await self.legs.due(now, EVERY)

    async def add(self, leg: Leg) -> Leg:
        """Keep a new leg, and note it."""
        kept = await self.legs.add(leg)
        self.moved[kept.id] = kept
        return kept

    async def save(self, leg: Leg) -> Leg:
        """Keep a leg, and note it."""
        kept = await self.legs.save(leg)
        self.moved[kept.id] = kept
        return kept

    def __getattr__(self, name: str) -> Any:
        return getattr(self.legs, name)


class NotedOutbox:
    """The outbox of a transaction; ``owed`` is what waits before it, and then what is put."""

    def __init__(self, waits: Sequence[Outgoing]) -> None:
        self.owed = [*waits]
        self._known = _names_of(waits)

    async def put(self, *rows: Outgoing, now: datetime) -> None:
        """Owe these, but for what is owed already under their name."""
        for row in rows:
            names = _names(row)
            if self._known.isdisjoint(names):
                self.owed.append(row)
                self._known.update(names)

    def forget(self, since: int) -> None:
        """What was put by somebody whose turn failed is not owed."""
        del self.owed[since:]
        self._known = _names_of(self.owed)


class _Savepoint(AbstractAsyncContextManager[None]):
    """A savepoint of the transaction, which undoes what was put as well."""

    def __init__(self, within: AbstractAsyncContextManager[None], outbox: NotedOutbox) -> None:
        self._within, self._outbox, self._before = within, outbox, len(outbox.owed)

    async def __aenter__(self) -> None:
        await self._within.__aenter__()

    async def __aexit__(self, kind: type[BaseException] | None, *about: Any) -> None:
        await self._within.__aexit__(kind, *about)
        if kind is not None:
            self._outbox.forget(self._before)


@dataclass
class NotedUnits:
    """``core.ports.Units``; ``moved`` are the legs of committed transactions, until taken.

    What is owed is delivered at ``now`` before a transaction commits, but for ``later``.
    """

    units: Units
    ledger: Ledger
    now: datetime
    moved: dict[int, Leg] = field(default_factory=dict)
    later: list[Outgoing] = field(default_factory=list)
    looked_at: datetime | None = None

    def begin(self) -> AbstractAsyncContextManager[Work]:
        """Commits on leaving."""
        return _Transaction(self, self.units.begin())

    async def deliver(self, owed: Sequence[Outgoing], work: Work) -> list[Outgoing]:
        """Say what may be said now; what waits."""
        if not owed:
            return []
        come, later = _parted(owed, self.now)
        await self.ledger.deliver(come, work, self.now)
        return later

    def read(self) -> Any:
        """For looking only."""
        return self.units.read()

    def taken(self) -> list[Leg]:
        """The legs that were moved since the last time this was asked."""
        moved, self.moved = self.moved, {}
        return list(moved.values())


class _Transaction(AbstractAsyncContextManager[Work]):
    """By hand, not by a generator: a simulated year opens millions."""

    __slots__ = ("_moved", "_outbox", "_units", "_within", "_work")

    def __init__(self, units: NotedUnits, within: AbstractAsyncContextManager[Work]) -> None:
        self._units, self._within = units, within
        self._moved: dict[int, Leg] = {}
        self._outbox = NotedOutbox(units.later)

    async def __aenter__(self) -> Work:
        self._work = work = await self._within.__aenter__()
        work.legs = cast(Legs, NotedLegs(work.legs, self._moved, self._units))
        work.outbox = cast(Outbox, self._outbox)
        within = work.savepoint
        undoing = lambda: _Savepoint(within(), self._outbox)  # noqa: E731 - as a method has it
        work.savepoint = undoing  # type: ignore[method-assign]
        return work

    async def __aexit__(self, kind: type[BaseException] | None, *error: Any) -> None:
        try:
            await self._end(kind, *error)
        finally:
            del self._work.savepoint  # it knows the work: garbage for the collector alone

    async def _end(self, kind: type[BaseException] | None, *error: Any) -> None:
        if kind is not None:
            await self._within.__aexit__(kind, *error)
            return
        try:
            later = await self._units.deliver(self._outbox.owed, self._work)
        except BaseException as failed:
            await self._within.__aexit__(type(failed), failed, failed.__traceback__)
            raise
        await self._within.__aexit__(None, None, None)
        self._units.moved |= self._moved
        self._units.later = later


def _names(row: Outgoing) -> set[tuple[str, str]]:
    """Under which names it is the only one."""
    names = {("once", row.dedupe)} if row.dedupe is not None else set()
    return names if row.coalesce is None else {*names, ("newest", row.coalesce)}


def _names_of(rows: Iterable[Outgoing]) -> set[tuple[str, str]]:
    return set().union(*map(_names, rows))


def _parted(rows: Iterable[Outgoing], now: datetime) -> tuple[list[Outgoing], list[Outgoing]]:
    """What may be said now, and what waits, or waits behind it in the same chat."""
    come: list[Outgoing] = []
    later: list[Outgoing] = []
    held = set()
    for row in rows:
        if row.lane in held or (row.not_before and row.not_before > now):
            held.add(row.lane)
            later.append(row)
        else:
            come.append(row)
    return come, later

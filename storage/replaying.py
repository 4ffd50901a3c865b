"""A restored backup forgets again whoever was forgotten since it was taken (S12, S19).

The list of erasures goes along in the manifest of every backup: later backups of the folder tell
an older one whom to forget, and so does the database that is replaced, where it can be read.
"""

from __future__ import annotations

from collections.abc import Coroutine, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Executable, Row, inspect, select, update
from sqlalchemy.exc import SQLAlchemyError

from core.erasing import Erasure
from core.journal import Entry
from core.lifecycle import Action, Outcome, Status
from storage import manifest
from storage.aside import NothingThere, OtherSchema, looking
from storage.erasing import SqlErasing
from storage.journal import SqlJournal
from storage.mapping import table
from storage.patient import PatientWire
from storage.tables import CallRow, LegRow
from storage.wire import LocalWire, Parameters

Answer = TypeVar("Answer")
_calls, _legs = table(CallRow), table(LegRow)


class StillWire(LocalWire):
    """A ``Wire`` that never waits, over a plain connection of either database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def rows(
        self, statement: Executable, parameters: Parameters = None
    ) -> Sequence[Row[Any]]:
        """All rows of the answer."""
        return self._execute(statement, parameters).all()

    async def run(self, statement: Executable, parameters: Parameters = None) -> int:
        """How many rows were touched."""
        return self._execute(statement, parameters).rowcount


def known_to(connection: Connection) -> tuple[Erasure, ...]:
    """The list in a database; nothing where it is older than such lists."""
    if not inspect(connection).has_table("erasures"):
        return ()
    return tuple(finished(SqlErasing(StillWire(connection)).all()))


def known_here(url: str, backup: Path) -> tuple[Erasure, ...]:
    """What the database to be replaced knows, and the manifests of the backup's folder."""
    found = [one for file in sorted(backup.parent.glob("*.manifest.json")) for one in _told(file)]
    with suppress(NothingThere, OtherSchema, SQLAlchemyError), looking(url) as connection:
        found += known_to(connection)
    return tuple({(one.account, one.at): one for one in found}.values())


def replay(connection: Connection, erasures: Iterable[Erasure]) -> int:
    """Forget whoever the database does not know to be forgotten; how many."""
    known = {(one.account, one.at) for one in known_to(connection)}
    missing = [one for one in erasures if (one.account, one.at) not in known]
    for erasure in sorted(missing, key=lambda one: one.at):
        finished(_again(connection, erasure))
    return len(missing)


async def _again(connection: Connection, erasure: Erasure) -> None:
    wire = StillWire(connection)
    erasing = SqlErasing(wire)
    theirs = {row.id for row in connection.execute(_calls_before(erasure))}
    waiting = theirs & set(erasure.waiting)
    for call_id in sorted(theirs - waiting):
        gone = await erasing.strip(call_id, erasure.account)
        leg_id = _closed(connection, call_id, erasure.at)
        facts = {"entries": list(gone)}
        await SqlJournal(PatientWire(wire)).add(
            Entry(0, call_id, leg_id, Action.ERASE, erasure.at, facts=facts)
        )
    for call_id in sorted(waiting):
        await erasing.disown(call_id)
    await _unsay(connection, erasure, theirs - waiting, waiting)
    await erasing.forget(erasure.account)
    await erasing.note(
        Erasure(
            erasure.account, erasure.at, tuple(sorted(theirs - waiting)), tuple(sorted(waiting))
        )
    )


async def _unsay(
    connection: Connection, erasure: Erasure, emptied: set[int], waiting: set[int]
) -> None:
    """Their words on others' calls; groups were told to forget them when it happened."""
    wire = StillWire(connection)
    gone = await SqlErasing(wire).unsay(erasure.account, emptied=sorted(emptied), but=waiting)
    for call_id in sorted({one.call for one in gone}):
        here = [one for one in gone if one.call == call_id]
        facts = {"entries": [one.entry for one in here]}
        entry = Entry(0, call_id, here[0].leg, Action.ERASE, erasure.at, facts=facts)
        await SqlJournal(PatientWire(wire)).add(entry)


def _calls_before(erasure: Erasure) -> Any:
    return select(_calls.c.id).where(
        _calls.c.caller == erasure.account, _calls.c.raised_at <= erasure.at
    )


def _closed(connection: Connection, call_id: int, at: datetime) -> int:
    """What was open at the backup was withdrawn before it was erased; the call's first leg."""
    ended = {"status": Status.CLOSED.value, "outcome": Outcome.WITHDRAWN.value, "closed_at": at}
    connection.execute(
        update(_legs)
        .where(_legs.c.call_id == call_id, _legs.c.status != Status.CLOSED.value)
        .values(**ended, next_due=None)
    )
    connection.execute(
        update(_calls)
        .where(_calls.c.id == call_id, _calls.c.closed_at.is_(None))
        .values(closed_at=at)
    )
    first = select(_legs.c.id).where(_legs.c.call_id == call_id).order_by(_legs.c.id).limit(1)
    return int(connection.execute(first).scalar() or 0)


def _told(file: Path) -> list[Erasure]:
    """The list in one manifest; nothing in one that cannot be read."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        return [read(one) for one in manifest.erasures_in(file)]
    return []


def plain(erasure: Erasure) -> dict[str, Any]:
    """An erasure as a manifest has it."""
    return {
        "account": erasure.account,
        "at": erasure.at.isoformat(),
        "calls": list(erasure.calls),
        "waiting": list(erasure.waiting),
    }


def read(told: Mapping[str, Any]) -> Erasure:
    """The erasure a manifest tells of."""
    return Erasure(
        int(told["account"]),
        datetime.fromisoformat(told["at"]),
        tuple(told["calls"]),
        tuple(told["waiting"]),
    )


def finished(act: Coroutine[Any, Any, Answer]) -> Answer:
    """What comes of a coroutine that waits for nothing."""
    try:
        act.send(None)
    except StopIteration as end:
        answer: Answer = end.value
        return answer
    act.close()
    raise RuntimeError("a still wire never waits")

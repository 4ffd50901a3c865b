"""Proves the journal, the acts and the seals: finds whatever was changed behind our back (I23).

Reads one moment of the database and writes nothing. What it can prove: no row was changed, taken
out, put in or moved, words alone may be gone where their erasure is written down, and everything
a seal once held is still there. What came after the last seal is proved by its chain, but for its
end: a tail cut off since then is missed until the next seal would have held it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, Table, select

from core.acts import Seal
from core.journal import forgotten
from core.lifecycle import Action
from storage.chain import (
    ERASED_BEFORE_DIGESTS,
    PROOF,
    digest_of,
    hash_of,
    old_hash_of,
    sealed,
)
from storage.journal import columns, entry_of
from storage.mapping import record_of, table
from storage.tables import CallRow, JournalRow
from storage.tables_office import ActRow, SealRow

AT_ONCE = 2000
_journal, _acts, _seals, _calls = table(JournalRow), table(ActRow), table(SealRow), table(CallRow)


class Fault(StrEnum):
    """What was found."""

    CHANGED = "changed"
    """The row is not what was written."""
    OUT_OF_LINE = "out_of_line"
    """What stood before it is gone, was moved, or something was put in between."""
    WORDS_GONE = "words_gone"
    """Its words are gone, and no erasure says so."""
    SEAL_BROKEN = "seal_broken"
    """Rows are missing, or there are others, that were there when the day was sealed."""
    HEAD_UNKNOWN = "head_unknown"
    """No seal has the hash that was posted: the end was cut off, or all was written anew."""


@dataclass(frozen=True, slots=True)
class Found:
    """One fault: in which table, at which row, of which call."""

    fault: Fault
    of: str
    id: int
    call: str = ""


@dataclass(slots=True)
class Report:
    """How much was looked at, and what is wrong; ``sealed`` is the newest seal."""

    entries: int = 0
    acts: int = 0
    seals: int = 0
    erased: int = 0
    last: Seal | None = None
    faults: list[Found] = field(default_factory=list)


def verify(connection: Connection, head: str = "") -> Report:
    """Everything that is wrong; ``head`` is a hash as it was posted, or its beginning."""
    report = Report()
    _entries(connection, report)
    _acts_in_line(connection, report)
    _seals_hold(connection, report, head.strip().lower())
    return report


def _entries(connection: Connection, report: Report) -> None:
    numbers = {
        row.id: row.number for row in connection.execute(select(_calls.c.id, _calls.c.number))
    }
    before: dict[int, str] = {}
    gone: dict[int, set[int]] = {}
    for row in _rows(connection, _journal):
        report.entries += 1
        call = numbers.get(row.call_id, "")
        if row.prev_hash != before.get(row.call_id, ""):
            report.faults.append(Found(Fault.OUT_OF_LINE, "journal", row.id, call))
        if not _genuine(row):
            report.faults.append(Found(Fault.CHANGED, "journal", row.id, call))
        if _erased(row):
            gone.setdefault(row.call_id, set()).add(row.id)
            report.erased += 1
        if row.action == Action.ERASE:
            gone.get(row.call_id, set()).difference_update(row.facts.get("entries", ()))
        before[row.call_id] = row.hash
    for call_id, ids in gone.items():
        number = numbers.get(call_id, "")
        report.faults += [Found(Fault.WORDS_GONE, "journal", n, number) for n in sorted(ids)]


def _genuine(row: Row[Any]) -> bool:
    entry = entry_of(row)
    if not row.digest:
        return bool(row.hash == old_hash_of(columns(entry), row.prev_hash))
    if _erased(row) and entry != forgotten(entry):
        return False
    if row.digest == ERASED_BEFORE_DIGESTS:
        return True
    if not _erased(row) and row.digest != digest_of(columns(entry), row.salt):
        return False
    return bool(row.hash == hash_of(columns(forgotten(entry)), row.digest, row.prev_hash))


def _erased(row: Row[Any]) -> bool:
    return bool(row.digest) and not row.salt


def _acts_in_line(connection: Connection, report: Report) -> None:
    before = ""
    for row in _rows(connection, _acts):
        report.acts += 1
        if row.prev_hash != before:
            report.faults.append(Found(Fault.OUT_OF_LINE, "acts", row.id))
        values = {name: value for name, value in row._mapping.items() if name not in PROOF}
        if row.hash != hash_of(values, "", row.prev_hash):
            report.faults.append(Found(Fault.CHANGED, "acts", row.id))
        before = row.hash


def _seals_hold(connection: Connection, report: Report, head: str) -> None:
    before, known = "", not head
    entry = act = 0
    for row in _rows(connection, _seals):
        report.seals += 1
        entries = _between(connection, _journal, entry, row.entry)
        acts = _between(connection, _acts, act, row.act)
        if row.hash != sealed(before, entries, acts):
            report.faults.append(Found(Fault.SEAL_BROKEN, "seals", row.id))
        entry, act, before = row.entry, row.act, row.hash
        known = known or row.hash.startswith(head)
        report.last = Seal(**{n: v for n, v in record_of(row).items() if n != "id"})
    if not known:
        report.faults.append(Found(Fault.HEAD_UNKNOWN, "seals", 0))


def _between(connection: Connection, of: Table, after: int, until: int) -> list[tuple[int, str]]:
    asked = select(of.c.id, of.c.hash).where(of.c.id > after, of.c.id <= until).order_by(of.c.id)
    return [(row.id, row.hash) for row in connection.execute(asked)]


def _rows(connection: Connection, of: Table) -> Iterator[Row[Any]]:
    """Every row in order, some at a time: a journal of years does not fit into memory."""
    last = 0
    while rows := connection.execute(
        select(of).where(of.c.id > last).order_by(of.c.id).limit(AT_ONCE)
    ).all():
        yield from rows
        last = rows[-1].id


def lines(connection: Connection) -> Iterator[Mapping[str, Any]]:
    """Everything written, without a word of anybody's, with its proofs: for somebody outside.

    Each line names its ``table``; whoever has them can prove the chain and the seals without us.
    """
    for row in _rows(connection, _journal):
        proof = {name: row._mapping[name] for name in ("id", "digest", "prev_hash", "hash")}
        yield {"table": "journal", **_plain(columns(forgotten(entry_of(row)))), **proof}
    for name, of in (("acts", _acts), ("seals", _seals)):
        for row in _rows(connection, of):
            yield {"table": name, **_plain(record_of(row))}


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {n: v.isoformat() if hasattr(v, "isoformat") else v for n, v in values.items()}

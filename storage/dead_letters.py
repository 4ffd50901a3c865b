"""Updates that were set aside: looked at, given another chance, or dropped for good."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, select, text, tuple_, update

from core.incoming import Fate
from storage.mapping import table
from storage.traffic import InboxRow

_inbox = table(InboxRow)
_SHOWN = ("bot_id", "update_id", "lane", "kind", "state", "attempts", "error", "received_at")
_NEW, _SET_ASIDE = text("state = 'new'"), text("state IN ('dead', 'ignored')")
Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Letter:
    """An update without its words; ``error`` is the class of what went wrong, or why it was
    dropped."""

    bot_id: int
    update_id: int
    lane: int
    kind: str
    fate: Fate
    tries: int
    error: str
    received_at: datetime


def letters(connection: Connection, fate: Fate, limit: int) -> Sequence[Letter]:
    """Those in this state, newest first; ``fate`` is new, dead or ignored."""
    where = _NEW if fate is Fate.NEW else _SET_ASIDE
    asked = (
        select(*(_inbox.c[name] for name in _SHOWN))
        .where(where, _inbox.c.state == fate.value)
        .order_by(_inbox.c.update_id.desc())
        .limit(limit)
    )
    return [_letter(row) for row in connection.execute(asked)]


def keys_of(connection: Connection, update_id: int) -> Sequence[Key]:
    """Every (bot, update id) with this number; more than one when several bots were served."""
    asked = select(_inbox.c.bot_id, _inbox.c.update_id).where(_inbox.c.update_id == update_id)
    return [(row.bot_id, row.update_id) for row in connection.execute(asked)]


def letter(connection: Connection, key: Key) -> tuple[Letter, str] | None:
    """One update and its body as it came; the body is somebody's words: mask it before showing."""
    asked: Select[Any] = select(*(_inbox.c[name] for name in (*_SHOWN, "body")))
    row = connection.execute(asked.where(_is([key]))).first()
    return None if row is None else (_letter(row), row.body)


def replay(connection: Connection, keys: Collection[Key]) -> int:
    """Dead ones get all their tries again, in their old place in their lane; how many.

    A head too many is harmless: whose turn it is, is proved when turns are given.
    """
    again = {"state": Fate.NEW.value, "attempts": 0, "not_before": None, "error": "", "head": True}
    return connection.execute(update(_inbox).where(_is(keys), _dead()).values(again)).rowcount


def drop(connection: Connection, keys: Collection[Key], why: str) -> int:
    """Dead ones are ignored from now on; how many. ``why`` is kept with them."""
    gone = {"state": Fate.IGNORED.value, "error": f"dropped: {why}"}
    return connection.execute(update(_inbox).where(_is(keys), _dead()).values(gone)).rowcount


def _is(keys: Collection[Key]) -> ColumnElement[bool]:
    return tuple_(_inbox.c.bot_id, _inbox.c.update_id).in_(list(keys))


def _dead() -> ColumnElement[bool]:
    return _inbox.c.state == Fate.DEAD.value


def _letter(row: Row[Any]) -> Letter:
    return Letter(
        bot_id=row.bot_id,
        update_id=row.update_id,
        lane=row.lane,
        kind=row.kind,
        fate=Fate(row.state),
        tries=row.attempts,
        error=row.error,
        received_at=row.received_at,
    )

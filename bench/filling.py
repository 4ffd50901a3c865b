"""Fills the tables of a database by the hundred thousand, in statements of its own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    CTE,
    JSON,
    BigInteger,
    Boolean,
    ColumnElement,
    Connection,
    Engine,
    FromClause,
    Text,
    cast,
    insert,
    literal,
    select,
    text,
)

from storage.mapping import table
from storage.moment import Moment
from storage.traffic import InboxRow, OutboxRow

THEN = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)
LANES, FIRST_LANE, BOT = 300, 10_000, 1
PAYLOAD = {"method": "sendMessage", "params": {"text": "您的呼叫已签收，今天内联系您。"}}
BODY = '{"update_id": 1, "message": {"text": "楼下的路灯坏了三天，晚上很黑，老人不敢出门。"}}'
NUMBERED = ("outbox", "calls", "legs", "journal")
Columns = dict[str, ColumnElement[Any]]


def traffic(engine: Engine, *, finished: int, waiting: int) -> None:
    """Rows in and out that are done with, and as many that wait, dealt out over the lanes."""
    with engine.begin() as connection:
        for first, many, done in ((0, finished, True), (finished, waiting, False)):
            if not many:
                continue
            n = numbers(first, many)
            put(connection, OutboxRow, n, _owed(n, first, done))
            put(connection, InboxRow, n, _arrived(n, first, done))
    look_over(engine)


def look_over(engine: Engine) -> None:
    """What PostgreSQL does by itself within a minute: count, and mark what all may see.

    Its own numbering is told where the filled tables end.
    """
    if engine.dialect.name != "postgresql":
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as alone:
        for name in NUMBERED:
            own = f"pg_get_serial_sequence('{name}', 'id')"
            alone.execute(text(f"SELECT setval({own}, max(id)) FROM {name}"))
        alone.execute(text("VACUUM ANALYZE"))
        alone.execute(text("CHECKPOINT"))


def numbers(first: int, many: int) -> CTE:
    """The numbers after ``first``, so many of them, as a column ``i``."""
    n = select(literal(first + 1, BigInteger).label("i")).cte("n", recursive=True)
    return n.union_all(select(n.c.i + 1).where(n.c.i < first + many))


def put(connection: Connection, row: Any, source: FromClause, columns: Columns) -> None:
    """One row of that table for each number, or for whatever else the source has."""
    chosen = select(*columns.values()).select_from(source)
    into = insert(table(row)).from_select([*columns], chosen, include_defaults=False)
    connection.execute(into)


def words(told: str) -> ColumnElement[str]:
    """The same words in every row."""
    return literal(told, Text)


def named(prefix: str, n: CTE) -> ColumnElement[str]:
    """Words that are different in every row."""
    return literal(prefix, Text) + cast(n.c.i, Text)


def _lane(n: CTE) -> ColumnElement[int]:
    return n.c.i % LANES + FIRST_LANE


def _owed(n: CTE, first: int, done: bool) -> Columns:
    return {
        "id": n.c.i,
        "lane": _lane(n),
        "kind": words("say"),
        "policy": words("at_least_once"),
        "rank": literal(1),
        "payload": literal(PAYLOAD, JSON),
        "dedupe": named("row:", n),
        "state": words("sent" if done else "ready"),
        "head": literal(True, Boolean) if done else n.c.i <= first + LANES,
        "attempts": literal(int(done)),
        "created_at": literal(THEN, Moment),
        "settled_at": literal(THEN if done else None, Moment),
        "error": words(""),
        "owner": words(""),
        "doubted": literal(False, Boolean),
    }


def _arrived(n: CTE, first: int, done: bool) -> Columns:
    return {
        "bot_id": literal(BOT),
        "update_id": n.c.i,
        "lane": _lane(n),
        "kind": words("message"),
        "body": words(BODY),
        "received_at": literal(THEN, Moment),
        "state": words("done" if done else "new"),
        "head": literal(True, Boolean) if done else n.c.i <= first + LANES,
        "attempts": literal(0),
        "error": words(""),
    }

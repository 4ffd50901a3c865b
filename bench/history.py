"""Fills a database with years of calls: closed and open, each with leg, journal and card."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import (
    CTE,
    JSON,
    BigInteger,
    Boolean,
    Connection,
    Engine,
    Integer,
    Text,
    column,
    literal,
    values,
)

from bench.filling import THEN, Columns, look_over, named, numbers, put, words
from core.catalogue import Urgency
from core.lifecycle import Action, Status
from storage.moment import Moment
from storage.tables import CallRow, JournalRow, LegRow, ResidentRow
from storage.traffic import PostingRow

SETTLED, OPEN_TO = 1_000_000, 5_000_000
PEOPLE = 50_000
PIECES = [{"medium": "words", "text": "楼下的路灯坏了三天，晚上很黑，老人不敢出门。"}]
SCATTER, RANGE = 2_654_435_761, 1 << 32
LATER = THEN + timedelta(days=365)
OTHERS_ITEM = "11"  # what is near would be asked about, and a step more not be the same step
CHAT = -1_009_000_000_000


def calls(engine: Engine, agencies: Sequence[str], *, closed: int, still_open: int) -> None:
    """So many calls, dealt out over these agencies.

    The closed ones belong to residents ``SETTLED`` and on, the open ones to others.
    """
    with engine.begin() as connection:
        people = numbers(-1, PEOPLE)
        put(connection, ResidentRow, people, _resident(people))
        for first, many, done in ((0, closed, True), (closed, still_open, False)):
            n = numbers(first, many)
            put(connection, CallRow, n, _call(n, done))
            _legs(connection, n, agencies, done)
            for step in (1, 2):
                put(connection, JournalRow, n, _entry(n, step))
            put(connection, PostingRow, n, _card(n))
    look_over(engine)


def _legs(connection: Connection, n: CTE, agencies: Sequence[str], done: bool) -> None:
    given = [*enumerate(agencies)]
    dealt = values(column("k", Integer), column("code", Text), name="dealt").data(given).cte()
    source = n.join(dealt, dealt.c.k == n.c.i % len(given))
    put(connection, LegRow, source, _leg(n, dealt.c.code, done))


def _resident(n: CTE) -> Columns:
    return {
        "account": n.c.i + SETTLED,
        "name": named("居民", n),
        "consented_at": literal(THEN, Moment),
        "reachable": literal(True, Boolean),
        "language": words(""),
    }


def _call(n: CTE, done: bool) -> Columns:
    scattered = n.c.i * literal(SCATTER, BigInteger) % literal(RANGE, BigInteger)
    return {
        "id": n.c.i,
        "number": named("LW19-", n),
        "draft_id": words("d") + scattered.cast(Text),
        "caller": n.c.i % PEOPLE + (SETTLED if done else OPEN_TO),
        "caller_name": words("居民"),
        "name_shown": words("withheld"),
        "item": words(OTHERS_ITEM),
        "urgency": words(Urgency.P3.value),
        "danger": literal(False, Boolean),
        "community": words("440103006114"),
        "address": words("逢源北街 12 号楼下"),
        "details": words(""),
        "pieces": literal(PIECES, JSON),
        "raised_at": literal(THEN, Moment),
        "closed_at": literal(THEN if done else None, Moment),
    }


def _leg(n: CTE, agency: Any, done: bool) -> Columns:
    state = Status.CLOSED if done else Status.IN_PROGRESS
    return {
        "id": n.c.i,
        "call_id": n.c.i,
        "agency": agency,
        "status": words(state.value),
        "version": literal(3),
        "revision": literal(3),
        "clause": words("《呼应事项清单（示例）》"),
        "reason": words(""),
        "dispatched_at": literal(THEN, Moment),
        "finish_due": literal(LATER, Moment),
        "signed_by": words("李敏"),
        "closed_at": literal(THEN if done else None, Moment),
        "rework": literal(0),
        "returns": literal(0),
        "nudges": literal(0),
        "next_due": literal(None if done else LATER, Moment),
    }


def _entry(n: CTE, step: int) -> Columns:
    return {
        "id": n.c.i * 2 + (step - 1),
        "call_id": n.c.i,
        "leg_id": n.c.i,
        "action": words((Action.DISPATCH if step == 1 else Action.ACKNOWLEDGE).value),
        "at": literal(THEN, Moment),
        "actor_name": words("李敏"),
        "facts": literal({}, JSON),
        "pieces": literal([], JSON),
        "prev_hash": words("" if step == 1 else "0" * 64),
        "hash": words("0" * 64),
    }


def _card(n: CTE) -> Columns:
    return {
        "chat": n.c.i % 300 + CHAT,
        "message": n.c.i,
        "leg_id": n.c.i,
        "purpose": words("card"),
        "lost": literal(False, Boolean),
    }

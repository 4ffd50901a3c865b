"""What the outbox says to the database, prepared once.

A row is its lane's head when no earlier one is unsettled. ``head`` is set on every head and on few
others, so that a claim looks at one row a lane however many wait; the heads it finds are proved.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    ColumnElement,
    Integer,
    Text,
    and_,
    bindparam,
    case,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.types import TypeEngine

from core.outgoing import DIGEST, NUDGING, TELLING
from storage.leases import alive, leases
from storage.mapping import table
from storage.moment import Moment
from storage.traffic import LaneRow, OutboxRow

outbox, lanes = table(OutboxRow), table(LaneRow)
_earlier, _next = outbox.alias("earlier"), outbox.alias("next")


def _given(name: str, kind: type[TypeEngine[Any]]) -> ColumnElement[Any]:
    return bindparam(name, type_=kind)


_NOW = _given("now", Moment)
_LANE = _given("lane", BigInteger)
_COALESCE = _given("coalesce", Text)
_is_head = text("outbox.head")  # spelled as the partial index has it

_lane_is_empty = ~(
    select(literal(1)).where(_earlier.c.lane == _LANE, _earlier.c.settled_at.is_(None)).exists()
)
_already_waits = (
    select(literal(1))
    .where(_earlier.c.coalesce == _COALESCE, text("earlier.state = 'ready'"))
    .exists()
)
_new_row: dict[str, ColumnElement[Any]] = {
    "lane": _LANE,
    "kind": _given("kind", Text),
    "policy": _given("policy", Text),
    "rank": _given("rank", Integer),
    "payload": _given("payload", JSON),
    "dedupe": _given("dedupe", Text),
    "coalesce": _COALESCE,
    "state": literal_column("'ready'", Text),
    "head": _lane_is_empty,
    "attempts": literal_column("0", Integer),
    "created_at": _NOW,
    "not_before": _given("not_before", Moment),
    "error": literal_column("''", Text),
}
PUT = insert(outbox).values(_new_row).on_conflict_do_nothing(index_elements=["dedupe"])
"""For rows that nothing can stand for: SQLite would keep the answer of a SELECT aside first."""
PUT_UNLESS_WAITING = (
    insert(outbox)
    .from_select(
        list(_new_row), select(*_new_row.values()).where(~_already_waits), include_defaults=False
    )
    .on_conflict_do_nothing(index_elements=["dedupe"])
)

_overtakes = (
    select(literal(1))
    .where(
        _earlier.c.lane == outbox.c.lane,
        _earlier.c.settled_at.is_(None),
        _earlier.c.id < outbox.c.id,
    )
    .exists()
)
_waiting = and_(_is_head, outbox.c.settled_at.is_(None), outbox.c.state != "sending", ~_overtakes)
_may_go = and_(
    _waiting,
    or_(outbox.c.not_before.is_(None), outbox.c.not_before <= _NOW),
    or_(lanes.c.paused_until.is_(None), lanes.c.paused_until <= _NOW),
    outbox.c.lane.not_in(bindparam("busy", expanding=True)),
)
_with_lanes = outbox.outerjoin(lanes, lanes.c.lane == outbox.c.lane)
HEADS = (
    select(outbox)
    .select_from(_with_lanes)
    .where(_may_go)
    .order_by(outbox.c.rank, outbox.c.id)
    .limit(bindparam("limit"))
    .with_for_update(of=outbox, skip_locked=True)
)
_some = (
    select(literal(1).label("one"))
    .select_from(_with_lanes)
    .where(_may_go, outbox.c.rank >= 0)  # so that SQLite takes the index of heads
    .limit(bindparam("most"))
)
WAITING = select(func.count()).select_from(_some.subquery())
_first_of_ranks = [
    select(outbox.c.id)
    .select_from(_with_lanes)
    .where(_may_go, outbox.c.rank == literal_column(str(rank)))
    .order_by(outbox.c.id)
    .limit(literal_column("1"))
    .scalar_subquery()
    for rank in (TELLING, NUDGING, DIGEST)
]
_old = outbox.alias("old")
OLDEST = (
    select(_old)
    .where(_old.c.id.in_(_first_of_ranks), _old.c.created_at <= _given("waited", Moment))
    .order_by(_old.c.id)
    .limit(literal_column("1"))
    .with_for_update(of=_old, skip_locked=True)
)
CLAIM = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("ids", expanding=True)))
    .values(state="sending", attempts=outbox.c.attempts + 1, owner=bindparam("whose"))
)

SETTLE = (
    update(outbox)
    .where(
        outbox.c.id == bindparam("which"),
        outbox.c.settled_at.is_(None),
        outbox.c.owner == bindparam("whose"),
    )
    .values(
        {
            name: bindparam(name)
            for name in ("state", "message", "error", "not_before", "settled_at")
        }
        | {"doubted": or_(outbox.c.doubted, _given("doubt", Boolean))}
    )
)
_paused = insert(lanes).from_select(
    ["lane", "paused_until"],
    select(outbox.c.lane, _given("until", Moment)).where(outbox.c.id == bindparam("which")),
)
PAUSE = _paused.on_conflict_do_update(
    index_elements=["lane"], set_={"paused_until": _paused.excluded.paused_until}
)

_settled = outbox.alias("settled")
_lane_of = select(_settled.c.lane).where(_settled.c.id == bindparam("which")).scalar_subquery()
_first = select(func.min(_next.c.id)).where(_next.c.lane == _lane_of, _next.c.settled_at.is_(None))
NEXT_HEAD = update(outbox).where(outbox.c.id == _first.scalar_subquery()).values(head=True)

_lives = select(literal(1)).where(leases.c.name == outbox.c.owner, alive).exists()
_sending = and_(text("state = 'sending'"), ~_lives)
GO_AGAIN = update(outbox).where(_sending, outbox.c.policy != "at_most_once").values(state="ready")
GIVE_UP = (
    update(outbox)
    .where(_sending)
    .values(state="unknown", not_before=null(), settled_at=_NOW, error="crashed while sending")
    .returning(outbox.c.id)
)

_from = func.coalesce(outbox.c.not_before, _NOW, type_=Moment)
_unpaused = func.coalesce(lanes.c.paused_until, _NOW, type_=Moment)
_later = case((_from > _unpaused, _from), else_=_unpaused)
NEXT_WAKE = (
    select(func.min(case((_later > _NOW, _later), else_=_NOW), type_=Moment))
    .select_from(outbox.outerjoin(lanes, lanes.c.lane == outbox.c.lane))
    .where(_waiting, outbox.c.rank >= 0)  # so that SQLite takes the index of heads
)

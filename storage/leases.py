"""Leases on the database's clock: one statement decides who has it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Double,
    Integer,
    Text,
    bindparam,
    case,
    delete,
    literal_column,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from storage.mapping import table
from storage.traffic import LeaseRow
from storage.wire import Wire

DAY = 86_400.0


class seconds_now(GenericFunction[float]):
    """Seconds since 1970 on the clock of the database, moving within a transaction."""

    type = Double()
    inherit_cache = True


@compiles(seconds_now, "sqlite")
def _in_sqlite(*_: Any, **__: Any) -> str:
    return "((julianday('now') - 2440587.5) * 86400.0)"


@compiles(seconds_now, "postgresql")
def _in_postgresql(*_: Any, **__: Any) -> str:
    return "extract(epoch FROM clock_timestamp())::float8"


leases = table(LeaseRow)
_NAME: ColumnElement[str] = bindparam("which", type_=Text)
_OWNER: ColumnElement[str] = bindparam("whose", type_=Text)
_until = seconds_now() + bindparam("seconds", type_=Double)
_ours = leases.c.owner == _OWNER
_taken = insert(leases).from_select(
    ["name", "owner", "epoch", "until"],
    select(_NAME, _OWNER, literal_column("1", Integer), _until).where(text("1 = 1")),
)
_HOLD = _taken.on_conflict_do_update(
    index_elements=["name"],
    set_={
        "owner": _OWNER,
        "until": _until,
        "epoch": case((_ours, leases.c.epoch), else_=leases.c.epoch + 1),
    },
    where=or_(_ours, leases.c.until <= seconds_now()),
).returning(leases.c.epoch)
alive = leases.c.until > seconds_now()
_HOLDER = select(leases.c.owner).where(leases.c.name == _NAME, alive)
_RELEASE = update(leases).where(leases.c.name == _NAME, _ours).values(until=0.0)
_SWEEP = delete(leases).where(leases.c.until < seconds_now() - DAY)
FORGET = delete(leases)


class SqlLeases:
    """The promises of ``core.leases.Leases``."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def hold(self, name: str, *, owner: str, seconds: float) -> int | None:
        """Take or renew it; its epoch, None while somebody else's has not run out."""
        wish = {"which": name, "whose": owner, "seconds": seconds}
        row = await self._wire.row(_HOLD, wish)
        if row is not None and row.epoch == 1:
            await self._wire.run(_SWEEP)  # names of couriers are never used again
        return row.epoch if row else None

    async def holder(self, name: str) -> str | None:
        """Whose it is now; None when nobody's."""
        row = await self._wire.row(_HOLDER, {"which": name})
        return row.owner if row else None

    async def release(self, name: str, *, owner: str) -> None:
        """Let go of it at once; somebody else's stays."""
        await self._wire.run(_RELEASE, {"which": name, "whose": owner})

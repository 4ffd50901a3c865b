"""Reads together what a batch of steps will ask for one by one: four statements for all legs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, func, select

from core.leg import Leg
from storage.calls import call_of
from storage.groups import binding_of
from storage.known import Known
from storage.legs import leg_of
from storage.mapping import table
from storage.tables import CallRow, GroupRow, JournalRow, LegRow
from storage.wire import Wire

_calls, _legs, _journal, _groups = (
    table(CallRow),
    table(LegRow),
    table(JournalRow),
    table(GroupRow),
)
_AMONG: Any = bindparam("among", expanding=True)
_CALLS = select(_calls).where(_calls.c.id.in_(_AMONG))
_LOCK_CALLS = _CALLS.order_by(_calls.c.id).with_for_update()
_LOCK_LEGS = select(_legs).where(_legs.c.id.in_(_AMONG)).order_by(_legs.c.id).with_for_update()
_BINDINGS = select(_groups).where(_groups.c.agency.in_(_AMONG))
_NEWEST = (
    select(func.max(_journal.c.id))
    .where(_journal.c.call_id.in_(_AMONG))
    .group_by(_journal.c.call_id)
)
_HASHES = select(_journal.c.call_id, _journal.c.hash).where(_journal.c.id.in_(_NEWEST))


async def foresee(wire: Wire, known: Known, legs: Sequence[Leg]) -> None:
    """Know these legs, their calls, the ends of their journals and the groups of their agencies.

    Where others write as well all of it is locked, calls before legs as one alone would be, in
    the order of their ids: two batches wait for each other and never both.
    """
    calls = sorted({leg.call_id for leg in legs})
    found = await wire.rows(_LOCK_CALLS if wire.shared else _CALLS, {"among": calls})
    known.calls.update((row.id, call_of(row)) for row in found)
    if wire.shared:
        ids = [leg.id for leg in legs]
        legs = [leg_of(row) for row in await wire.rows(_LOCK_LEGS, {"among": ids})]
    known.legs.update((leg.id, leg) for leg in legs)
    ends = await wire.rows(_HASHES, {"among": calls})
    known.hashes.update(dict.fromkeys(calls, ""))
    known.hashes.update((row.call_id, row.hash) for row in ends)
    agencies = sorted({leg.agency for leg in legs})
    bound = await wire.rows(_BINDINGS, {"among": agencies})
    known.bindings.update(dict.fromkeys(agencies))
    known.bindings.update((row.agency, binding_of(row)) for row in bound)

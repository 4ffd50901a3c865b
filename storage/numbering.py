"""Numbers of journal entries, taken before the entries are written: notices speak of them."""

from __future__ import annotations

from sqlalchemy import bindparam, func, select, text

from storage.mapping import table
from storage.tables import JournalRow
from storage.wire import Wire

_journal = table(JournalRow)
_LAST = select(func.coalesce(func.max(_journal.c.id), 0))
_TAKE = select(
    func.nextval(func.pg_get_serial_sequence("journal", "id")).label("number")
).select_from(func.generate_series(1, bindparam("many")))
# A seal waits for whoever writes, and who has a number must be one of them (``storage.acts``).
_WRITING = text("LOCK TABLE journal IN ROW EXCLUSIVE MODE")


async def numbers(wire: Wire, many: int) -> list[int]:
    """So many that nobody else will have, in descending order.

    Where one transaction writes at a time they are good until anybody else adds an entry in it.
    """
    if not wire.shared:
        last = await wire.row(_LAST)
        first = (last[0] if last else 0) + 1
        return [*range(first + many - 1, first - 1, -1)]
    await wire.run(_WRITING)
    return sorted((row.number for row in await wire.rows(_TAKE, {"many": many})), reverse=True)

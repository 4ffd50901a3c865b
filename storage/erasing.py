"""Forgets a person in every table; the chain of the journal holds without their words.

Everything runs over a ``Wire``, so that a restored backup is stripped by the same statements.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, text, update

from core.call import ERASED, Call
from core.erasing import Erasure, Shown, Unsaid
from core.journal import Entry, forgotten
from core.lifecycle import Action
from core.outgoing import Kind
from storage.chain import ERASED_BEFORE_DIGESTS
from storage.journal import columns, entry_of
from storage.known import Known
from storage.mapping import plain, record_of, table
from storage.tables import CallRow, JournalRow, LegRow, RatingRow, ResidentRow, SupporterRow
from storage.tables_desk import ErrandRow
from storage.tables_office import ErasureRow
from storage.traffic import NEW, ConversationRow, InboxRow, OutboxRow, PaceRow, PostingRow
from storage.wire import Wire

_calls, _legs, _journal, _ratings = (
    table(CallRow),
    table(LegRow),
    table(JournalRow),
    table(RatingRow),
)
_inbox, _outbox, _residents = table(InboxRow), table(OutboxRow), table(ResidentRow)
_supporters, _talks, _list = table(SupporterRow), table(ConversationRow), table(ErasureRow)
_postings, _paces, _errands = table(PostingRow), table(PaceRow), table(ErrandRow)
_WHO: Any = bindparam("who")
_NOBODY = {
    "caller": ERASED,
    "caller_name": "",
    "name_shown": "anonymous",
    "phone": "",
    "claim": "",
}
_EMPTY: dict[str, Any] = {
    **dict.fromkeys(("address", "details"), ""),
    **dict.fromkeys(("latitude", "longitude")),
    "pieces": [],
}
_COUNTS = {
    "updates": select(func.count()).select_from(_inbox).where(_inbox.c.lane == _WHO),
    "messages": select(func.count()).select_from(_outbox).where(_outbox.c.lane == _WHO),
    "drafts": select(func.count()).select_from(_talks).where(_talks.c.account == _WHO),
}
_SETTLED = (
    update(_outbox)
    .where(_outbox.c.lane == _WHO, text("settled_at IS NOT NULL"))
    .values(payload={}, error="")
)
_FORGET = (
    update(_inbox).where(_inbox.c.lane == _WHO, _inbox.c.body != "{}").values(body="{}"),
    _SETTLED,
    delete(_talks).where(_talks.c.account == _WHO),
    delete(_errands).where(_errands.c.account == _WHO),
    delete(_supporters).where(_supporters.c.account == _WHO),
    delete(_paces).where(_paces.c.lane == _WHO),
    delete(_postings).where(_postings.c.chat == _WHO),
)
_UNSAID = (
    update(_outbox)
    .where(_outbox.c.lane == _WHO, text("settled_at IS NULL"))
    .values(payload={}, state="superseded", settled_at=_outbox.c.created_at, head=False)
)
_BANNED = _residents.c.banned_until.is_not(None)
_GONE = delete(_residents).where(_residents.c.account == _WHO, ~_BANNED)
_NAMELESS = (
    update(_residents)
    .where(_residents.c.account == _WHO, _BANNED)
    .values(name="", called="", phone="", consented_at=None, member_of=None)
)
_CALL: Any = bindparam("of_call")
_STRIP = update(_calls).where(_calls.c.id == _CALL).values({**_NOBODY, **_EMPTY})
_DISOWN = update(_calls).where(_calls.c.id == _CALL).values(_NOBODY)
_UNRATE = (
    update(_ratings)
    .where(_ratings.c.leg_id.in_(select(_legs.c.id).where(_legs.c.call_id == _CALL)))
    .values(words="", by=ERASED)
)
_ENTRIES = select(_journal).where(_journal.c.call_id == _CALL).order_by(_journal.c.id)
_OWN_ELSEWHERE = select(_journal).where(_journal.c.actor == _WHO, _journal.c.agency.is_(None))
_JOINED = select(_journal).where(
    _journal.c.call_id.in_(select(_calls.c.linked).where(_calls.c.id == _CALL)),
    _journal.c.action == Action.JOINED.value,
)
_IN_GROUPS = (
    _outbox.c.kind == Kind.NOTICE.value,
    _outbox.c.lane < 0,
    _outbox.c.message.is_not(None),
    _outbox.c.payload["entry"].as_integer() == bindparam("which"),
)
_TOLD = select(_outbox.c.lane, _outbox.c.message).where(*_IN_GROUPS)
_WHERE = select(
    _outbox.c.lane, _outbox.c.message, _outbox.c.payload["part"].as_integer().label("part")
).where(*_IN_GROUPS)
_THESE = (
    select(_journal)
    .where(_journal.c.id.in_(bindparam("these", expanding=True)))
    .order_by(_journal.c.id)
)
_REWORD = (
    update(_calls)
    .where(_calls.c.id == _CALL)
    .values(pieces=bindparam("said"), details=bindparam("more"))
)
_HANDLED = update(_inbox).where(_inbox.c.lane == _WHO, text(f"NOT ({NEW})")).values(body="{}")
_BLANK = ("facts", "pieces", "actor", "actor_name", "origin_chat", "origin_message")
_ERASE = (
    update(_journal)
    .where(_journal.c.id == bindparam("which"))
    .values({name: bindparam(name) for name in (*_BLANK, "salt", "digest")})
)
_NOTE = insert(_list)
_AGAIN = (
    update(_list)
    .where(_list.c.id == bindparam("which"))
    .values({name: bindparam(name) for name in ("calls", "waiting")})
)
_ALL = select(_list).order_by(_list.c.id)


class SqlErasing:
    """The promises of ``core.erasing.Erasing``."""

    def __init__(self, wire: Wire, known: Known | None = None) -> None:
        self._wire, self._known = wire, known or Known()

    async def kept(self, account: int) -> Mapping[str, int]:
        """How many rows of each kind are kept of them."""
        found = {}
        for name, asked in _COUNTS.items():
            row = await self._wire.row(asked, {"who": account})
            found[name] = int(row[0]) if row else 0
        return found

    async def forget(self, account: int) -> None:
        """Everything but their calls."""
        self._known.forget_people()
        for statement in (*_FORGET, _UNSAID, _NAMELESS, _GONE):
            await self._wire.run(statement, {"who": account})

    async def strip(self, call_id: int, account: int) -> Sequence[int]:
        """A call's words and its caller; what other residents said of it is theirs."""
        for statement in (_STRIP, _UNRATE):
            await self._wire.run(statement, {"of_call": call_id})
        rows = await self._wire.rows(_ENTRIES, {"of_call": call_id})
        theirs = (None, ERASED, account)
        return [
            row.id
            for row in rows
            if (row.agency is not None or row.actor in theirs) and await self._erase(row)
        ]

    async def unsay(
        self, account: int, *, emptied: Sequence[int], but: Collection[int]
    ) -> Sequence[Unsaid]:
        """What they said on other people's calls, and what went along with a merged one."""
        said = await self._wire.rows(_OWN_ELSEWHERE, {"who": account})
        rows = [row for row in said if row.call_id not in but]
        for call_id in emptied:
            joined = await self._wire.rows(_JOINED, {"of_call": call_id})
            rows += [row for row in joined if row.facts.get("call") == call_id]
        gone = [row for row in rows if await self._erase(row)]
        return [Unsaid(row.id, row.call_id, row.leg_id, await self._shown(row.id)) for row in gone]

    async def _shown(self, entry: int) -> tuple[tuple[int, int], ...]:
        rows = await self._wire.rows(_TOLD, {"which": entry})
        return tuple((row.lane, row.message) for row in rows)

    async def blank(self, entries: Collection[int]) -> Sequence[Shown]:
        """Forget what these entries say; where groups were told it, as far as that is kept."""
        shown: list[Shown] = []
        for row in await self._wire.rows(_THESE, {"these": list(entries)}):
            await self._erase(row)
            told = await self._wire.rows(_WHERE, {"which": row.id})
            shown += [Shown(row.id, one.lane, one.message, one.part or 0) for one in told]
        return shown

    async def reword(self, call: Call) -> None:
        """Pieces and details anew; what was handled and settled of its caller holds no word."""
        said = {"said": plain(call.pieces), "more": call.details}
        await self._wire.run(_REWORD, {"of_call": call.id, **said})
        for statement in (_HANDLED, _SETTLED):
            await self._wire.run(statement, {"who": call.caller})

    async def disown(self, call_id: int) -> None:
        """A call's caller alone."""
        await self._wire.run(_DISOWN, {"of_call": call_id})

    async def note(self, erasure: Erasure) -> None:
        """Put it on the list, or replace what stands there."""
        values = {**asdict(erasure), "calls": [*erasure.calls], "waiting": [*erasure.waiting]}
        which = values.pop("id")
        if which:
            kept = {"calls": values["calls"], "waiting": values["waiting"]}
            await self._wire.run(_AGAIN, {"which": which, **kept})
        else:
            await self._wire.run(_NOTE, values)

    async def unfinished(self) -> Sequence[Erasure]:
        """Those with calls that wait."""
        return [one for one in await self.all() if one.waiting]

    async def all(self) -> Sequence[Erasure]:
        """The whole list, oldest first."""
        return [_erasure(row) for row in await self._wire.rows(_ALL)]

    async def _erase(self, row: Any) -> bool:
        entry: Entry = entry_of(row)
        bare = forgotten(entry)
        if bare == entry:
            return False
        blank = {name: value for name, value in columns(bare).items() if name in _BLANK}
        proof = {"salt": "", "digest": row.digest or ERASED_BEFORE_DIGESTS}
        return await self._wire.run(_ERASE, {"which": row.id, **blank, **proof}) == 1


def _erasure(row: Any) -> Erasure:
    return Erasure(**record_of(row, calls=tuple(row.calls), waiting=tuple(row.waiting)))

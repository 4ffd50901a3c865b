"""A caller takes back something they said: the words go everywhere, that they did stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.call import Call, Link, Piece
from core.desk.erasing import Erasing, stubbed
from core.desk.owing import notice_row
from core.erasing import Shown
from core.errors import NotFound
from core.journal import Entry
from core.lifecycle import Action
from core.people import Actor, Party
from core.portions import beside_card, media_of
from core.posting import Purpose
from core.redacting import Own, left, tellings, without


class Redacting(Erasing):
    """What an agency did upon the words stays done, and so does its own word."""

    async def own_words(self, call_id: int, *, by: Actor) -> tuple[Own, ...]:
        """What this caller may take back; ``NotFound`` for a call that is not theirs."""
        call = await self._theirs(call_id, by)
        return tellings(call, await self.work.journal.of_call(call_id))

    async def take_back(self, call_id: int, key: str, *, by: Actor, now: datetime) -> Call:
        """Nobody reads it any more: cards, topics, exports, the journal; the chain holds.

        What is gone already stays so. Raises ``NotFound`` for a call of somebody else.
        """
        call = await self._theirs((await self._held(call_id)).id, by)
        entries = await self.work.journal.of_call(call_id)
        own = next((one for one in tellings(call, entries) if one.key == key), None)
        if own is None:
            return call
        kept = without(call, own)
        shown = await self.work.erasing.blank(own.entries)
        await self.work.erasing.reword(kept)
        entry = await self._taken(kept, own, by, now)
        chats = await self._emptied(shown, entries, now)
        if entry.pieces:
            parts = beside_card(entry.pieces)
            rows = [notice_row(c, entry, Party.AGENCY, n) for c in chats for n in parts]
            await self.work.outbox.put(*rows, now=now)
        if own.first:
            await self._along(kept, by, now)
        await self._refresh(kept, now)
        return kept

    async def _theirs(self, call_id: int, by: Actor) -> Call:
        call = await self.work.calls.get(call_id)
        if not by.account or call.caller != by.account:
            raise NotFound(call=call_id)
        return call

    async def _taken(self, call: Call, own: Own, by: Actor, now: datetime) -> Entry:
        """Who and when, which entries are empty - and what is left of the first telling."""
        pieces = left(call) if own.first and own.entries else ()
        return await self._noted(call, own.entries, by, now, pieces)

    async def _noted(
        self,
        call: Call,
        gone: Sequence[int],
        by: Actor,
        now: datetime,
        pieces: tuple[Piece, ...] = (),
    ) -> Entry:
        main = await self._main(call)
        entry = Entry(
            id=0,
            call_id=call.id,
            leg_id=main.id,
            action=Action.ERASE,
            at=now,
            actor=by.account,
            actor_name=by.name,
            before=main.status,
            after=main.status,
            facts={"entries": list(gone), "own": True},
            pieces=pieces,
        )
        return await self.work.journal.add(entry)

    async def _along(self, call: Call, by: Actor, now: datetime) -> None:
        """What went along to another call, when this one was merged into it."""
        if call.link is not Link.MERGED or call.linked is None:
            return
        entries = await self.work.journal.of_call(call.linked)
        joined = [
            e.id
            for e in entries
            if e.action is Action.JOINED and e.facts.get("call") == call.id and e.pieces
        ]
        if joined:
            shown = await self.work.erasing.blank(joined)
            into = await self.work.calls.get(call.linked)
            await self._noted(into, joined, by, now)
            await self._emptied(shown, entries, now)
            await self._refresh(into, now)

    async def _emptied(
        self, shown: Sequence[Shown], entries: Sequence[Entry], now: datetime
    ) -> tuple[int, ...]:
        """Messages of groups that told it give way to a sentence; in which chats that was."""
        for one in shown:
            said = next(entry for entry in entries if entry.id == one.entry)
            for message in await self._album(one, len(media_of(said.pieces, one.part))):
                await self.work.outbox.put(stubbed(one.chat, message, said.leg_id), now=now)
        return tuple(dict.fromkeys(one.chat for one in shown))

    async def _album(self, one: Shown, many: int) -> list[int]:
        """The message, and those of its album, which stand right behind it."""
        found = [one.message]
        for message in range(one.message + 1, one.message + many):
            posting = await self.work.postings.find(one.chat, message)
            if posting is not None and posting.purpose is Purpose.WORDS:
                found.append(message)
        return found

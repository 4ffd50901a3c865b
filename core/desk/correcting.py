"""Somebody edits what they said: the other side hears it as a correction (rows 7 and 22)."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from core.call import Origin, Piece
from core.desk.asking import Asking
from core.desk.strokes import Said, Tap
from core.errors import NothingSaid, NothingToCorrect
from core.journal import Entry
from core.leg import Leg
from core.lifecycle import Action, Status
from core.people import Actor

PUT_RIGHT_BY = {
    Action.REPLY: Action.CORRECT,
    Action.PROGRESS: Action.CORRECT,
    Action.CORRECT: Action.CORRECT,
    Action.NOTE: Action.NOTE,
    Action.ADD: Action.AMEND,
    Action.ANSWER: Action.AMEND,
    Action.AMEND: Action.AMEND,
}


class Correcting(Asking):
    """What was said stays in the journal; the correction is an entry of its own (R9)."""

    async def correct(
        self,
        call_id: int,
        piece: Piece,
        *,
        origin: Origin,
        by: Actor,
        now: datetime,
        chat: int | None = None,
        inside: bool = False,
    ) -> Entry | None:
        """Put right what this person said in that message; gives what it was before.

        Whoever heard the first words hears the new ones, unless they are meant to stay
        ``inside``; None when the words are the same. Raises
        ``NothingToCorrect`` when nothing of this call was said there, ``NothingSaid`` when nothing
        is left.
        """
        before = await self._said_at(call_id, origin, by)
        action = Action.NOTE if inside else PUT_RIGHT_BY[before.action]
        hidden = action is Action.NOTE and before.action is not Action.NOTE
        if piece.text == before.pieces[-1].text and not hidden:
            return None
        if not piece.text.strip():
            raise NothingSaid()
        said = Said(facts={"corrects": before.id}, pieces=(piece,), origin=origin)
        if action is Action.AMEND and await self._waits_for_words(before.leg_id):
            await self._go_on(before.leg_id, Action.ANSWER, by, now, said)
            return before
        await self._step(before.leg_id, action, by=by, now=now, tap=Tap(None, chat), said=said)
        return before

    async def amend(self, piece: Piece, *, origin: Origin, by: Actor, now: datetime) -> Leg | None:
        """The caller edits what they added to one of their open calls; None for the same words.

        Raises ``NothingToCorrect`` when none of these calls heard of that message.
        """
        for call in await self.work.calls.open_of_caller(by.account or 0):
            with suppress(NothingToCorrect):
                entry = await self.correct(call.id, piece, origin=origin, by=by, now=now)
                return await self.work.legs.get(entry.leg_id) if entry else None
        raise NothingToCorrect(message=origin.message)

    async def _waits_for_words(self, leg_id: int) -> bool:
        """Whether its caller was asked: whatever they say by whatever way is the answer."""
        return (await self.work.legs.get(leg_id)).status is Status.NEED_INFO

    async def _said_at(self, call_id: int, origin: Origin, by: Actor) -> Entry:
        for entry in reversed(await self.work.journal.of_call(call_id)):
            same = entry.origin == origin and entry.actor == by.account
            if same and entry.pieces and entry.action in PUT_RIGHT_BY:
                return entry
        raise NothingToCorrect(message=origin.message)

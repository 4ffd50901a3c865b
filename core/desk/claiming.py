"""Whoever a call was raised for takes it over, with its number and code (row 4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.call import Call
from core.claiming import MOST_TRIES, NOT_BY_PHONE, Claim, digest, fits, new_code
from core.desk.owing import notice_row
from core.desk.strokes import Strokes
from core.errors import NotFound, NotTheCaller, NotYourPart
from core.journal import Entry
from core.leg import Leg
from core.lifecycle import Action, Status
from core.people import Actor, Party

ASKED = {Status.RESOLVED: Action.RESOLVE, Status.VERIFYING: Action.RESOLVE}


class Claiming(Strokes):
    """From then on messages reach the caller; those who answer are never the caller."""

    async def claim(self, number: str, code: str, *, by: Actor, now: datetime) -> Claim:
        """The call is this person's where the code fits; a wrong one is counted, and kept so.

        Raises ``NotTheCaller`` for whoever raised the call or works on it.
        """
        found = await self.work.calls.by_number(number)
        if found is None or not found.claim:
            return Claim()
        call = await self._held(found.id)
        main = await self._main(call)
        if main.claim_tries >= MOST_TRIES:
            return Claim(left=0)
        if not fits(call, code):
            tried = main.claim_tries + 1
            await self.work.legs.save(replace(main, claim_tries=tried))
            return Claim(left=MOST_TRIES - tried)
        await self._check_caller(call, by)
        return Claim(await self._taken_over(call, main, by, now))

    async def renew_claim(self, number: str, *, by: Actor) -> str:
        """A new code for a call nobody took over, for whoever raised it or answers it.

        The old one is worth nothing from now on. Raises ``NotFound``, ``NotYourPart``.
        """
        found = await self.work.calls.by_number(number)
        if found is None or not found.unclaimed:
            raise NotFound(number=number)
        call = await self._held(found.id)
        main, code = await self._main(call), new_code()
        if by.account != call.raised_by and not by.acts_for(main.agency):
            raise NotYourPart(action=Action.LOG_PHONE)
        await self.work.calls.save(replace(call, claim=digest(call.number, code)))
        await self.work.legs.save(replace(main, claim_tries=0))
        return code

    async def _check_caller(self, call: Call, by: Actor) -> None:
        legs = await self.work.legs.of_call(call.id)
        works = any(by.acts_for(leg.agency) for leg in legs)
        if works or by.account in (None, call.raised_by):
            raise NotTheCaller(number=call.number)

    async def _taken_over(self, call: Call, main: Leg, by: Actor, now: datetime) -> Call:
        supporters = await self.work.supporters.of_call(call.id)
        stood_by = by.account in {one.account for one in supporters}
        await self.work.supporters.remove(call.id, by.account or 0)
        taken = replace(
            call,
            caller=by.account or 0,
            caller_name=call.caller_name or by.name,
            claim="",
            supporters=call.supporters - stood_by,
        )
        await self._owe_phone_task(main, now)
        await self._step(main.id, Action.CLAIM, by=by, now=now, phone_from=None)
        await self.work.calls.save(taken)
        await self._ask_again(taken, main, now)
        return taken

    async def _ask_again(self, call: Call, main: Leg, now: datetime) -> None:
        """What waits for a word of the caller is put to them now."""
        asked = await self._last_asked(call, main)
        if asked is not None:
            row = notice_row(call.caller, asked, Party.CALLER, 0)
            await self.work.outbox.put(row, now=now)

    async def _last_asked(self, call: Call, main: Leg) -> Entry | None:
        wanted = {ASKED[main.status]} if main.status in ASKED else set()
        wanted |= {Action.ASK, Action.INQUIRE} if main.status is Status.NEED_INFO else set()
        for entry in reversed(await self.work.journal.of_call(call.id)):
            if entry.leg_id == main.id and entry.action in wanted - NOT_BY_PHONE:
                return entry
        return None

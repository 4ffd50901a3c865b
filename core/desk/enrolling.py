"""Who is who and where: consent, one-time codes, groups bound and moved, officers joined."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from core.acts import Deed
from core.agency import Agency
from core.clockwork import after_step
from core.desk.dispatching import BEGINS
from core.desk.noting import Noting
from core.desk.owing import card_row, notice_row
from core.desk.reaching import Reaching
from core.errors import AlreadyBound, CodeUseless, NotFound, NotYourPart
from core.leg import Leg
from core.lifecycle import Action
from core.outgoing import Kind, Outgoing, Policy
from core.people import (
    SYSTEM,
    Actor,
    Binding,
    CodePurpose,
    Officer,
    OneTimeCode,
    Party,
    Post,
    Resident,
)
from core.portions import portions

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LIFE_OF = {
    CodePurpose.BIND: "bind_code",
    CodePurpose.JOIN: "join_link",
    CodePurpose.MEMBER: "join_link",
}
CODE_LENGTH = {CodePurpose.BIND: 8, CodePurpose.JOIN: 16, CodePurpose.MEMBER: 16}
WAITING_LEGS = 200
STAYS = timedelta(minutes=10)
BESIDE = 2**60  # a lane that is no chat: what waits there holds nothing up


class Enrolling(Reaching, Noting):
    """A group acts for an agency only by a one-time code and a confirmation (I18)."""

    async def met(
        self, *, account: int, name: str, language: str = "", now: datetime | None = None
    ) -> Resident:
        """Remember a name; whoever speaks to us can be reached again, and is phoned no more.

        ``language`` counts on first contact only: later it is theirs to choose. ``now`` may be
        left out where the person is known to be reachable.
        """
        known = await self.work.people.resident(account)
        first = Resident(account, name)
        first = replace(first, language=language or first.language)
        now_known = replace(known or first, name=name, reachable=True)
        if now_known != known:
            await self.work.people.save_resident(now_known)
        if known and not known.reachable and now:
            await self._reached_again(account, now)
        return now_known

    async def speaks(self, *, by: Actor, language: str) -> Resident:
        """Speak to this person in the language they chose, from now on."""
        resident = await self.met(account=by.account or 0, name=by.name)
        chosen = replace(resident, language=language)
        await self.work.people.save_resident(chosen)
        return chosen

    async def consent(self, *, by: Actor, now: datetime, language: str = "") -> Resident:
        """The privacy notice was read and agreed to, in this language."""
        resident = await self.met(account=by.account or 0, name=by.name, language=language)
        agreed = replace(resident, consented_at=resident.consented_at or now)
        await self.work.people.save_resident(agreed)
        return agreed

    async def issue_code(
        self,
        *,
        purpose: CodePurpose,
        agency: str,
        post: Post = Post.LIAISON,
        by: Actor,
        now: datetime,
    ) -> OneTimeCode:
        """A code for one use, by an administrator; ``NotYourPart`` for anybody else."""
        if not by.administrator or by.account is None:
            raise NotYourPart(action=purpose)
        if agency not in self.district.tree.by_code:
            raise NotFound(agency=agency)
        code = OneTimeCode(
            code="".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH[purpose])),
            purpose=purpose,
            agency=agency,
            issued_by=by.account,
            expires_at=after_step(self.district, LIFE_OF[purpose], now),
            post=post,
        )
        await self.work.groups.save_code(code)
        facts = {"purpose": purpose.value, "post": post.value}
        await self._note(Deed.CODE_ISSUED, agency, by=by, now=now, **facts)
        return code

    async def check_bind(self, code: str, *, chat: int, by: Actor, now: datetime) -> Agency:
        """Which agency this code would bind the chat to; consumes nothing.

        Raises ``CodeUseless`` (also for another administrator's code) and ``AlreadyBound``.
        """
        issued = await self._usable(code, CodePurpose.BIND, now)
        if not by.administrator or issued.issued_by != by.account:
            raise CodeUseless()
        here = await self.work.groups.at_chat(chat)
        if here and not here.suspended and here.agency != issued.agency:
            raise AlreadyBound(agency=here.agency)
        return self.district.tree.get(issued.agency)

    async def bind(
        self, code: str, *, chat: int, title: str, thread: int | None, by: Actor, now: datetime
    ) -> Agency:
        """The chat is the agency's from now on; what waits for it is shown at once."""
        agency = await self.check_bind(code, chat=chat, by=by, now=now)
        issued = await self._usable(code, CodePurpose.BIND, now)
        await self.work.groups.save_code(replace(issued, used_at=now))
        here = await self.work.groups.at_chat(chat)
        if here:
            await self.work.groups.remove(here.agency)
        await self.work.groups.save(
            Binding(agency.code, chat, title, by.account or 0, now, thread)
        )
        await self._note(Deed.BOUND, agency.code, by=by, now=now, chat=chat)
        for leg in await self.work.legs.open_of(agency.code, WAITING_LEGS):
            await self._post(leg, chat, now)
        for leg in await self.work.legs.to_verify(agency.code, WAITING_LEGS):
            await self._ask_to_look(leg, chat, now)
        return agency

    async def join(self, code: str, *, by: Actor, now: datetime) -> Officer:
        """The holder of the code acts for its agency from now on, and may be written to."""
        issued = await self._usable(code, CodePurpose.JOIN, now)
        await self.work.groups.save_code(replace(issued, used_at=now))
        await self.met(account=by.account or 0, name=by.name)
        officer = Officer(by.account or 0, issued.agency, by.name, issued.post, now)
        await self.work.people.save_officer(officer)
        facts = {"post": issued.post.value, "invited_by": issued.issued_by}
        await self._note(Deed.JOINED, issued.agency, by=by, now=now, **facts)
        return officer

    async def verify_member(self, code: str, *, by: Actor, now: datetime) -> Agency:
        """The holder of the code is a verified Party member from now on; of which agency's branch.

        Raises ``CodeUseless``.
        """
        issued = await self._usable(code, CodePurpose.MEMBER, now)
        await self.work.groups.save_code(replace(issued, used_at=now))
        resident = await self.met(account=by.account or 0, name=by.name)
        await self.work.people.save_resident(replace(resident, member_of=issued.agency))
        facts = {"verified_by": issued.issued_by}
        await self._note(Deed.MEMBER_VERIFIED, issued.agency, by=SYSTEM, now=now, **facts)
        return self.district.tree.get(issued.agency)

    async def joined_group(self, chat: int, *, by: Actor, now: datetime) -> None:
        """Somebody put the bot into a group: if it is nobody's after ten minutes, it goes (S5)."""
        await self._note(Deed.GROUP_JOINED, "", by=replace(by, name=""), now=now, chat=chat)
        row = Outgoing(
            lane=chat - BESIDE,
            kind=Kind.LEAVE,
            payload={"chat": chat},
            policy=Policy.LATEST,
            not_before=now + STAYS,
        )
        await self.work.outbox.put(row, now=now)

    async def leave_group(self, chat: int, *, now: datetime) -> Binding | None:
        """The bot was removed: the binding rests until somebody binds again (A13)."""
        binding = await self.work.groups.at_chat(chat)
        if binding and not binding.suspended:
            await self.work.groups.save(replace(binding, suspended=True))
            await self._note(Deed.GROUP_LOST, binding.agency, by=SYSTEM, now=now, chat=chat)
        return binding

    async def group_moved(self, old: int, new: int, *, now: datetime) -> None:
        """A group became a supergroup: its cards are posted anew (A12). Twice is once."""
        if not await self.work.groups.move(old, new):
            return
        binding = await self.work.groups.at_chat(new)
        if binding:
            facts = {"old": old, "chat": new}
            await self._note(Deed.GROUP_MOVED, binding.agency, by=SYSTEM, now=now, **facts)
            for leg in await self.work.legs.open_of(binding.agency, WAITING_LEGS):
                await self.work.outbox.put(card_row(leg.id, new), now=now)

    async def _usable(self, code: str, purpose: CodePurpose, now: datetime) -> OneTimeCode:
        issued = await self.work.groups.code(code.strip().upper())
        if issued is None or issued.used_at or issued.purpose is not purpose:
            raise CodeUseless()
        if now >= issued.expires_at:
            raise CodeUseless()
        return issued

    async def _ask_to_look(self, leg: Leg, chat: int, now: datetime) -> None:
        """What a verifier without a group was not shown: the card, and what was answered."""
        entries = await self.work.journal.of_call(leg.call_id)
        asked = [e for e in entries if e.leg_id == leg.id and e.action is Action.VERIFY][-1:]
        parts = [(e, part) for e in asked for part in range(max(1, len(portions(e.pieces))))]
        rows = [notice_row(chat, entry, Party.VERIFIER, part) for entry, part in parts]
        await self.work.outbox.put(card_row(leg.id, chat), *rows, now=now)

    async def _post(self, leg: Leg, chat: int, now: datetime) -> None:
        await self.work.outbox.put(card_row(leg.id, chat), now=now)
        entries = await self.work.journal.of_call(leg.call_id)
        begun = [e for e in entries if e.leg_id == leg.id and e.action in BEGINS]
        for entry in begun[-1:]:
            await self._beside(chat, entry, now)

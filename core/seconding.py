"""The second person: what was asked for is done only when somebody else agrees, in time (R7)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from core.acts import Deed, act_of
from core.auditing import audits
from core.desk import Desk
from core.errands import Errand, ErrandKind
from core.errors import DecidedAlready, NotYourPart, SamePerson
from core.exporting import wish_of
from core.outgoing import Kind, Outgoing
from core.people import SYSTEM, Actor, Post
from core.petitions import LIFE, Asked, Fate, Petition, as_facts, needs_second
from core.ports import Work
from core.rulebook import Rulebook
from core.sheet_edits import differences

DEEDS = {
    Fate.SECONDED: Deed.SECONDED,
    Fate.DECLINED: Deed.DECLINED,
    Fate.LAPSED: Deed.PETITION_LAPSED,
}


@dataclass(frozen=True, slots=True)
class Seconds:
    """Petitions are made, agreed to and declined inside the transaction that is open.

    ``administrators`` are the accounts on the list; with them auditors of the district hear of it.
    """

    work: Work
    desk: Desk
    book: Rulebook
    administrators: Collection[int] = ()

    async def sheet(
        self,
        sheet: str,
        text: str,
        *,
        by: Actor,
        now: datetime,
        since: datetime | None = None,
        restores: int | None = None,
    ) -> int | Petition:
        """Change a sheet: its new version, or a petition where it takes two (``needs_second``).

        What was to count from ``since`` on and is agreed to later counts from then.

        Raises what ``Rulebook.decide`` raises; nothing unsound ever waits for anybody.
        """
        before = await self.book.text(sheet, since or now)
        changes = differences(before, text)
        if not needs_second(sheet, changes):
            return await self.book.decide(
                *(sheet, text), by=by, now=now, since=since, restores=restores
            )
        await self.book.try_out(sheet, text, since=since or now)
        facts: dict[str, Any] = {"text": text, "stands_on": _digest(before), "restores": restores}
        facts |= {"changes": as_facts(changes), "since": since.isoformat() if since else None}
        return await self.propose(Asked.SHEET, sheet, facts, by=by, now=now)

    async def propose(
        self, asked: Asked, subject: str, facts: Mapping[str, Any], *, by: Actor, now: datetime
    ) -> Petition:
        """Ask for an act that takes two persons; whoever may agree is told at once.

        ``NotYourPart`` for whoever does not administer; auditors ask for files. A new act needs a
        member of ``Asked``, its effect in ``_effect``, its words in ``bot/screens/petitions.py``.
        """
        asks = by.administrator or (asked is Asked.EXPORT and audits(by, self.desk.district))
        if not asks or by.account is None:
            raise NotYourPart(action=Deed.PETITIONED)
        petition = Petition(asked, subject, by.account, by.name, now, now + LIFE, dict(facts))
        kept = await self.work.petitions.add(petition)
        await self._note(Deed.PETITIONED, kept, by, now)
        told = [_row(account, kept) for account in await self._hearers(kept)]
        await self.work.outbox.put(*told, now=now)
        return kept

    async def agree(self, petition_id: int, *, by: Actor, now: datetime) -> Petition:
        """The second person agrees: it is done. What it stood on may be gone; then it lapses.

        Raises ``SamePerson``, ``NotYourPart``, ``DecidedAlready``.
        """
        petition = await self._decidable(petition_id, by, now)
        stands = await self._stands(petition, now)
        settled = await self._settle(petition, Fate.SECONDED if stands else Fate.LAPSED, by, now)
        if stands:
            await self._effect(petition, by, now)
        return settled

    async def decline(self, petition_id: int, *, by: Actor, now: datetime) -> Petition:
        """The second person does not agree; whoever asked may also take it back."""
        petition = await self.work.petitions.get(petition_id)
        if petition.by != by.account or not (by.administrator or petition.asked is Asked.EXPORT):
            petition = await self._decidable(petition_id, by, now)
        return await self._settle(petition, Fate.DECLINED, by, now)

    async def pending(self, *, by: Actor, now: datetime) -> list[tuple[Petition, bool]]:
        """Everything that waits, the first due first, and whether this person may agree."""
        waits = [one for one in await self.work.petitions.waiting() if one.waits(now)]
        return [(one, self.may_decide(one, by)) for one in waits]

    async def others(self, petition: Petition) -> int:
        """How many may agree to it."""
        return len(await self._hearers(petition))

    def may_decide(self, petition: Petition, by: Actor) -> bool:
        """Whether this person is a second one for it: never for what he asked for."""
        return by.account != petition.by and self._entitled(petition, by)

    def _entitled(self, petition: Petition, by: Actor) -> bool:
        district = self.desk.district.tree.district.code
        audits = Post.AUDITOR in by.posts_in(district) and by.acts_for(district)
        return audits or (by.administrator and petition.asked is not Asked.ERASE)

    async def _decidable(self, petition_id: int, by: Actor, now: datetime) -> Petition:
        petition = await self.work.petitions.get(petition_id)
        if petition.by == by.account:
            raise SamePerson()
        if not self._entitled(petition, by):
            raise NotYourPart(action=Deed.SECONDED)
        if not petition.waits(now):
            raise DecidedAlready(name=petition.settled_by, at=petition.settled_at or petition.due)
        return petition

    async def _stands(self, petition: Petition, now: datetime) -> bool:
        """Whoever asked still may; a changed sheet is looked at again first."""
        if not await self._may_ask(petition):
            return False
        if petition.asked is Asked.RANKING:
            channel = await self.work.channels.bound()
            return channel is not None and channel.posts
        if petition.asked is not Asked.SHEET:
            return True
        text = await self.book.text(petition.subject, _since(petition, now) or now)
        return _digest(text) == str(petition.facts["stands_on"])

    async def _may_ask(self, petition: Petition) -> bool:
        if petition.by in self.administrators or petition.asked is not Asked.EXPORT:
            return petition.by in self.administrators
        district = self.desk.district.tree.district.code
        held = await self.work.people.posts_of(petition.by)
        return any((one.agency, one.post) == (district, Post.AUDITOR) for one in held)

    async def _effect(self, petition: Petition, by: Actor, now: datetime) -> None:
        asker = Actor(petition.by, petition.by_name, administrator=True)
        if petition.asked is Asked.SHEET:
            text, restores = petition.facts["text"], petition.facts["restores"]
            why = f"petition {petition.id}"
            await self.book.decide(
                *(petition.subject, text),
                by=asker,
                now=now,
                since=_since(petition, now),
                why=why,
                restores=restores,
            )
        elif petition.asked is Asked.UNBIND:
            await self.desk.unbind(petition.subject, by=asker, now=now)
        elif petition.asked is Asked.EXPORT:
            wish = wish_of(dict(petition.facts))
            await self.desk.exported(wish, by=asker, now=now, second=by.name)
            await self.work.errands.add(_file(petition, now))
        elif petition.asked is Asked.BREACH:
            await self._tell_of_breach(petition, by, now)
        elif petition.asked is Asked.RANKING:
            await self._publish(petition, by, now)
        else:
            account, _forgotten = await self.desk.erase_caller(petition.subject, now=now)
            await self.work.outbox.put(_row(account, petition, of_you=True), now=now)

    async def _tell_of_breach(self, petition: Petition, by: Actor, now: datetime) -> None:
        facts = {**petition.facts, "petition": petition.id, "second": by.name}
        asker = Actor(petition.by, petition.by_name, administrator=True)
        act = act_of(Deed.BREACH_TOLD, "", by=asker, now=now, facts=facts)
        await self.work.acts.add(act)
        errand = Errand(ErrandKind.BREACH, petition.by, petition.by, 0, now, facts)
        await self.work.errands.add(errand)

    async def _publish(self, petition: Petition, by: Actor, now: datetime) -> None:
        """What both read, letter by letter, said once in the channel."""
        channel = await self.work.channels.bound()
        assert channel is not None  # noqa: S101 - _stands looked
        asker = Actor(petition.by, petition.by_name, administrator=True)
        facts = {key: value for key, value in petition.facts.items() if key != "words"}
        facts |= {"petition": petition.id, "second": by.name, "channel": channel.chat}
        act = act_of(Deed.PUBLISHED, petition.subject, by=asker, now=now, facts=facts)
        await self.work.acts.add(act)
        payload = {"petition": petition.id, "in_public": True}
        row = Outgoing(channel.chat, Kind.PETITION, payload, dedupe=f"ranking:{petition.id}")
        await self.work.outbox.put(row, now=now)

    async def _settle(self, petition: Petition, fate: Fate, by: Actor, now: datetime) -> Petition:
        ended = _ended(petition, fate, now, by.name)
        if not await self.work.petitions.settle(ended):
            raise DecidedAlready(name="", at=now)
        await self._note(DEEDS[fate], petition, by, now)
        if by.account != petition.by:
            await self.work.outbox.put(_row(petition.by, petition), now=now)
        return ended

    async def _note(self, deed: Deed, petition: Petition, by: Actor, now: datetime) -> None:
        await _write(self.work, deed, petition, by, now)

    async def _hearers(self, petition: Petition) -> list[int]:
        district = self.desk.district.tree.district.code
        officers = await self.work.people.officers_of(district)
        heard = {one.account for one in officers if one.post is Post.AUDITOR}
        if petition.asked is not Asked.ERASE:
            heard |= set(self.administrators)
        return sorted(heard - {petition.by})


def _file(petition: Petition, now: datetime) -> Errand:
    """The file that was agreed to, to be made and sent to whoever asked."""
    facts = {**wish_of(dict(petition.facts)).facts(), "name": petition.by_name}
    chat, message = int(petition.facts["chat"]), int(petition.facts["message"])
    return Errand(ErrandKind.EXPORT, petition.by, chat, message, now, facts)


async def lapse_petitions(work: Work, now: datetime) -> int:
    """End what nobody decided in time, and tell whoever asked; how many."""
    late = [one for one in await work.petitions.waiting() if one.due <= now]
    for petition in late:
        if await work.petitions.settle(_ended(petition, Fate.LAPSED, now, "")):
            await _write(work, Deed.PETITION_LAPSED, petition, SYSTEM, now)
            await work.outbox.put(_row(petition.by, petition), now=now)
    return len(late)


def _ended(petition: Petition, fate: Fate, now: datetime, name: str) -> Petition:
    """Settled, and without the sheet it was about: a version holds that."""
    facts = {key: value for key, value in petition.facts.items() if key != "text"}
    return replace(petition, fate=fate, settled_at=now, settled_by=name, facts=facts)


async def _write(work: Work, deed: Deed, petition: Petition, by: Actor, now: datetime) -> None:
    facts = {"petition": petition.id, "asked": petition.asked.value}
    await work.acts.add(act_of(deed, petition.subject, by=by, now=now, facts=facts))


def _row(account: int, petition: Petition, *, of_you: bool = False) -> Outgoing:
    payload = {"petition": petition.id, **({"of_you": True} if of_you else {})}
    return Outgoing(account, Kind.PETITION, payload)


def _since(petition: Petition, now: datetime) -> datetime | None:
    """From when on a sheet is to count; None for at once, and for what is past by now."""
    said = petition.facts.get("since")
    since = datetime.fromisoformat(said) if said else None
    return since if since and since > now else None


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]

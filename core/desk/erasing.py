"""A person's data is theirs: seen, put right, taken along, and forgotten at once (row 43, S12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.acts import Deed
from core.call import ERASED, Call, NameShown
from core.desk.enrolling import Enrolling
from core.desk.withdrawing import Withdrawing
from core.erasing import Erasure, Kept
from core.failpoints import failpoint
from core.journal import Entry
from core.lifecycle import UNSETTLED, Action
from core.outgoing import Kind, Outgoing, Policy
from core.people import SYSTEM, Actor, Resident
from core.posting import Purpose
from core.withdrawing import needs_a_look

EVERY = 100_000
LONGEST_NAME = 32


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many calls are empty now, and the numbers of those that go on without a name."""

    calls: int
    waiting: tuple[str, ...]


class Erasing(Enrolling, Withdrawing):
    """Only whoever asks for themselves; what the district owes others goes on without them.

    What is written down of it names nobody: acts stand for ever.
    """

    async def kept_of(self, account: int) -> Kept:
        """What is kept of this person, in figures."""
        calls = await self.work.calls.of_caller(account, EVERY)
        return Kept(
            calls=len(calls),
            open=sum(call.closed_at is None for call in calls),
            supported=len(await self.work.supporters.of_account(account, EVERY)),
            rows=await self.work.erasing.kept(account),
        )

    async def correct_name(self, name: str, *, by: Actor, now: datetime) -> Resident:
        """Called so from now on, in open calls too; the messenger's name counts no more."""
        known = await self.met(account=by.account or 0, name=by.name)
        called = replace(known, name=name[:LONGEST_NAME], called=name[:LONGEST_NAME])
        await self.work.people.save_resident(called)
        for call in await self.work.calls.open_of_caller(known.account):
            await self.work.calls.save(replace(call, caller_name=called.name))
            await self._refresh(call, now)
        await self._note(Deed.CORRECTED, "", by=SYSTEM, now=now, what="name")
        return called

    async def correct_phone(self, phone: str, *, by: Actor, now: datetime) -> int:
        """Their number from now on, in open calls too; empty takes it out. How many calls.

        A call raised without a name keeps none: a number says whose it is.
        """
        known = await self.met(account=by.account or 0, name=by.name)
        await self.work.people.save_resident(replace(known, phone=phone))
        calls = [
            call
            for call in await self.work.calls.open_of_caller(known.account)
            if call.name_shown is not NameShown.ANONYMOUS
        ]
        for call in calls:
            await self.work.calls.save(replace(call, phone=phone))
            await self._refresh(call, now)
        await self._note(Deed.CORRECTED, "", by=SYSTEM, now=now, what="phone")
        return len(calls)

    async def hand_out(self, *, by: Actor, now: datetime) -> None:
        """Owe this person a file with everything that is kept of them."""
        row = Outgoing(by.account or 0, Kind.EXPORT, policy=Policy.AT_LEAST_ONCE)
        await self.work.outbox.put(row, now=now)
        await self._note(Deed.DATA_GIVEN, "", by=SYSTEM, now=now)

    async def going_on(self, account: int) -> tuple[tuple[Call, ...], tuple[Call, ...]]:
        """Open calls: those an erasure would withdraw, and those that would go on unnamed."""
        withdrawn: list[Call] = []
        going_on: list[Call] = []
        for call in await self.work.calls.open_of_caller(account):
            main = await self._main(call)
            ends = main.status in UNSETTLED and not needs_a_look(call) and not call.supporters
            (withdrawn if ends else going_on).append(call)
        return tuple(withdrawn), tuple(going_on)

    async def erase_own(self, *, by: Actor, now: datetime) -> Forgotten:
        """Forget everything about whoever asks; only numbers, items and dates stay.

        An open call is withdrawn first. One where somebody may be in danger, that others stand by,
        or that is answered already goes on: it is nobody's at once, and empty once it is closed.
        """
        account = by.account or 0
        ends, waits = await self.going_on(account)
        for call in ends:
            await self.withdraw(call.id, by=by, now=now)
        for call in waits:
            await self.work.erasing.disown(call.id)
            await self._refresh(call, now)
        over = [call for call in await self.work.calls.of_caller(account, EVERY) if call.closed_at]
        for call in over:
            await self._empty(call, account, now)
        await self._unsay(account, _ids(over), _ids(waits), now)
        failpoint("P18")
        await self.work.erasing.forget(account)
        erased = Erasure(account, now, _ids(over), _ids(waits))
        await self.work.erasing.note(erased)
        facts = {"calls": len(over), "waiting": len(waits)}
        await self._note(Deed.ERASED, "", by=SYSTEM, now=now, **facts)
        return Forgotten(len(over), tuple(call.number for call in waits))

    async def finish_erasures(self, *, now: datetime) -> int:
        """Empty the calls that waited and are closed by now; how many."""
        done = 0
        for erasure in await self.work.erasing.unfinished():
            calls = [await self.work.calls.get(one) for one in erasure.waiting]
            over = [call for call in calls if call.closed_at]
            for call in over:
                await self._empty(call, erasure.account, now)
            if over:
                # Nobody's own words: whoever came back since said those after the erasure.
                await self._unsay(ERASED, _ids(over), (), now)
                left = tuple(one for one in erasure.waiting if one not in _ids(over))
                calls_done = (*erasure.calls, *_ids(over))
                await self.work.erasing.note(replace(erasure, calls=calls_done, waiting=left))
            done += len(over)
        return done

    async def _empty(self, call: Call, account: int, now: datetime) -> None:
        """The call without a word; what its groups were shown of it is taken back."""
        legs = await self.work.legs.of_call(call.id)
        gone = await self.work.erasing.strip(call.id, account)
        await self._write_down(call, gone, now)
        for leg in legs:
            for posting in await self.work.postings.of_leg(leg.id):
                if posting.purpose is not Purpose.CARD and posting.chat < 0:
                    await self.work.outbox.put(
                        stubbed(posting.chat, posting.message, leg.id), now=now
                    )
        await self._refresh(call, now)

    async def _unsay(
        self, account: int, emptied: Sequence[int], but: Sequence[int], now: datetime
    ) -> None:
        """What they said on others' calls goes, there and in the groups that were told it."""
        gone = await self.work.erasing.unsay(account, emptied=emptied, but=but)
        for call_id in sorted({one.call for one in gone}):
            call = await self.work.calls.get(call_id)
            here = [one for one in gone if one.call == call_id]
            await self._write_down(call, [one.entry for one in here], now)
            for one in here:
                for chat, message in one.shown:
                    await self.work.outbox.put(stubbed(chat, message, one.leg), now=now)
            await self._refresh(call, now)

    async def _write_down(self, call: Call, gone: Sequence[int], now: datetime) -> None:
        """Which entries are empty from now on (row 43): the chain is proved with it."""
        main = await self._main(call)
        await self.work.journal.add(
            Entry(
                id=0,
                call_id=call.id,
                leg_id=main.id,
                action=Action.ERASE,
                at=now,
                actor=SYSTEM.account,
                before=main.status,
                after=main.status,
                facts={"entries": list(gone)},
            )
        )

    async def _refresh(self, call: Call, now: datetime) -> None:
        for leg in await self.work.legs.of_call(call.id):
            await self._show(leg, now)


def stubbed(chat: int, message: int, leg: int) -> Outgoing:
    """What a message in a group said of a leg gives way to a sentence."""
    return Outgoing(
        lane=chat,
        kind=Kind.STUB,
        payload={"leg": leg, "message": message},
        policy=Policy.LATEST,
    )


def _ids(calls: Sequence[Call]) -> tuple[int, ...]:
    return tuple(call.id for call in calls)

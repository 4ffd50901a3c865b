"""Handles what the inbox holds: many lanes at a time, one transaction, nobody spoken to inside."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

import structlog
from aiogram import Bot, Dispatcher
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.methods import TelegramMethod
from aiogram.types import Update
from aiogram.types.update import UpdateTypeLookupError

from bot.bell import Bell, Ringing
from bot.delivery.speech import Fleeting
from bot.intake.recording import RecordingSession
from bot.intake.sorting import without_our_buttons
from bot.last_words import frames
from bot.patience import pause
from bot.tally import Tally
from bot.wire_json import loads
from core.errors import InEachOthersWay, LegMoved, RaisedAlready, StoreLost
from core.failpoints import failpoint
from core.incoming import InboxRow
from core.ports import Units, Work

DONE, IGNORED = "done", "ignored"
AT_ONCE = 64
LONGEST = 5.0
LONG_ENOUGH = 0.025  # nothing is kept or sent meanwhile: who comes in goes before who waits
LOOK = 1.0
AT_ONCE_AGAIN = 2
AHEAD = 16  # whose people are read together; more than are handled in a while would be for nothing
NOBODYS_FAULT = (InEachOthersWay, StoreLost)
log = structlog.get_logger(__name__)


class Undecodable(Exception):
    """An update that does not have the shape of its kind."""


class Worker:
    """Takes the heads of the lanes, handles each in its own savepoint, commits once (I4, I7).

    ``dispatcher`` gets ``work``, ``now`` and ``record`` beside its own workflow data. What it
    raises is a true failure: the update is tried again later and buried after the fifth time.
    """

    def __init__(
        self,
        *,
        units: Units,
        dispatcher: Dispatcher,
        bot: Bot,
        session: RecordingSession,
        clock: Callable[[], datetime],
        bell: Bell,
        owed: Ringing,
        answer: Callable[[Sequence[Fleeting]], None],
        tally: Tally | None = None,
    ) -> None:
        self._units = units
        self._dispatcher = dispatcher
        self._bot = bot
        self._session = session
        self._clock = clock
        self._bell = bell
        self._owed = owed
        self._answer = answer
        self._tally = tally or Tally()
        self._limit = AT_ONCE
        self._in_hand: InboxRow | None = None
        self._fate = DONE
        self._stopping = False

    def stop(self) -> None:
        """Finish the batch in hand and return from ``run``."""
        self._stopping = True
        self._bell.ring()

    async def run(self) -> None:
        """Handle until stopped; a store out of order is waited for."""
        failures = 0
        while not self._stopping:
            try:
                handled = await self.batch()
                failures = 0
            except InEachOthersWay:
                log.info("batch_gave_way")
                continue
            except Exception as error:
                failures += 1
                log.error("batch_failed", error=type(error).__name__, in_a_row=failures)
                await self._bell.heard(pause(failures))
                continue
            if not handled:
                await self._bell.heard(LOOK)

    async def batch(self) -> int:
        """One transaction over the heads of all lanes; how many updates had their turn.

        When a whole batch cannot be committed, the next ones are of one update each: the one
        that breaks the transaction itself is found and counted as failed (I3).
        """
        self._tally.beat("worker")
        try:
            done = await self._commit(self._limit)
        except Exception as error:
            blamed = not isinstance(error, NOBODYS_FAULT)
            if blamed and self._limit == 1 and self._in_hand:
                await self._blame(self._in_hand, error)
            self._limit = 1
            raise
        self._limit = AT_ONCE if not done else min(self._limit * 2, AT_ONCE)
        return done

    async def _commit(self, limit: int) -> int:
        self._in_hand = None
        settled: dict[str, list[InboxRow]] = {DONE: [], IGNORED: []}
        fleeting: list[Fleeting] = []
        async with self._units.begin() as work:
            rows = await work.inbox.ready(now=self._clock(), limit=limit, busy=())
            if rows:
                failpoint("P5")
            began, done = self._tally.seconds(), 0
            for row in rows:
                if done % AHEAD == 0:
                    await work.meet(_people(rows[done : done + AHEAD]))
                self._in_hand = row
                started = self._tally.seconds()
                fleeting += await self._turn(row, work)
                if self._fate in settled:
                    settled[self._fate].append(row)
                self._tally.handled_one(self._fate, started)
                failpoint("P6")
                done += 1
                if self._tally.seconds() - began >= LONG_ENOUGH:
                    break
            await work.inbox.done(*settled[DONE])
            await work.inbox.done(*settled[IGNORED], ignored=True)
        if done:
            failpoint("P7")
            self._owed.ring()
            self._answer(fleeting)
        return done

    async def _turn(self, row: InboxRow, work: Work) -> Sequence[Fleeting]:
        now, self._fate = self._clock(), DONE
        try:
            update = decoded(row, self._bot)
        except Undecodable:
            self._fate = "dead"
            log.error("update_undecodable", kind=row.kind, update=row.update_id)
            await work.inbox.bury(row, error=Undecodable.__name__)
            return ()
        if update is None:
            self._fate = IGNORED
            log.warning("update_unknown", update=row.update_id)
            return ()
        try:
            return await self._tried(update, row, work, now)
        except NOBODYS_FAULT:
            raise
        except Exception as error:
            await self._failed(row, error, work, now)
            return ()

    async def _tried(
        self, update: Update, row: InboxRow, work: Work, now: datetime
    ) -> Sequence[Fleeting]:
        """At once again where somebody else was first: the next look sees what he did."""
        for _ in range(AT_ONCE_AGAIN):
            with suppress(LegMoved, RaisedAlready):
                async with asyncio.timeout(LONGEST), work.savepoint():
                    return await self._handle(update, row, work, now)
        async with asyncio.timeout(LONGEST), work.savepoint():
            return await self._handle(update, row, work, now)

    async def _handle(
        self, update: Update, row: InboxRow, work: Work, now: datetime
    ) -> Sequence[Fleeting]:
        record = self._session.open()
        returned: Any = await self._dispatcher.feed_update(
            self._bot, update, work=work, now=now, record=record
        )
        if isinstance(returned, TelegramMethod):
            record.keep(returned)
        if record.rows:
            await work.outbox.put(*record.rows, now=now)
        if returned is UNHANDLED:
            self._fate = IGNORED
        return record.fleeting

    async def _failed(self, row: InboxRow, error: Exception, work: Work, now: datetime) -> None:
        name = type(error).__name__
        dead = await work.inbox.failed(row, error=name, now=now)
        self._fate = "dead" if dead else "failed"
        where = frames(error)
        log.error("update_failed", kind=row.kind, error=name, dead=dead, where=where)

    async def _blame(self, row: InboxRow, error: Exception) -> None:
        async with self._units.begin() as work:
            await self._failed(row, error, work, self._clock())


def _people(rows: Sequence[InboxRow]) -> Sequence[int]:
    """Who speaks in private: the lane of a private chat is the account of its person."""
    return [row.lane for row in rows if row.lane > 0]


def decoded(row: InboxRow, bot: Bot) -> Update | None:
    """The update as aiogram knows it; None for a kind it has no name for.

    ``Undecodable`` for what it cannot read, without a word of what that was.
    """
    try:
        raw = without_our_buttons(loads(row.body))
        update = Update.model_validate(raw, context={"bot": bot})
        return update if update.event_type else None
    except UpdateTypeLookupError:
        return None
    except ValueError:
        raise Undecodable from None

"""Delivers the outbox: one message at a time in a chat, a few chats at once, commits shared."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.bell import Bell
from bot.delivery.badge import Badge
from bot.delivery.courtesy import Courtesy
from bot.delivery.crowd import AT_ONCE, MANY, Crowd
from bot.delivery.pacing import AHEAD, Pacing
from bot.delivery.settling import (
    Consequences,
    Said,
    astray,
    follow,
    follows,
    otherwise,
    settled,
    unrendered,
)
from bot.delivery.speech import Speech, ready_made
from bot.delivery.verdicts import Finding, Verdict, verdict
from bot.patience import pause
from core.failpoints import failpoint
from core.outgoing import Kind, OutboxRow, Settled, State
from core.pace import EVERYBODY
from core.ports import Units, Work
from core.records import replace

LOOK = 1.0
TOGETHER = 0.016
"""Seconds from one round to the next at most, where both could share one."""
FEW = 2
"""So many under way make it worth waiting for what the others bring."""
SHARING = AT_ONCE - FEW
"""So many answers are enough for one round."""
QUIET = frozenset({Finding.SENT, Finding.SAME})
Render = Callable[[OutboxRow, Work], Awaitable[Speech | None]]
log = structlog.get_logger(__name__)


class Speaking(Protocol):
    """What can say a speech."""

    async def say(self, speech: Speech) -> tuple[int, ...]:
        """The ids of the messages that came of it; raises the library's errors."""


class Courier:
    """Claims heads of lanes, sends them, settles them; safe to kill anywhere (I8, I9, I10).

    ``render`` puts card and notice rows into words at delivery, None when nothing is left
    to say.
    """

    def __init__(
        self,
        *,
        units: Units,
        voice: Speaking,
        render: Render,
        consequences: Consequences,
        pacing: Pacing,
        clock: Callable[[], datetime],
        seconds: Callable[[], float],
        bell: Bell,
    ) -> None:
        self._units = units
        self._voice = voice
        self._render = render
        self._consequences = consequences
        self._pacing = pacing
        self._clock = clock
        self._seconds = seconds
        self._began = clock().timestamp() - seconds()
        self._bell = bell
        self._said: list[Said] = []
        self._crowd, self._courtesy = Crowd(self._moment()), Courtesy()
        self._badge = Badge(units=units, clock=clock, seconds=seconds)
        self._stopping = False
        self.token_refused = False

    def stop(self) -> None:
        """Claim nothing more, settle what is in hand, return from ``run``."""
        self._stopping = True
        self._bell.ring()

    async def run(self) -> None:
        """Deliver until stopped; a store out of order is waited for."""
        failures = 0
        async with asyncio.TaskGroup() as sends:
            while not self._stopping or self._crowd or self._said:
                began = self._seconds()
                try:
                    await self._badge.keep()
                    for row, speech in await self._round():
                        sends.create_task(self._send(row, speech))
                    failures = 0
                except Exception as error:
                    failures += 1
                    self._badge.anew()  # who knows what was claimed
                    log.error("round_failed", error=type(error).__name__, in_a_row=failures)
                await self._bell.heard(pause(failures) if failures else self._patience())
                await self._several(began)
        await self._badge.hand_in()

    async def _several(self, began: float) -> None:
        """While much is under way, some answers share a round: each of its own costs as much."""
        while len(self._crowd.lanes) - len(self._said) >= FEW and len(self._said) < SHARING:
            if (early := began + TOGETHER - self._seconds()) <= 0:
                return
            await self._bell.heard(early)

    async def _round(self) -> Sequence[tuple[OutboxRow, Speech]]:
        """One transaction: settle what was said, claim what comes next."""
        said = tuple(self._said)
        heard = {one.row.lane for one in said}
        for lane in heard:
            self._crowd.leave(lane)
        async with self._units.begin() as work:
            await self._recall({EVERYBODY, *heard}, work)
            await self._settle(said, work)
            claimed = await self._claim(heard, work)
            await self._remember(heard | {row.lane for row, _ in claimed}, work)
        if said:
            failpoint("P10")
        del self._said[: len(said)]
        for row, _ in claimed:
            self._crowd.enter(row.lane, max(self._moment(), self._pacing.turn(row.lane)))
        return claimed

    async def _settle(self, said: Sequence[Said], work: Work) -> None:
        now = self._clock()
        for one in said:
            self._pacing.landed(one.row.lane)
            if follows(one):
                await self._follow(one, work)
        if said:
            ends = (replace(settled(one, now=now), owner=one.row.owner) for one in said)
            await work.outbox.settle(*ends, now=now)

    async def _follow(self, said: Said, work: Work) -> None:
        try:
            async with work.savepoint():
                await follow(said, work, self._consequences)
        except Exception as error:
            log.error("not_followed", error=type(error).__name__, row=said.row.id)

    async def _claim(
        self, recalled: AbstractSet[int], work: Work
    ) -> Sequence[tuple[OutboxRow, Speech]]:
        rows = await self._heads(work) if self._may_claim else ()
        await self._recall({row.lane for row in rows} - recalled, work)
        claimed = [(row, await self._speech(row, work)) for row in rows]
        said = [(row, speech) for row, speech in claimed if speech is not None]
        if len(said) < len(rows):
            self._bell.ring()  # somebody else may have the place
        return said

    @property
    def _may_claim(self) -> bool:
        return not (self._stopping or self.token_refused) and self._badge.good

    async def _heads(self, work: Work) -> Sequence[OutboxRow]:
        """As many as may be said now, in good time before their turn."""
        moment, now = self._moment(), self._clock()
        if (allowed := self._pacing.room(moment)) <= 0:
            return ()
        busy = {*self._crowd.lanes, *self._pacing.closed(moment)}
        waiting = await work.outbox.waiting(now=now, busy=busy, most=MANY)
        limit = min(self._crowd.room(moment, waiting), waiting, allowed)
        if limit <= 0:
            return ()
        owner, waited = self._badge.owner, self._courtesy.asks(now)
        rows = await work.outbox.claim(now=now, limit=limit, busy=busy, owner=owner, waited=waited)
        self._courtesy.claimed(len(rows))
        return rows

    async def _recall(self, lanes: Collection[int], work: Work) -> None:
        """What other couriers said, and this one before it was started.

        Everybody's row is locked first of all, or couriers would wait in a circle.
        """
        if lanes and self._pacing.limited:
            self._pacing.recall(await work.paces.of(lanes), self._moment())

    async def _remember(self, lanes: Collection[int], work: Work) -> None:
        if lanes and self._pacing.limited:
            await work.paces.keep(self._pacing.memory(lanes))

    def _moment(self) -> float:
        """Seconds since 1970 that nobody sets back while we run."""
        return self._began + self._seconds()

    async def _speech(self, row: OutboxRow, work: Work) -> Speech | None:
        """What to say for this row now; None when it has been settled otherwise."""
        now = self._clock()
        try:
            speech = await self._words(row, work)
        except Exception as error:
            log.error("not_rendered", kind=row.kind, error=type(error).__name__, row=row.id)
            end = unrendered(row, error, now=now)
            await work.outbox.settle(replace(end, owner=row.owner), now=now)
            return None
        if speech is None:
            end = Settled(row.id, State.SUPERSEDED, owner=row.owner)
            await work.outbox.settle(end, now=now)
            return None
        moment = self._moment()
        opens = max(moment, self._pacing.opens(row.lane, speech.weight))
        if (early := opens - moment - AHEAD) > 0:
            later = now + timedelta(seconds=early)
            end = Settled(row.id, State.READY, not_before=later, owner=row.owner)
            await work.outbox.settle(end, now=now)
            return None
        self._pacing.take(row.lane, opens, speech.weight)
        return speech.to(row.lane)

    async def _words(self, row: OutboxRow, work: Work) -> Speech | None:
        if row.kind is Kind.SAY:
            return ready_made(row.payload)
        async with work.savepoint():
            return await self._render(row, work)

    async def _send(self, row: OutboxRow, speech: Speech) -> None:
        if (early := self._pacing.turn(row.lane) - self._moment()) > 0:
            await asyncio.sleep(early)
        said = await self._attempt(row, speech)
        while again := otherwise(said):
            second = await self._attempt(row, again)
            said = replace(second, astray=astray(said))
        self._heed(said)
        self._said.append(said)
        self._bell.ring()

    async def _attempt(self, row: OutboxRow, speech: Speech) -> Said:
        if not self._badge.vouches(row):
            return Said(row, speech, Verdict(Finding.DROPPED))
        failpoint("P8")
        try:
            messages = await self._voice.say(speech)
        except Exception as error:
            return Said(row, speech, verdict(error))
        failpoint("P9")
        return Said(row, speech, Verdict(Finding.SENT), messages)

    def _heed(self, said: Said) -> None:
        """What this answer means for the messages after it."""
        found, row = said.verdict, said.row
        self._pacing.answered(row.lane, self._moment())
        if found.finding not in QUIET:
            log.warning("not_sent", found=found.finding, method=said.speech.method, row=row.id)
        match found.finding:
            case Finding.FLOODED:
                self._pacing.flooded(row.lane, self._moment(), found.pause)
            case Finding.TOKEN_REFUSED:
                self.token_refused = True
                log.error("token_refused")

    def _patience(self) -> float:
        """Seconds until something may be possible that is not now."""
        if self._said:
            return 0.0
        now = self._moment()
        wakes = (*self._pacing.wakes(now), *self._crowd.wakes(now))
        return min([LOOK, *(max(moment - now, 0.0) for moment in wakes)])

"""The road: intake, worker, courier and the minute, started together and ended together."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Protocol

import structlog
from aiogram import Bot
from aiogram.types import User

from bot.bell import Ringing
from bot.delivery.answers import Answers
from bot.delivery.counted import Counted
from bot.delivery.courier import Courier
from bot.delivery.pacing import Limits, Pacing
from bot.delivery.speech import Fleeting
from bot.delivery.voice import Voice
from bot.intake.recording import RecordingSession
from bot.intake.worker import Worker
from bot.leading import Duty, Leading
from bot.neighbourhood import Bells
from bot.parts import Ground, Parts
from bot.schedule import Schedule, Tick
from bot.tally import Tally
from bot.tenure import Tenure, somebody
from core.leases import LEADER, LEADS

GRACE = 10.0
log = structlog.get_logger(__name__)


class Part(Protocol):
    """Something that runs until it is told to stop."""

    def stop(self) -> None:
        """Finish what is in hand."""

    async def run(self) -> None:
        """Run until stopped."""


@dataclass(slots=True)
class Road:
    """Everything that runs between two updates of the same database."""

    worker: Worker
    courier: Courier
    answers: Answers
    schedule: Schedule
    tenure: Tenure
    tally: Tally

    async def run(self, *beside: Duty, leads: Sequence[Duty], stop: asyncio.Event) -> None:
        """Run until ``stop``; then take nothing new and finish what is in hand within 10 s (D7).

        ``leads`` and the minute run where we are the leader, ``beside`` in any case; both are
        cancelled at once: an update is kept before it is confirmed. What anybody raises ends
        everybody, as an exception group.
        """
        loop = asyncio.get_running_loop()
        leading = Leading(self.tenure, (*leads, self._minute))
        try:
            async with asyncio.timeout(None) as grace, asyncio.TaskGroup() as house:
                taking = [house.create_task(_coroutine(each)) for each in beside]
                parts: tuple[Part, ...] = self.worker, self.answers, self.courier, leading
                running = [house.create_task(part.run()) for part in parts]
                await stop.wait()
                grace.reschedule(loop.time() + GRACE)
                leading.stop()
                for task in taking:
                    task.cancel()
                for part, task in zip(parts, running, strict=True):
                    part.stop()
                    await asyncio.wait([task])
        except TimeoutError:
            log.warning("stopped_in_the_middle", seconds=GRACE)

    async def _minute(self) -> None:
        try:
            await self.schedule.run()
        finally:
            self.tally.leave("minute")


async def _coroutine(each: Duty) -> None:
    await each()


def built(
    ground: Ground,
    parts: Parts,
    *,
    token: str,
    voice: Voice,
    limits: Limits,
    bells: Bells,
    tally: Tally,
) -> Road:
    """The road over this ground; the intake rings ``bells.arriving``."""
    answers = Answers(voice)
    answers.put([Fleeting("setMyCommands", params) for params in parts.commands])
    session = RecordingSession(User.model_validate(dict(ground.me)))
    worker = Worker(
        units=ground.units,
        dispatcher=parts.dispatcher,
        bot=Bot(token, session=session),
        session=session,
        clock=ground.clock,
        bell=bells.arrived,
        owed=bells.owing,
        answer=answers.put,
        tally=tally,
    )
    courier = Courier(
        units=ground.units,
        voice=Counted(voice, tally),
        render=parts.render,
        consequences=parts.consequences,
        pacing=Pacing(limits),
        clock=ground.clock,
        seconds=tally.seconds,
        bell=bells.owed,
    )
    tick, minute = _ringing(parts.tick, bells.owing, tally), partial(tally.beat, "minute")
    schedule = Schedule(tick=tick, clock=ground.clock, beat=minute)
    tenure = Tenure(
        units=ground.units, name=LEADER, owner=somebody(), seconds=tally.seconds, term=LEADS
    )
    return Road(worker, courier, answers, schedule, tenure, tally)


def _ringing(tick: Tick, owed: Ringing, tally: Tally) -> Tick:
    async def tick_and_ring(now: datetime) -> bool:
        started = tally.seconds()
        more = await tick(now)
        tally.ticked(now.timestamp(), started)
        owed.ring()
        return more

    return tick_and_ring

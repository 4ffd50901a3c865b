"""The watch lets time pass: what is due takes the same road as everything else."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from core.call import Call
from core.clockwork import asked_at, next_due, rating_end, warnings
from core.desk import Desk
from core.district import District
from core.errors import InEachOthersWay, StoreLost
from core.failpoints import failpoint
from core.gathering import Gathering
from core.ladder import Ladder
from core.leg import Leg
from core.lifecycle import Status
from core.limits import Clock, Unit
from core.morning import show_boards
from core.nudging import Stage, reached, standing_at
from core.ports import Units, Work
from core.pressing import PressReason, press_due
from core.records import replace
from core.retiring import retire
from core.ringing import PROMISED
from core.seconding import lapse_petitions
from core.warmth import word_due
from core.worktime import NATURAL, WorkCalendar

BATCH = 100  # a transaction of this many holds others up for a twentieth of a second
SET_ASIDE = timedelta(minutes=5)
AT_LEAST = timedelta(minutes=1)
LONG_AGO = datetime.min.replace(tzinfo=UTC)
# A draft is kept by the wall clock, so that a sheet in working units never forgets one early.
WORKING = {Unit.WORKING_HOURS: timedelta(hours=4), Unit.WORKING_DAYS: timedelta(days=2)}
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Watch:
    """Ticks are idempotent: a second one, or a second process, finds nothing left to do (I13)."""

    units: Units
    district: District

    async def catch_up(self, now: datetime, gathering: Gathering | None = None) -> int:
        """Ticks, until nothing is due at ``now`` any more; how many legs were looked at."""
        gathered, done = gathering or self.gathering(now), 0
        while (looked := await self.tick(now, gathered)) >= BATCH:
            done += looked
        return done + looked

    def gathering(self, now: datetime) -> Gathering:
        """For the reminders of ticks that follow on one another."""
        return Gathering(now, self.district.ladder.digest)

    async def tick(self, now: datetime, gathering: Gathering) -> int:
        """Do what is due at ``now``, of ``BATCH`` legs at most (D4); how many were looked at.

        As long as there are so many, boards and the house wait for the next tick.
        """
        async with self.units.begin() as work:
            legs = await work.legs.due(now, BATCH)
            desk = Desk(work, self.district)
            desk.gathering = gathering
            if not await self._together(work, desk, legs, now):
                for leg in legs:
                    await self._in_turn(work, desk, leg, now)
            await work.outbox.put(*gathering.owed(), now=now)
            if legs:
                failpoint("P11")
        if legs:
            failpoint("P12")
        if len(legs) < BATCH:
            await show_boards(self.units, self.district, now=now)
            await self._keep_house(now)
            await retire(self.units, self.district, now=now)
        return len(legs)

    async def _together(self, work: Work, desk: Desk, legs: Sequence[Leg], now: datetime) -> bool:
        """All legs of a batch in one breath; False, and nothing done, if one cannot be moved."""
        try:
            await work.foresee(legs)
            async with work.savepoint():
                for leg in legs:
                    await self._pass_time(work, desk, leg, now)
        except (InEachOthersWay, StoreLost):
            raise  # nobody's fault: all of it is due again next minute
        except Exception:
            if desk.gathering:
                desk.gathering.forget(0)
            return False
        return True

    async def _in_turn(self, work: Work, desk: Desk, leg: Leg, now: datetime) -> None:
        """One leg that cannot be moved delays no other: it is looked at again a little later."""
        gathered = len(desk.gathering.reminders) if desk.gathering else 0
        try:
            async with work.savepoint():
                await self._pass_time(work, desk, leg, now)
        except (InEachOthersWay, StoreLost):
            raise  # nobody's fault: all of it is due again next minute
        except Exception as error:
            if desk.gathering:
                desk.gathering.forget(gathered)
            log.error("leg %s could not be moved: %s", leg.id, type(error).__name__)
            fresh = await work.legs.get(leg.id)
            await work.legs.save(replace(fresh, next_due=now + SET_ASIDE))

    async def _pass_time(self, work: Work, desk: Desk, seen: Leg, now: datetime) -> None:
        """What is due of this leg, unless another watch was first: only the locked leg knows."""
        leg = await work.legs.get(seen.id)
        if leg.next_due is None or leg.next_due > now:
            return
        if leg.proposal and leg.proposal.due <= now:
            await desk.lapse_proposal(leg.id, now=now)
        elif leg.status is Status.CLOSED:
            await desk.look_back(leg.id, now=now)
        elif leg.status is Status.VERIFYING:
            await self._await_verifier(desk, leg, now)
        elif leg.status is Status.ON_HOLD:
            await self._pass_hold(work, desk, leg, now)
        elif leg.status is Status.RESOLVED:
            await self._await_rating(work, desk, leg, now)
        elif leg.status is Status.TRIAGE:
            await desk.dispatch_late(leg.id, now=now)
        elif leg.status is Status.NEED_INFO:
            await self._await_answer(desk, leg, now)
        elif leg.status is Status.RETURN_REVIEW and leg.review_due and leg.review_due <= now:
            await desk.deem_declined(leg.id, now=now)
        else:
            await self._nudge(work, desk, leg, now)

    async def _pass_hold(self, work: Work, desk: Desk, leg: Leg, now: datetime) -> None:
        if await desk.pass_hold(leg.id, now=now):
            return
        call = await work.calls.get(leg.call_id)
        told = leg.nudged.at if leg.nudged else LONG_AGO
        ahead = warnings(leg, call.urgency, self.district)
        near = [step for at, step in ahead if told < at <= now]
        if not near:
            await self._speak_to_caller(work, desk, leg, call, now)
            return
        facts = {"clock": Clock.MILESTONE.value, "stage": Stage.NEAR.value}
        step = {"title": near[-1].title, "due": near[-1].due.isoformat()}
        await desk.nudge(leg, facts=facts | step, now=now)

    async def _await_verifier(self, desk: Desk, leg: Leg, now: datetime) -> None:
        if leg.verify_due is None or now >= leg.verify_due:
            await desk.pass_unseen(leg.id, now=now)
        else:
            await desk.remind_verifier(leg.id, now=now)

    async def _await_rating(self, work: Work, desk: Desk, leg: Leg, now: datetime) -> None:
        end = self._rating_end(leg)
        if end is not None and now >= end:
            await desk.lapse(leg.id, now=now)
        else:
            await desk.remind(leg.id, now=now)

    async def _await_answer(self, desk: Desk, leg: Leg, now: datetime) -> None:
        """Remind, and in the end close what was not admitted yet; what was goes on (13, 23)."""
        if leg.info_due is None or now < leg.info_due:
            await desk.remind_info(leg.id, now=now)
        elif leg.paused_from is Status.TRIAGE and leg.phone_from is None:
            await desk.no_reply(leg.id, now=now)
        else:
            await desk.go_on(leg.id, now=now)

    def _rating_end(self, leg: Leg) -> datetime | None:
        asked = asked_at(leg)
        return rating_end(asked, self.district) if asked else None

    async def _nudge(self, work: Work, desk: Desk, leg: Leg, now: datetime) -> None:
        call = await work.calls.get(leg.call_id)
        pressed = press_due(leg, call.urgency, self.district, before=now)
        if pressed and pressed <= now:
            await desk.press(leg.id, PressReason.LATE, now=now)
            return
        calendar, ladder = self._measures(leg)
        rung = reached(leg, call.urgency, calendar, ladder, now=now)
        if rung is not None:
            climbed = await desk.climb(leg, call, rung, now=now)
            if climbed.sorry_due and climbed.sorry_due <= now:
                await desk.apologise(climbed, call, now=now)
        else:
            await self._speak_to_caller(work, desk, leg, call, now)

    async def _speak_to_caller(
        self, work: Work, desk: Desk, leg: Leg, call: Call, now: datetime
    ) -> None:
        """Sorry where a promise is still broken, else that it goes on, else nothing."""
        word = word_due(leg, call.urgency, self.district)
        if leg.sorry_due and leg.sorry_due <= now and self._breaks_a_promise(leg, call, now):
            await desk.apologise(leg, call, now=now)
        elif word and word <= now:
            await desk.keep_warm(leg.id, now=now)
        else:
            spared = leg.sorry_due and leg.sorry_due <= now
            await self._look_again(
                work, replace(leg, sorry_due=None) if spared else leg, call, now
            )

    def _breaks_a_promise(self, leg: Leg, call: Call, now: datetime) -> bool:
        calendar, ladder = self._measures(leg)
        rung = standing_at(leg, call.urgency, calendar, ladder, now=now)
        return rung is not None and rung.stage is Stage.RED and rung.clock in PROMISED

    def _measures(self, leg: Leg) -> tuple[WorkCalendar, Ladder]:
        return self.district.calendar_of(leg.agency), self.district.ladder_of(leg.agency)

    async def _look_again(self, work: Work, leg: Leg, call: Call, now: datetime) -> None:
        """Later, whatever the clocks say: what is looked at twice a tick would end no tick."""
        due = next_due(leg, call.urgency, self.district, after=now)
        later = max(due, now + AT_LEAST) if due else None
        await work.legs.save(replace(leg, next_due=later))

    async def _keep_house(self, now: datetime) -> None:
        """Drafts nobody sent, and petitions nobody decided, end.

        Calls that went on without a name lose their words once they are closed.
        """
        span = self.district.limits.step("draft")
        kept = span.amount * (NATURAL.get(span.unit) or WORKING[span.unit])
        async with self.units.begin() as work:
            await work.conversations.forget_before(now - kept)
            await Desk(work, self.district).finish_erasures(now=now)
            await lapse_petitions(work, now)

"""An agency is reminded, rung by rung: its group, its people in private, the district above."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from core.call import Call
from core.desk.strokes import Said, Strokes
from core.gathering import Gathering
from core.journal import Entry
from core.ladder import Ladder
from core.leg import Leg
from core.lifecycle import Action
from core.limits import Clock
from core.morning import board_hour
from core.nudging import URGENT, Rung, Stage, paging
from core.people import SYSTEM, Binding, Officer, Party, Post, on_duty
from core.quiet import calm
from core.records import replace
from core.rights import STAFF
from core.ringing import PRIVATELY, PROMISED, nudged, owed, paged, rings

# A stage may be passed over while the service is out: what comes after red was red as well.
BEYOND_RED = frozenset({Stage.RED, Stage.DAILY, Stage.PRESSED})


class Climbing(Strokes):
    """The nudge ladder of limits.md, as the district or the agency has set it."""

    gathering: Gathering | None = None

    async def climb(self, leg: Leg, call: Call, rung: Rung, *, now: datetime) -> Leg:
        """Remind the agency of what this rung says; the caller is owed an apology at red."""
        calendar, ladder = self.district.calendar_of(leg.agency), self._ladder(leg)
        pages = paging(leg, call.urgency)
        roster = await self._roster(leg, now) if pages or rung.stage in PRIVATELY else []
        day = now.astimezone(calendar.zone).date().isoformat()
        known = nudged(
            leg.nudged,
            replace(rung, at=now),
            day=day,
            ladder=ladder,
            pages=pages,
            roster=len(roster),
            urgent=call.urgency in URGENT,
            on_board=await self._on_board(leg, call, rung, now),
        )
        called = paged(leg.nudged, known, roster)
        posts = rings(leg.nudged, known)
        facts = {
            "clock": rung.clock.value,
            "stage": known.stage.partition(".")[2],
            "times": leg.nudges + 1,
            "rings": await self._privately(rung, roster if posts else [], called),
            **({} if posts else {"edits": True}),
            **({"paged": known.paged} if pages else {}),
        }
        sorry = {"sorry_due": self._sorry_due(leg, now)} if self._late(leg, rung) else {}
        red = leg.red or rung.stage in BEYOND_RED
        return await self._nudge(leg, facts, now, nudged=known, red=red, **sorry)

    async def _nudge(self, leg: Leg, facts: Mapping[str, Any], now: datetime, **more: Any) -> Leg:
        moved, _ = await self._step(
            leg.id,
            Action.NUDGE,
            by=SYSTEM,
            now=now,
            said=Said(facts=facts),
            nudges=leg.nudges + 1,
            **more,
        )
        return moved

    async def _tell(
        self,
        leg: Leg,
        call: Call,
        entry: Entry,
        telling: Iterable[Party],
        now: datetime,
        slot: datetime | None = None,
    ) -> None:
        """A reminder goes its own ways; for an agency out of reach the level above hears it."""
        if entry.action is not Action.NUDGE:
            await super()._tell(leg, call, entry, telling, now, slot)
            return
        group = await self._chat_of(leg.agency)
        above: Binding | None = None
        rings_too = not entry.facts.get("edits")
        if group is None and rings_too:
            above = await self._home_above(leg.agency)
        elif entry.facts["stage"] == Stage.RED and rings_too and not await self._waits(leg, entry):
            above = await self._home_of(self.district.tree.district.code)
        rows = [*owed(entry, group=group, above=above.chat if above else None, slot=slot)]
        if self.gathering is None or call.urgency in URGENT:
            await self.work.outbox.put(*rows, now=now)
            return
        for row in rows:
            to_above = above is not None and row.lane == above.chat != group
            self.gathering.add(above.agency if above and to_above else leg.agency, [row])

    async def _on_board(self, leg: Leg, call: Call, rung: Rung, now: datetime) -> bool:
        """Whether the group is shown the same this hour, among what is late (decision 27)."""
        again = rung.stage is Stage.DAILY and leg.signed_at and call.urgency not in URGENT
        if not again or board_hour(now, self.district.calendar) is None:
            return False
        return await self._chat_of(leg.agency) is not None

    async def _waits(self, leg: Leg, entry: Entry) -> bool:
        """Whether it is late because a leg below is, of which the district hears by itself."""
        if entry.facts["clock"] != Clock.FINISH:
            return False
        return any(
            child.finish_due and child.finish_due <= entry.at for child in await self._below(leg)
        )

    async def _roster(self, leg: Leg, now: datetime) -> list[Officer]:
        """Whoever may be called, in the order of the roster; one who is away has a stand-in."""
        there = on_duty(await self.work.people.officers_of(leg.agency), now=now)
        staff = [one for one in there if one.post in STAFF]
        return list({one.account: one for one in staff}.values())

    async def _privately(
        self, rung: Rung, roster: list[Officer], called: list[Officer]
    ) -> list[int]:
        """Whose private chat it goes to: those of these posts, and whoever is called by name."""
        posts: frozenset[Post] = PRIVATELY.get(rung.stage, frozenset())
        wanted = [*called, *(one for one in roster if one.post in posts)]
        accounts = dict.fromkeys(one.account for one in wanted)
        return [account for account in accounts if await self._speaks_with_us(account)]

    async def _speaks_with_us(self, account: int) -> bool:
        known = await self.work.people.resident(account)
        return known is not None and known.reachable

    def _late(self, leg: Leg, rung: Rung) -> bool:
        return rung.stage is Stage.RED and rung.clock in PROMISED and leg.caller_agency is None

    def _sorry_due(self, leg: Leg, now: datetime) -> datetime:
        calendar = self.district.calendar_of(leg.agency)
        return calm(now, calendar, self._ladder(leg))

    def _ladder(self, leg: Leg) -> Ladder:
        return self.district.ladder_of(leg.agency)

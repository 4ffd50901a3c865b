"""Who does what next in a life of the model: what somebody is after, what was tried least, or any.

Nobody is asked whether they may: whatever the table would let somebody do here is tried, and the
desk refuses what it must.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache

from core.call import Call
from core.errors import CoreError
from core.leg import Leg, parts_in
from core.lifecycle import Action, Status, rule_for
from core.people import Actor
from core.views import CallView
from tests.core.acts import ACTS, ROW_OF, WHO
from tests.core.motives import BACK_TO_WORK, LATER, Motive
from tests.core.playing import DISTRICT, LIN, Stage

# What is always possible, or ends everything, would crowd out everything else.
SELDOM = frozenset(
    {"withdraw", "redirect", "propose rejection", "reopen by hand", "still good", "restrict"}
    | {"reopen above", "claim", "claim badly", "erase"}
)
PATIENCE = 3
By = tuple[str, Actor]


@dataclass
class People:
    """Everybody around one call: what they are after, how far they came, what was tried."""

    stage: Stage
    call: Call
    motive: Motive
    done: int = 0
    waited: int = 0
    tried: Counter[str] = field(default_factory=Counter)

    def story_goes_on(self, name: str, number: int) -> bool:
        """Whether it is the story's turn, which has no time to lose."""
        return name == "fitting" and number % 6 < 5 and self.done < len(self.motive.acts)

    async def act(self, name: str, number: int, which: int, view: CallView) -> None:
        """One of them does something: mostly what a story wants next, if anybody can."""
        leg = view.legs[-1 - which % len(view.legs)].leg
        if name != "fitting":
            await self.does(name, WHO[number], leg)
        elif self.story_goes_on(name, number):
            await self._tell(view)
        else:
            await self.does(*self._least_tried(leg, view.call, number // 6), leg)

    async def does(self, name: str, who: Actor, leg: Leg) -> bool:
        """Whether this person did it; a refusal leaves everything as it was."""
        self.tried[name] += 1
        try:
            async with self.stage.desk() as desk:
                await ACTS[name](desk, leg, who, self.stage)
        except CoreError:
            return False
        return True

    async def _tell(self, view: CallView) -> None:
        """The next act of the story, by whoever may; else its leg is brought back to work."""
        name = self.motive.acts[self.done]
        self.waited += 1
        if name in LATER:
            await self.stage.tick(self.stage.now + timedelta(hours=LATER[name]))
        elif not await self._anybody(name, view) and self._worth_another_try(name, view):
            await self._back_to_work(view)
            return
        self.done, self.waited = self.done + 1, 0

    async def _anybody(self, name: str, view: CallView) -> bool:
        if name not in ROW_OF:
            return await self.does(name, LIN, view.legs[-1].leg)
        for one in reversed(view.legs):
            for act, who in fitting(one.leg, view.call):
                if act == name and await self.does(name, who, one.leg):
                    return True
        return False

    def _worth_another_try(self, name: str, view: CallView) -> bool:
        """Not for ever, and not where the newest leg already is what this act would make it."""
        there = rule_for(ROW_OF[name]).becomes is view.legs[-1].leg.status
        return self.waited < PATIENCE and not there

    async def _back_to_work(self, view: CallView) -> None:
        for one in reversed(view.legs):
            wanted = BACK_TO_WORK.get(one.leg.status)
            for act, who in fitting(one.leg, view.call):
                if act == wanted and await self.does(act, who, one.leg):
                    return

    def _least_tried(self, leg: Leg, call: Call, number: int) -> By:
        some = [one for one in fitting(leg, call) if one[0] not in SELDOM or number % 5 == 0]
        least = min((self.tried[act] for act, _who in some), default=0)
        fresh = [one for one in some if self.tried[one[0]] == least]
        return fresh[number % len(fresh)] if fresh else ("block", LIN)


def fitting(leg: Leg, call: Call) -> Iterator[By]:
    """Every act that the table allows somebody on this leg as it stands."""
    parts = [(who, parts_in(leg, by=who, caller=call.caller, district=DISTRICT)) for who in WHO]
    for act, action in _possible(leg.status):
        party = rule_for(action).who
        yield from ((act, who) for who, held in parts if party in held)


@cache
def _possible(status: Status) -> tuple[tuple[str, Action], ...]:
    return tuple((a, row) for a, row in ROW_OF.items() if status in rule_for(row).while_in)

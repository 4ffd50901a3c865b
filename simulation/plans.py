"""Who does what next with a leg that was moved, and when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from core.catalogue import Urgency
from core.district import District
from core.leg import Leg
from core.lifecycle import Status
from core.limits import Span, Unit
from core.nudging import URGENT
from simulation.behaviour import Behaviour

SLEEPS_LONGER = 5


class Next(NamedTuple):
    """One step of somebody, named like the method that takes it."""

    at: datetime
    step: str


@dataclass(frozen=True)
class Plans:
    """Working hours count for what may wait, natural hours for what may not."""

    district: District
    behaviour: Behaviour

    def after(self, leg: Leg, urgency: Urgency, chance: Random, now: datetime) -> Iterator[Next]:
        """The next steps of everybody, from what the leg is now."""

        def within(step: str, whose: str | None, longer: float = 1) -> datetime:
            hours = longer * self.behaviour.takes(step, urgency, chance)
            if urgency in URGENT or whose is None:
                return now + timedelta(hours=hours)
            return self.district.calendar_of(whose).add(now, Span(hours, Unit.WORKING_HOURS))

        if leg.proposal is not None:
            yield Next(within("decide", leg.proposal.asked), "decide")
        match leg.status:
            case Status.TRIAGE:
                yield Next(within("decide", leg.agency), "admit")
            case Status.DISPATCHED if self._returns(leg, chance):
                yield Next(within("decide", leg.agency), "give_back")
                yield Next(within("sign", leg.agency, SLEEPS_LONGER), "sign")
            case Status.DISPATCHED:
                sleeps = self.behaviour.happens("sleeps", chance)
                longer = SLEEPS_LONGER if sleeps else 1
                yield Next(within("sign", leg.agency, longer), "sign")
            case Status.IN_PROGRESS if leg.proposal is None:
                yield from self._at_work(leg, chance, within)
            case Status.RETURN_REVIEW:
                yield Next(within("decide", leg.adjudicator), "judge_return")
            case Status.VERIFYING:
                yield Next(within("verify", leg.verifier), "verify")
            case Status.RESOLVED if self.behaviour.happens("rate", chance):
                yield Next(within("rate", None), "rate")

    def _returns(self, leg: Leg, chance: Random) -> bool:
        fresh = leg.parent_id is None and not leg.returns and not leg.binding
        return fresh and self.behaviour.happens("return", chance)

    def _at_work(
        self, leg: Leg, chance: Random, within: Callable[..., datetime]
    ) -> Iterator[Next]:
        if leg.contacted_at is None:
            yield Next(within("contact", leg.agency), "contact")
        if leg.arrive_due and leg.arrived_at is None:
            yield Next(within("arrive", leg.agency), "arrive")
        if leg.interim_due and leg.interim_at is None:
            yield Next(within("interim", leg.agency), "interim")
        if not leg.extended and self.behaviour.happens("extend", chance):
            yield Next(within("contact", leg.agency), "extend")
        yield Next(within("finish", leg.agency), "finish")

"""What people do in a simulated district, one step of the real desk each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from random import Random

from core.agency import Agency, AgencyKind
from core.call import Medium, NewCall, Piece
from core.desk import Desk
from core.district import District
from core.leg import Leg
from core.people import Actor
from core.rating import Conclusion, Verdict
from core.returning import Ground
from simulation.behaviour import Behaviour, Lot
from simulation.town import RESIDENT, Town

SAID = (Piece(Medium.PHOTO, "-", file="-"),)
LIKED = (2, 4, 5)  # stars, by how well it was solved


@dataclass
class Acting:
    """Every choice is drawn from ``chance``, which the caller seeds for the one step.

    ``stars`` are the last ratings, by leg.
    """

    district: District
    town: Town
    behaviour: Behaviour
    stars: dict[int, int] = field(default_factory=dict)

    def thinks_of(self, n: int, chance: Random) -> NewCall:
        """What the n-th resident calls about, and where."""
        item = self.district.catalogue.items[self._items.draw(chance)]
        place = chance.choice(self._communities)
        danger = self.behaviour.happens("danger", chance)
        return NewCall(f"s{n}", item.code, place.code, SAID, danger=danger)

    async def raise_call(self, desk: Desk, new: NewCall, n: int, now: datetime) -> None:
        """The n-th resident calls."""
        await desk.raise_call(new, by=Actor(RESIDENT + n, "-"), now=now)

    async def sign(self, desk: Desk, leg: Leg, chance: Random, now: datetime) -> None:
        """Take it."""
        await desk.acknowledge(leg.id, by=self.town.officer(leg.agency), now=now)

    async def admit(self, desk: Desk, leg: Leg, chance: Random, now: datetime) -> None:
        """Sort a reopened call."""
        await desk.admit(leg.id, by=self.town.officer(leg.agency), now=now)

    async def contact(self, desk: Desk, leg: Leg, chance: Random, now: datetime) -> None:
        """A first word to the caller."""
        if leg.contacted_at is None:
            await desk.reply(leg.id, SAID, by=self.town.officer(leg.agency), now=now)

    async def arrive(self, desk: Desk, leg: Leg, chance: Random, now: datetime) -> None:
        """Be there."""
        await desk.arrive(leg.id, SAID, by=self.town.officer(leg.agency), now=now)

    async def interim(self, desk: Desk, leg: Leg, chance: Random, now: datetime) -> None:
        """Tell the caller how it goes."""
        await desk.progress(leg.id, SAID, by=self.town.officer(leg.agency), now=now)

    async def extend(self, desk: Desk, leg: Leg, chance: Random, now: datetime) -> None:
        """Ask for two more of whatever the limit counts in."""
        by = self.town.officer(leg.agency)
        await desk.ask_extension(leg.id, amount=2, pieces=SAID, by=by, now=now)

    async def finish(self, desk: Desk, leg: Leg, chance: Random, now: datetime) -> None:
        """Say that it is done."""
        partly = self.behaviour.happens("partly", chance)
        conclusion = Conclusion.PARTLY if partly else Conclusion.SOLVED
        by = self.town.officer(leg.agency)
        await desk.resolve(leg.id, conclusion=conclusion, pieces=SAID, by=by, now=now)

    async def give_back(self, desk: Desk, leg: Leg, chance: Random, now: datetime) -> None:
        """Say that it is somebody else's."""
        street = self.district.tree.ancestor(leg.agency, AgencyKind.STREET)
        others = [street] if street and street.code != leg.agency else []
        others += [self.district.tree.district]
        await desk.return_leg(
            leg.id,
            ground=Ground.DUTY,
            proposed=others[0].code,
            pieces=SAID,
            by=self.town.officer(leg.agency),
            now=now,
        )

    async def judge_return(self, desk: Desk, leg: Leg, chance: Random, now: datetime) -> None:
        """Agree to a return, or not."""
        by = self.town.officer(leg.adjudicator or leg.agency, leads=True)
        agrees = self.behaviour.happens("agree", chance)
        decide = desk.agree_return if agrees else desk.decline_return
        await decide(leg.id, by=by, now=now)

    async def decide(self, desk: Desk, leg: Leg, chance: Random, now: datetime) -> None:
        """Agree to what is proposed, or not."""
        if leg.proposal is None:
            return
        by = self.town.officer(leg.proposal.asked, leads=True)
        approves = self.behaviour.happens("approve", chance)
        await (desk.approve if approves else desk.refuse)(leg.id, by=by, now=now)

    async def verify(self, desk: Desk, leg: Leg, chance: Random, now: datetime) -> None:
        """Look whether it is done."""
        by = self.town.officer(leg.verifier or leg.agency)
        if self.behaviour.happens("verify_fails", chance):
            await desk.fail_verification(leg.id, nothing_done=False, pieces=SAID, by=by, now=now)
        else:
            await desk.pass_verification(leg.id, by=by, now=now)

    async def rate(self, desk: Desk, leg: Leg, chance: Random, now: datetime) -> None:
        """The caller's word; some ask for it once more."""
        call = await desk.work.calls.get(leg.call_id)
        calls_up = leg.caller_agency
        by = self.town.officer(calls_up, leads=True) if calls_up else Actor(call.caller, "-")
        well = 0 if self.behaviour.happens("unsolved", chance) else chance.choice((1, 2, 2, 2))
        if well == 0 and leg.rework < 2 and self.behaviour.happens("rework", chance):
            await desk.rework(leg.id, by=by, now=now)
            return
        verdict = (Verdict.UNSOLVED, Verdict.PARTLY, Verdict.SOLVED)[well]
        await desk.rate(leg.id, verdict=verdict, stars=LIKED[well], by=by, now=now)
        self.stars[leg.id] = LIKED[well]

    @cached_property
    def _items(self) -> Lot:
        items = self.district.catalogue.items
        return Lot(self.behaviour.items.get(item.code, 0.0) for item in items)

    @cached_property
    def _communities(self) -> Sequence[Agency]:
        return self.district.tree.of_kind(AgencyKind.COMMUNITY)

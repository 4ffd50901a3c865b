"""What every life of a call keeps to, looked at after each step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.call import ERASED, Call
from core.journal import Entry
from core.leg import Leg
from core.lifecycle import Action, Status
from core.nudging import URGENT
from core.views import CallView, LegView
from tests.core.acts import WHO
from tests.core.playing import Stage

ROUNDED = timedelta(minutes=1)


@dataclass
class Promises:
    """Remembers what a life was, since some promises are about what may not change."""

    stage: Stage
    before: CallView | None = None
    used: dict[object, timedelta] = field(default_factory=dict)
    callers: set[int] = field(default_factory=set)
    erased: bool = False

    def check(self, view: CallView) -> None:
        """Fails on the first promise that is broken."""
        self.callers.add(view.call.caller)
        self.erased = any(entry.action is Action.ERASE for entry in view.entries)
        for one in view.legs:
            _waits_for_something(one.leg)
            self._rated_by_its_caller(one)
            self._clocks_run_on(one.leg, view)
        _one_answer(view)
        times = [entry.at for entry in view.entries]
        assert times == sorted(times)
        if self.before:
            self._nothing_rewritten(self.before.entries, view.entries)
        self.before = view

    def _nothing_rewritten(self, before: Sequence[Entry], after: Sequence[Entry]) -> None:
        """The journal only grows; what was forgotten keeps its place, and says nothing."""
        kept = after[: len(before)]
        if self.erased:
            assert [_place(entry) for entry in kept] == [_place(entry) for entry in before]
        else:
            assert kept == before, "the journal was changed"

    def _rated_by_its_caller(self, one: LegView) -> None:
        if not one.leg.open or one.leg.status is Status.ON_HOLD:
            assert not any(child.leg.open for child in one.children), "an open child is left over"
        assert all(self._called(one, rating.by) for rating in one.ratings), "rated by a stranger"
        assert len({rating.round for rating in one.ratings}) == len(one.ratings)

    def _called(self, one: LegView, account: int) -> bool:
        if account == ERASED:
            return self.erased
        if one.leg.caller_agency is None:
            return account in self.callers
        actor = next(who for who in WHO if who.account == account)
        return actor.acts_for(one.leg.caller_agency)

    def _clocks_run_on(self, leg: Leg, view: CallView) -> None:
        """The time an agency has used up never shrinks while it is the same turn of work (R4)."""
        if leg.started is None or not leg.open:
            return
        turn, spent = _turn(leg, view), self._spent(leg, view.call)
        assert spent >= self.used.get(turn, spent) - ROUNDED, "a clock ran backwards"
        self.used[turn] = spent

    def _spent(self, leg: Leg, call: Call) -> timedelta:
        until = leg.paused_at or self.stage.now
        calendar = self.stage.district.calendar_of(leg.agency)
        if leg.started is None or call.urgency in URGENT:
            return max(until - (leg.started or until), timedelta())
        return calendar.used(leg.started, until)


def _turn(leg: Leg, view: CallView) -> object:
    taken_up = sum(e.leg_id == leg.id and e.before is Status.ON_HOLD for e in view.entries)
    return leg.id, leg.reopened, leg.rework, leg.dispatched_at, taken_up, view.call.urgency


def _waits_for_something(leg: Leg) -> None:
    assert (leg.outcome is None) == leg.open
    if leg.open:
        assert leg.next_due is not None, "an open leg that time forgot"
    elif leg.proposal is None:
        # the look back keeps to the quiet hours: never earlier, perhaps later
        asked, due = leg.next_due, leg.look_back_due
        assert (asked is None) == (due is None), "closed, and not let be"
        assert asked is None or due is None or asked >= due, "asked too early"


def _one_answer(view: CallView) -> None:
    own = [v.leg for v in view.legs if v.leg.parent_id is None]
    assert sum(leg.open for leg in own) <= 1, "two agencies answer one caller"
    assert (view.call.closed_at is None) == any(leg.open for leg in own)


def _place(entry: Entry) -> tuple[int, Action, datetime]:
    return entry.id, entry.action, entry.at

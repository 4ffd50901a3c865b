"""A leg: one agency answering one caller, with its own clocks and its own rating."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.errors import CardOutdated, NotAllowedNow, NotYourPart
from core.holding import HoldPlan
from core.lifecycle import BACK, Action, Outcome, Status, rule_for
from core.nudged import Nudged
from core.people import Actor, Party
from core.proposing import Proposal
from core.rating import Conclusion
from core.records import replace
from core.whistle import Whistle


@dataclass(frozen=True, slots=True)
class Leg:
    """``caller_agency`` is None when the caller is the resident; all instants are aware UTC.

    ``version`` counts changes of status: a button speaks of one version. ``revision`` counts
    every save: the compare-and-set of the store. ``verifier`` is the agency that looks whether
    it is done, ``verified_at`` when that was over; ``signer`` the account behind ``signed_by``;
    ``paused_from`` what it was before it was paused (R4); ``proposal`` what waits for a second
    person (R7); ``binding`` was named in a dispute and is never returned again; ``co`` is the leg
    of a co-handler; ``set_aside`` the round whose rating does not count (row 42); ``interim_at``
    when the caller heard how it goes, after the first contact; ``released_at`` when the street
    that whistled let the others go. ``nudged`` is what the agency was reminded of last;
    ``heard_at`` when its caller had the last public word after the signing, ``sorry_due`` when
    the caller is owed an apology. ``phone_from`` is the first entry of the journal of which the
    caller is told by phone, None where messages reach them; ``claim_tries`` wrong codes so far.
    For the assessment: ``red`` that it was so late once, ``refused_returns`` how often somebody
    decided that it is the agency's after all, ``passed`` that somebody looked and found it done.
    ``sees_phone`` is the account that two persons let see the caller's number, beside the signer.
    """

    id: int
    call_id: int
    agency: str
    status: Status = Status.TRIAGE
    version: int = 1
    revision: int = 1
    parent_id: int | None = None
    caller_agency: str | None = None
    adjudicator: str | None = None
    clause: str = ""
    reason: str = ""
    dispatched_at: datetime | None = None
    sign_due: datetime | None = None
    contact_due: datetime | None = None
    finish_due: datetime | None = None
    review_due: datetime | None = None
    signed_at: datetime | None = None
    signed_by: str = ""
    signer: int | None = None
    contacted_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    conclusion: Conclusion | None = None
    outcome: Outcome | None = None
    rework: int = 0
    returns: int = 0
    nudges: int = 0
    next_due: datetime | None = None
    verifier: str | None = None
    verify_due: datetime | None = None
    verified_at: datetime | None = None
    triage_due: datetime | None = None
    asks: int = 0
    inquiries: int = 0
    paused_at: datetime | None = None
    paused_from: Status | None = None
    info_due: datetime | None = None
    clocks_from: datetime | None = None
    proposal: Proposal | None = None
    plan: HoldPlan | None = None
    extended: int = 0
    set_aside: int = 0
    pressed_at: datetime | None = None
    false_closings: int = 0
    reopened: int = 0
    look_back_due: datetime | None = None
    binding: bool = False
    co: bool = False
    whistle: Whistle | None = None
    arrive_due: datetime | None = None
    arrived_at: datetime | None = None
    interim_due: datetime | None = None
    interim_at: datetime | None = None
    released_at: datetime | None = None
    nudged: Nudged | None = None
    heard_at: datetime | None = None
    sorry_due: datetime | None = None
    phone_from: int | None = None
    claim_tries: int = 0
    red: bool = False
    refused_returns: int = 0
    passed: bool = False
    sees_phone: int | None = None

    @property
    def open(self) -> bool:
        """Whether anything may still happen to it."""
        return self.status is not Status.CLOSED

    @property
    def started(self) -> datetime | None:
        """From when on shares of its limits count: its dispatch, later by what pauses took."""
        return max(filter(None, (self.dispatched_at, self.clocks_from)), default=None)

    @property
    def round(self) -> int:
        """Which answer is being rated: each rework and each reopening brings another."""
        return self.rework + self.reopened + 1


def speaks_of_answer(leg: Leg, version: int) -> bool:
    """Whether a button of this version is about the answer that stands.

    A verification moves the leg and leaves the answer as it is.
    """
    moved = {Status.VERIFYING: 1, Status.RESOLVED: 2 if leg.verified_at else 0}
    return 0 <= leg.version - version <= moved.get(leg.status, 0)


def parts_in(leg: Leg, *, by: Actor, caller: int, district: str | None = None) -> frozenset[Party]:
    """Every part this actor has in this leg.

    ``caller`` is the resident who raised the call, ``district`` the agency that supervises all.
    """
    if by.account is None:
        return frozenset({Party.SYSTEM})
    parts = set()
    if by.acts_for(leg.agency):
        parts.add(Party.AGENCY)
    if by.acts_for(leg.adjudicator):
        parts.add(Party.ADJUDICATOR)
    calls_itself = leg.caller_agency is None and by.account == caller
    if calls_itself or by.acts_for(leg.caller_agency):
        parts.add(Party.CALLER)
    if leg.proposal and by.acts_for(leg.proposal.asked):
        parts.add(Party.APPROVER)
    if by.acts_for(leg.verifier):
        parts.add(Party.VERIFIER)
    if by.acts_for(district):
        parts.add(Party.SUPERVISOR)
    if by.account != caller:
        parts.add(Party.SUPPORTER)
    return frozenset(parts)


def without_stale_proposal(before: Leg, moved: Leg) -> Leg:
    """What was proposed in one state is off in another: nobody agreed to it as it is now."""
    stale = moved.status is not before.status and moved.proposal is before.proposal
    return replace(moved, proposal=None) if stale and moved.proposal else moved


def advance(leg: Leg, action: Action, *, parts: frozenset[Party], version: int | None) -> Leg:
    """Take one step of the table: the moved leg, a version on where its status changes.

    ``version`` is the one the button was drawn for; None where the step carries no button.
    Raises ``NotYourPart``, ``CardOutdated`` or ``NotAllowedNow``.
    """
    rule = rule_for(action)
    if rule.who not in parts:
        raise NotYourPart(action=action)
    if leg.status not in rule.while_in:
        raise NotAllowedNow(action=action, status=leg.status, leg=leg)
    if version is not None and version != leg.version:
        raise CardOutdated(action=action, leg=leg)
    becomes = leg.paused_from if rule.becomes is BACK else rule.becomes
    if becomes is None:
        return leg
    return replace(leg, status=becomes, version=leg.version + 1)

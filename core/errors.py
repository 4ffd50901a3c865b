"""What can go wrong in the domain: codes and facts; the words are put on at the rim.

CoreError
├── NotFound                 no such call, leg, code, conversation
│   ├── NothingToCorrect     nobody was told what this message says
│   ├── NoSuchRule           the rules sheet has no row of this name
│   ├── NoSuchRow            a sheet has no row of this name, or several: ``row``, ``close``
│   └── NobodyCalledSo       no one officer of the agency has this name
├── Refused                  understood, and not permitted
│   ├── StillAbove           agencies stand below: they are moved first
│   ├── NotAllowedNow        the leg is in another state
│   │   └── AlreadyDone      somebody took this very step before
│   ├── NotYourPart          this actor never takes this step here
│   ├── CardOutdated         the button belongs to an earlier dispatch
│   ├── ChildrenOpen         legs below are still open
│   ├── AlreadyReturned      one return a leg, and this was it
│   ├── TooLate              the time for this step is over
│   │   └── TooLateToReopen  a new, linked call is the way
│   ├── TooSoon              cool-down: ``again_at`` says when
│   ├── PhotoMissing         the item's done standard asks for one
│   ├── ReopenedBefore       once a leg; a new, linked call is the way
│   ├── ReworkedEnough       three times the same agency; it ends with this answer
│   ├── PressedBefore        the district is at it
│   ├── NotOpenHere          switched off there for now: ``agency``, ``feature``
│   ├── NothingSaid          no words, no photo
│   ├── AlreadyCalledUp      the level above is at it
│   ├── NotReleased          the street that whistled has yet to let them go: ``agency``
│   ├── ArrivedBefore        nobody is awaited there (any more): ``at``
│   ├── NothingToRelease     no emergency whistle stands: ``at``
│   ├── NoLevelAbove         the district is the last level
│   ├── StreetDecides        the list of its powers says so: ``name``, ``clause``
│   ├── NothingChanges       it is that already
│   ├── OnlyAboveLowers      less urgent is for the street, or the district, to say
│   ├── AlreadyHelping       the agency works on it already
│   ├── OnlyTheLead          a co-handler asks nobody in
│   ├── AlreadyProposed      something waits for a decision on this leg: ``act``, ``until``
│   ├── NotTheSigner         a caller's number is for whoever took the leg: ``name``
│   ├── NotTheCaller         who raised a call for somebody, or works on it, is not its caller
│   ├── SamePerson           two persons decide; this one has spoken already
│   ├── DecidedAlready       somebody decided, or it was too late: ``name``, ``at``
│   ├── HigherPost           only these posts decide: ``posts``
│   ├── NoExtension          such calls are not extended: ``urgency``
│   ├── AlreadyExtended      twice is the most
│   ├── TooLong              longer than may be: ``most``
│   ├── LeadNamed            the district named this agency, and that binds
│   ├── NotMergeable         these two do not become one: ``reason``, ``number``
│   ├── PartedTooLate        merged too long ago to be taken apart: ``until``
│   ├── ClosedMeanwhile      nobody joins a call that is over
│   ├── AlreadySupports      this person stands by the call, and says nothing new
│   ├── AskedEnough          no more questions to this caller at this stage
│   ├── ItemMissing          nobody said yet what the call is about
│   ├── NotOnTheList         the catalogue names another agency for such a call
│   ├── ChannelMissing       redirected, but whereto
│   ├── WithdrawalWaits      asked already; somebody has a look first
│   ├── WithdrawalNotAsked   the caller wants it to go on
│   ├── BadPlan              a plan of a hold promises nothing yet: ``lack``, ``until``
│   ├── AlreadyReached       this step of the plan was reached before
│   ├── AlreadyObjected      one objection a hold: ``at``
│   ├── NotExplained         a demand is found unreasonable after an answer that explains
│   ├── NotAResidents        only what residents demand is found unreasonable
│   ├── AlreadyContested     one objection a rating: ``at``
│   ├── NotForThem           restricted, or about them: ``agency``
│   ├── RestrictedBefore     named people have it already
│   ├── NotRestricted        anybody of its agency reads it: there is nothing to lift
│   ├── KeptForCaller        its caller asked for named people, or the item is for them alone
│   ├── NoTeam               the district has no restricted team
│   ├── EnoughForToday       so many calls a person and day: ``most``
│   ├── CannotBeBanned       whoever acts for an agency, administers, or is nobody
│   ├── CodeUseless          unknown, used, expired, or another administrator's
│   └── AlreadyBound         the group belongs to another agency
├── SheetMoved               somebody else made that version of the sheet; look again
├── RaisedAlready            this draft became a call meanwhile; try again and find it
└── LegMoved                 somebody else changed the leg first; try again

Beside the tree stand two findings about the store, which nobody is told of:
InEachOthersWay, two transactions waited for each other; StoreLost, it went away in the middle.
"""

from __future__ import annotations

from typing import Any


class CoreError(Exception):
    """A finding of the domain; ``facts`` are what a sentence about it needs."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(type(self).__name__)
        self.facts = facts


class NotFound(CoreError):
    """There is no such thing."""


class NothingToCorrect(NotFound):
    """Nobody was told what this message says: ``message``."""


class NoSuchRule(NotFound):
    """The rules sheet has no row of this name: ``rule``."""


class NoSuchRow(NotFound):
    """A sheet has no row of this name, or several: ``row``, ``close`` names of them."""


class NobodyCalledSo(NotFound):
    """No one officer of the agency has this name, or more than one: ``name``."""


class Refused(CoreError):
    """Understood, and not permitted."""


class StillAbove(Refused):
    """Agencies stand below this one in the sheet: ``name``, ``below`` names of them, ``count``."""


class NotAllowedNow(Refused):
    """The leg is in another state: ``action``, ``status``."""


class AlreadyDone(NotAllowedNow):
    """Somebody took this very step before: ``action``, ``name``, ``at``."""


class NotYourPart(Refused):
    """This actor never takes this step here: ``action``; ``posts`` who might, where that is it."""


class CardOutdated(Refused):
    """The button belongs to an earlier dispatch."""


class ChildrenOpen(Refused):
    """Legs below are still open: ``agencies``; ``action`` is what has to wait for them."""


class AlreadyReturned(Refused):
    """A leg may be returned once (lifecycle row 16)."""


class TooLate(Refused):
    """The time for this step is over: ``until``."""


class TooLateToReopen(TooLate):
    """A new call, linked to this one, is the way from here: ``until``."""


class ReopenedBefore(Refused):
    """A leg is reopened by its caller once (lifecycle row 36)."""


class ReworkedEnough(Refused):
    """The third rework was answered: the leg ends with that answer (lifecycle row 34)."""


class PressedBefore(Refused):
    """The district owns the follow-up already (lifecycle row 38)."""


class TooSoon(Refused):
    """Cooling down: ``again_at``."""


class PhotoMissing(Refused):
    """The item's done standard asks for a photo: ``standard``."""


class NotOpenHere(Refused):
    """Switched off in this place by the district, for now: ``agency``, ``feature``."""


class NothingSaid(Refused):
    """Neither words nor anything else was given."""


class AlreadyCalledUp(Refused):
    """The level above is at it: ``agency``."""


class NotReleased(Refused):
    """The street that whistled has yet to let them go: ``agency``."""


class ArrivedBefore(Refused):
    """Nobody is awaited there: since ``at`` somebody is, or none was to come (None)."""


class NothingToRelease(Refused):
    """No emergency whistle stands: released ``at``, or there never was one (None)."""


class NoLevelAbove(Refused):
    """The district is the last level."""


class StreetDecides(Refused):
    """The street may settle this itself: ``name`` of the power, ``clause``."""


class NothingChanges(Refused):
    """It is that already: ``item``."""


class OnlyAboveLowers(Refused):
    """Whoever answers may not make it less urgent: ``agency`` may (lifecycle row 39)."""


class AlreadyHelping(Refused):
    """The agency works on this call already: ``agency``."""


class OnlyTheLead(Refused):
    """Co-handlers are asked in by whoever leads (lifecycle row 24)."""


class AlreadyProposed(Refused):
    """Something waits for a decision on this leg: ``act``, ``until``."""


class NotTheSigner(Refused):
    """A caller's number is for whoever took the leg: ``name``."""


class NotTheCaller(Refused):
    """Who raised a call for somebody, or works on it, is not its caller: ``number``."""


class SamePerson(Refused):
    """Two persons decide (R7), and this one has spoken already."""


class DecidedAlready(Refused):
    """Nobody decides it any more: ``name`` did, or it was over, ``at``."""


class HigherPost(Refused):
    """Only officers with one of these posts decide: ``posts``."""


class NoExtension(Refused):
    """Calls of this urgency are not extended (limits.md): ``urgency``."""


class AlreadyExtended(Refused):
    """A leg is extended once, and once more by the head of the district's office."""


class TooLong(Refused):
    """Longer than may be asked for: ``most`` is a ``Span``."""


class LeadNamed(Refused):
    """The district named this agency in a dispute: it is not returned again (row 20)."""


class NotMergeable(Refused):
    """These two do not become one: ``reason`` (``Apart``), ``number`` of the other."""


class PartedTooLate(Refused):
    """Merged too long ago to be taken apart: ``until``."""


class ClosedMeanwhile(Refused):
    """Nobody joins a call that is over: ``number``."""


class AlreadySupports(Refused):
    """This person stands by the call, and says nothing new: ``number``."""


class AskedEnough(Refused):
    """Two questions in triage, one in progress (lifecycle rows 6 and 23)."""


class ItemMissing(Refused):
    """Nobody said yet what the call is about: without an item nobody is named."""


class NotOnTheList(Refused):
    """The catalogue names another agency for such a call: ``agency``."""


class ChannelMissing(Refused):
    """A redirected caller must hear where to go, and a number to ring (lifecycle row 10)."""


class WithdrawalWaits(Refused):
    """The caller asked already; the agency has a look first: ``agency``."""


class WithdrawalNotAsked(Refused):
    """The caller never asked to withdraw this call."""


class BadPlan(Refused):
    """What a plan lacks to be a promise: ``lack`` is a ``core.holding.Lack``, ``until`` a date."""


class AlreadyReached(Refused):
    """This step of the plan was reached before."""


class AlreadyObjected(Refused):
    """The caller objected to this hold before: ``at``."""


class NotExplained(Refused):
    """A demand is found unreasonable after an answer that explains (lifecycle row 41)."""


class NotAResidents(Refused):
    """Only what residents demand is found unreasonable, not what agencies ask of each other."""


class AlreadyContested(Refused):
    """The agency objected to this rating before: ``at``."""


class NotForThem(Refused):
    """A restricted call goes to named people only, and none to whom it is about: ``agency``."""


class RestrictedBefore(Refused):
    """Named people have it already."""


class NotRestricted(Refused):
    """Anybody of its agency reads it: there is nothing to lift."""


class KeptForCaller(Refused):
    """Its caller asked for named people, or the item is for them alone."""


class NoTeam(Refused):
    """The district has no restricted team."""


class EnoughForToday(Refused):
    """So many calls a person and day (security S13): ``most``."""


class CannotBeBanned(Refused):
    """Only residents are banned: staff lose their post instead, and nobody is nobody."""


class CodeUseless(Refused):
    """A one-time code that is unknown, used, expired, or issued to somebody else."""


class AlreadyBound(Refused):
    """The group already works for another agency: ``agency``."""


class NoTopicsHere(Refused):
    """The group has no topics: its owner has to switch them on first."""


class MayNotMakeTopics(Refused):
    """The bot is no administrator with the right to manage topics."""


class SheetMoved(CoreError):
    """Somebody else made that version of the sheet first: ``sheet``; look at it again."""


class RaisedAlready(CoreError):
    """This draft became a call meanwhile; try again and find it: ``draft_id``."""


class LegMoved(CoreError):
    """Somebody else changed the leg first; try again."""


class InEachOthersWay(Exception):
    """Two transactions waited for each other, and the store ended this one; try again."""


class StoreLost(Exception):
    """The store went away in the middle; what was not committed did not happen."""

"""Who acts: residents, officers of agencies, administrators - and the system itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum


class Post(StrEnum):
    """What an officer is in an agency; what each may do stands in ``core.rights``.

    ``GRID`` is a grid worker, ``COMMITTEE`` a part-time member of the enlarged committee,
    ``STATIONED`` a leader stationed at a street or community (驻点领导), who looks.
    """

    LIAISON = "liaison"
    DEPUTY = "deputy"
    HEAD = "head"
    DISPATCHER = "dispatcher"
    ADJUDICATOR = "adjudicator"
    GRID = "grid"
    COMMITTEE = "committee"
    AUDITOR = "auditor"
    STATIONED = "stationed"


class Party(StrEnum):
    """A part in a leg: who may take a step, and who is told of it.

    ``SUPERVISOR`` is the district's call office; ``SUPPORTER`` any resident but the caller;
    ``APPROVER`` the agency whose word the open proposal of the leg awaits; ``DENIER`` whoever
    returned the call before the agency of the leg did; ``RESIDENT`` whose matter it is, where
    the leg answers an agency that called.
    """

    CALLER = "caller"
    AGENCY = "agency"
    ADJUDICATOR = "adjudicator"
    VERIFIER = "verifier"
    SUPERVISOR = "supervisor"
    SUPPORTER = "supporter"
    APPROVER = "approver"
    DENIER = "denier"
    RESIDENT = "resident"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody who speaks to the bot in private; ``account`` is the messenger's id.

    ``member_of`` is the agency whose Party branch verified the membership (党员), None for others.
    ``called`` is the name they corrected theirs to; ``banned_until`` the end of the last ban.
    ``phone`` is the number they left for their calls, in international form, empty for none.
    """

    account: int
    name: str
    consented_at: datetime | None = None
    reachable: bool = True
    language: str = "zh_Hans"
    member_of: str | None = None
    called: str = ""
    banned_until: datetime | None = None
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Officer:
    """A person acting for an agency; ``substitute`` stands in for them while they are away.

    ``turn`` is the place on the roster: 1 is called first, 0 after all who have one.
    """

    account: int
    agency: str
    name: str
    post: Post = Post.LIAISON
    since: datetime | None = None
    away_until: datetime | None = None
    substitute: int | None = None
    turn: int = 0

    def away(self, now: datetime) -> bool:
        """Whether this person is on leave."""
        return self.away_until is not None and now < self.away_until


def on_duty(officers: Sequence[Officer], *, now: datetime) -> tuple[Officer, ...]:
    """Those who are there, each who is away replaced by who stands in; everybody if nobody is.

    A substitute is called in the post of the one he stands in for as well.
    """
    by_account = {officer.account: officer for officer in officers}
    there = [officer for officer in officers if not officer.away(now)]
    for officer in officers:
        stands_in = by_account.get(officer.substitute or 0)
        if officer.away(now) and stands_in and not stands_in.away(now):
            there.append(replace(stands_in, post=officer.post))
    return tuple(there or officers)


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever is acting now, as the database knows them at this moment (I19).

    ``posts`` are pairs of agency and post; who acts for an agency without one is its liaison.
    """

    account: int | None
    name: str
    officer_of: frozenset[str] = frozenset()
    administrator: bool = False
    posts: frozenset[tuple[str, Post]] = frozenset()

    def posts_in(self, agency: str | None) -> frozenset[Post]:
        """What this person is in the agency; nothing where they do not act for it."""
        if not self.acts_for(agency):
            return frozenset()
        held = frozenset(post for code, post in self.posts if code == agency)
        return held or frozenset({Post.LIAISON})

    def acts_for(self, agency: str | None) -> bool:
        """Whether this person is registered for the agency."""
        return agency is not None and agency in self.officer_of


HOST = 0  # in place of an account: an administrator at the machine itself
SYSTEM = Actor(account=None, name="")


class CodePurpose(StrEnum):
    """What a one-time code is good for: a group, an officer's post, a verified membership."""

    BIND = "bind"
    JOIN = "join"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class OneTimeCode:
    """A lookup key that works once: binds a group, or lets an officer join (I18)."""

    code: str
    purpose: CodePurpose
    agency: str
    issued_by: int
    expires_at: datetime
    post: Post = Post.LIAISON
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Footing:
    """What the bot may do in a group beside speaking, as Telegram last said."""

    chat: int
    makes_topics: bool
    pins: bool


@dataclass(frozen=True, slots=True)
class Binding:
    """A group chat in which an agency answers; suspended when the bot was removed.

    ``muted``: the bot is still there and may not write, which suspends the binding until it may.
    ``topics``: every leg gets a topic of its own there; ``board`` is the board that is pinned.
    """

    agency: str
    chat: int
    title: str
    bound_by: int
    bound_at: datetime
    thread: int | None = None
    suspended: bool = False
    topics: bool = False
    board: int | None = None
    muted: bool = False

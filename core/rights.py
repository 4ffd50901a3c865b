"""Who may do what where: a right is a row, decided at the moment of acting; the default is no.

A part in a leg (core.leg.parts_in) says for whom somebody acts; the post they hold there says
whether this step is theirs. Where an agency has nobody of the posts a right asks for, its other
staff stand in, so that no matter waits for a post that nobody holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.agency import AgencyKind
from core.lifecycle import Action
from core.people import Officer, Party, Post

EVERYTHING = frozenset(Action)
JUDGING = frozenset({Action.ACCEPT, Action.REWORK, Action.GIVE_UP, Action.RATE_LATE})
SPEAKING = frozenset(
    {Action.REPLY, Action.PROGRESS, Action.NOTE, Action.CORRECT, Action.LOG_PHONE}
    | {Action.ARRIVE}
)
STAFF = frozenset({Post.LIAISON, Post.DEPUTY, Post.HEAD, Post.DISPATCHER})
LEADERS = frozenset({Post.HEAD, Post.DEPUTY})
# Who may change how the group of their agency works; without any of them, any of the staff.
SETTERS = LEADERS | {Post.DISPATCHER}
LOOKERS = frozenset({Post.GRID, Post.COMMITTEE})
# Who may raise a call for somebody who came in or rang up (row 4).
RAISING = STAFF | LOOKERS
DECIDERS = STAFF | {Post.ADJUDICATOR}
EVERYWHERE = frozenset(AgencyKind)
ABOVE = frozenset({AgencyKind.STREET, AgencyKind.DISTRICT})
BELOW = EVERYWHERE - ABOVE


@dataclass(frozen=True, slots=True)
class Right:
    """These posts, acting as this part for an agency of these kinds, may take these steps."""

    posts: frozenset[Post]
    acting_as: Party
    may: frozenset[Action]
    where: frozenset[AgencyKind] = EVERYWHERE


RIGHTS: tuple[Right, ...] = (
    Right(STAFF, Party.AGENCY, EVERYTHING),
    Right(LOOKERS, Party.AGENCY, SPEAKING),
    Right(DECIDERS, Party.ADJUDICATOR, EVERYTHING),
    Right(STAFF | LOOKERS, Party.VERIFIER, EVERYTHING),
    Right(DECIDERS, Party.SUPERVISOR, EVERYTHING),
    Right(
        DECIDERS, Party.APPROVER, EVERYTHING
    ),  # some proposals ask for more: core.desk.proposing
    Right(STAFF, Party.CALLER, EVERYTHING - JUDGING),
    Right(STAFF, Party.CALLER, JUDGING, BELOW),
    Right(LEADERS, Party.CALLER, JUDGING, ABOVE),  # row 33: the leader's two taps
)


def entitled(party: Party, action: Action, kind: AgencyKind) -> frozenset[Post]:
    """The posts that may take this step as this part for an agency of this kind."""
    fitting = (
        right.posts
        for right in RIGHTS
        if right.acting_as is party and action in right.may and kind in right.where
    )
    return frozenset().union(*fitting)


def may(held: Iterable[Post], needed: frozenset[Post], officers: Iterable[Officer]) -> bool:
    """Whether one of the posts held is among those needed; any of the staff where nobody has."""
    posts = frozenset(held)
    if posts & needed:
        return True
    vacant = not any(officer.post in needed for officer in officers)
    return bool(needed) and vacant and bool(posts & STAFF)

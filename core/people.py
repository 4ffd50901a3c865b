"""Who acts: residents, officers of agencies, administrators - and the system itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Post(StrEnum):
    """What an officer is in an agency."""

    LIAISON = "liaison"
    DEPUTY = "deputy"
    HEAD = "head"
    DISPATCHER = "dispatcher"
    ADJUDICATOR = "adjudicator"


class Party(StrEnum):
    """A part in a leg: who may take a step, and who is told of it.

    ``SUPERVISOR`` is the district's call office; ``SUPPORTER`` any resident but the caller;
    ``APPROVER`` the agency whose word the open proposal of the leg awaits.
    """

    CALLER = "caller"
    AGENCY = "agency"
    ADJUDICATOR = "adjudicator"
    VERIFIER = "verifier"
    SUPERVISOR = "supervisor"
    SUPPORTER = "supporter"
    APPROVER = "approver"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody who speaks to the bot in private; ``account`` is the messenger's id."""

    account: int
    name: str
    consented_at: datetime | None = None
    reachable: bool = True
    language: str = "zh_Hans"


@dataclass(frozen=True, slots=True)
class Officer:
    """A person acting for an agency."""

    account: int
    agency: str
    name: str
    post: Post = Post.LIAISON
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever is acting now, as the database knows them at this moment (I19)."""

    account: int | None
    name: str
    officer_of: frozenset[str] = frozenset()
    administrator: bool = False

    def acts_for(self, agency: str | None) -> bool:
        """Whether this person is registered for the agency."""
        return agency is not None and agency in self.officer_of


SYSTEM = Actor(account=None, name="")


class CodePurpose(StrEnum):
    """What a one-time code is good for."""

    BIND = "bind"
    JOIN = "join"


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
class Binding:
    """A group chat in which an agency answers; suspended when the bot was removed."""

    agency: str
    chat: int
    title: str
    bound_by: int
    bound_at: datetime
    thread: int | None = None
    suspended: bool = False

"""What is done by right on no call: codes, bindings, posts, bans, erasures. Append only (I23)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from core.people import Actor


class Deed(StrEnum):
    """What was done; the subject is an agency's code unless it is said otherwise."""

    CODE_ISSUED = "code_issued"
    BOUND = "bound"
    GROUP_JOINED = "group_joined"
    """Somebody added the bot to a group without an agency; the subject is empty."""
    GROUP_LOST = "group_lost"
    GROUP_MOVED = "group_moved"
    JOINED = "joined"
    MEMBER_VERIFIED = "member_verified"
    WENT_ON_LEAVE = "went_on_leave"
    CAME_BACK = "came_back"
    BANNED = "banned"
    """The subject is an account, here and below."""
    UNBANNED = "unbanned"
    APPEALED = "appealed"
    ERASED = "erased"
    CORRECTED = "corrected"
    DATA_GIVEN = "data_given"
    RETIRED = "retired"
    """What was kept longer than the rules say is gone; the subject is empty."""
    RULES_CHANGED = "rules_changed"
    """A sheet has a new version; the subject is its name."""
    TASK_REFUSED = "task_refused"
    """A community did not take a task for want of an admission; the facts name it."""
    EXPORTED = "exported"
    """Somebody had a file made; the subject is what of, the facts say why it shows people."""
    BREACH_TOLD = "breach_told"
    """Those affected by a breach are told; the subject is empty, the facts say what."""
    PETITIONED = "petitioned"
    """Somebody asked for what takes two persons; the facts say what, here and below."""
    SECONDED = "seconded"
    DECLINED = "declined"
    PETITION_LAPSED = "petition_lapsed"
    POST_CHANGED = "post_changed"
    UNBOUND = "unbound"
    CHANNEL_BOUND = "channel_bound"
    """The subject is the chat of a channel, here and below."""
    CHANNEL_SET = "channel_set"
    """How often it is told was changed, or it is the district's no more."""
    CHANNEL_LOST = "channel_lost"
    PUBLISHED = "published"
    """A ranking was said in the channel; the subject is whose, the facts say of when."""
    AUDITED = "audited"
    """Somebody read a call's whole story; the subject is its number."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act; ``facts`` are plain JSON values and hold no words of any resident."""

    id: int
    at: datetime
    actor: int | None
    actor_name: str
    deed: str
    subject: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seal:
    """Up to which entry and act, how many of each, and the hash over all of them."""

    at: datetime
    entry: int
    act: int
    entries: int
    acts: int
    hash: str


class Acts(Protocol):
    """Acts in the order they were done, in one chain; and the seals over everything written."""

    async def add(self, act: Act) -> Act:
        """Write it down; gives it back with its id."""

    async def latest(self, limit: int, *, before: int | None = None) -> Sequence[Act]:
        """The last acts, newest first; those before an id where one is given."""

    async def seal(self, now: datetime) -> Seal:
        """Close everything written so far under one hash that stands on the seal before."""

    async def seals(self, limit: int) -> Sequence[Seal]:
        """The last seals, newest first."""


def act_of(
    deed: str, subject: str, *, by: Actor, now: datetime, facts: Mapping[str, Any] | None = None
) -> Act:
    """An act that was just done."""
    return Act(0, now, by.account, by.name, deed, subject, dict(facts or {}))

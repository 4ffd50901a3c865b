"""Writes down what became of a message that was said, and what else follows from it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.delivery.speech import Speech
from bot.delivery.verdicts import Finding, Verdict
from bot.patience import pause
from core.outgoing import Kind, OutboxRow, Policy, Settled, State
from core.ports import Work
from core.posting import Posting

DOUBT = timedelta(seconds=20)
NEVER_RENDERED = 5
Unreachable = Callable[[int, str, Work], Awaitable[None]]
Moved = Callable[[int, int, Work], Awaitable[None]]
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Said:
    """One row, what was said for it, and the answer."""

    row: OutboxRow
    speech: Speech
    verdict: Verdict
    messages: tuple[int, ...] = ()


def settled(said: Said, *, now: datetime) -> Settled:
    """The row's next state (D3); pure."""
    row, found = said.row, said.verdict
    match found.finding:
        case Finding.SENT | Finding.SAME:
            return Settled(row.id, State.SENT, message=next(iter(said.messages), None))
        case Finding.FLOODED:
            until = now + timedelta(seconds=found.pause)
            return Settled(row.id, State.READY, error=found.error, lane_pause=until)
        case Finding.NOT_SENT:
            return _later(row, found.error, now)
        case Finding.MOVED | Finding.TOKEN_REFUSED | Finding.DROPPED:
            return Settled(row.id, State.READY, error=found.error)
        case Finding.GONE if said.speech.replaces is not None and row.kind is not Kind.SAY:
            return Settled(row.id, State.READY, error=found.error)
        case Finding.UNKNOWN:
            return _doubtful(said, now)
    return Settled(row.id, State.DEAD, error=found.error)


def unrendered(row: OutboxRow, error: Exception, *, now: datetime) -> Settled:
    """A row nobody could put into words: again later, given up after some tries."""
    if row.attempts >= NEVER_RENDERED:
        return Settled(row.id, State.DEAD, error=type(error).__name__)
    return _later(row, type(error).__name__, now)


def _later(row: OutboxRow, error: str, now: datetime) -> Settled:
    wait = timedelta(seconds=pause(row.attempts))
    return Settled(row.id, State.READY, error=error, not_before=now + wait)


def _doubtful(said: Said, now: datetime) -> Settled:
    """Nobody knows whether it arrived: what may be repeated is, once."""
    row, error = said.row, said.verdict.error
    if row.policy is Policy.LATEST:
        return _later(row, error, now)
    if row.policy is Policy.AT_LEAST_ONCE and not row.doubted:
        return Settled(row.id, State.UNKNOWN, error=error, not_before=now + DOUBT)
    return Settled(row.id, State.UNKNOWN, error=error)


@dataclass(frozen=True, slots=True)
class Consequences:
    """What the service does about chats that are lost or moved, in the same transaction.

    ``unreachable(chat, error, work)``: it refuses us for good. ``moved(old, new, work)``: a group
    became a supergroup; its lane, unsent rows and postings must move. Told twice is once.
    """

    unreachable: Unreachable
    moved: Moved


def follows(said: Said) -> bool:
    """Whether anything follows beside the row itself: most of what is said is about no leg."""
    return said.verdict.finding is not Finding.SENT or said.speech.leg is not None


async def follow(said: Said, work: Work, consequences: Consequences) -> None:
    """Everything that follows beside the row itself: postings, moved groups, lost people."""
    row, speech, found = said.row, said.speech, said.verdict
    match found.finding:
        case Finding.SENT:
            await _remember(said, work)
        case Finding.GONE if speech.replaces is not None:
            await work.postings.lose(row.lane, speech.replaces)
        case Finding.MOVED if found.chat is not None:
            log.info("group_moved", old=row.lane, new=found.chat)
            await consequences.moved(row.lane, found.chat, work)
        case Finding.UNREACHABLE:
            await consequences.unreachable(row.lane, found.error, work)


async def _remember(said: Said, work: Work) -> None:
    speech = said.speech
    if speech.leg is None or speech.purpose is None:
        return
    for message in said.messages:
        posting = Posting(said.row.lane, message, speech.leg, speech.purpose)
        await work.postings.add(posting)

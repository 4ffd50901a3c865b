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
from core.posting import Posting, Purpose

DOUBT = timedelta(seconds=20)
NEVER_RENDERED = 5
Unreachable = Callable[[OutboxRow, str, Work], Awaitable[None]]
Moved = Callable[[int, int, Work], Awaitable[None]]
Astray = Callable[[int, int, Work], Awaitable[None]]
Unable = Callable[[int, str, str, Work], Awaitable[None]]
Posted = Callable[[OutboxRow, Posting, Work], Awaitable[None]]
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Said:
    """One row, what was said for it, and the answer; ``astray`` is a topic found missing first."""

    row: OutboxRow
    speech: Speech
    verdict: Verdict
    messages: tuple[int, ...] = ()
    astray: int | None = None


def otherwise(said: Said) -> Speech | None:
    """Another way to say the same at once, for what could not be said like this."""
    match said.verdict.finding:
        case Finding.MALFORMED | Finding.GONE if said.speech.otherwise:
            return said.speech.otherwise
        case Finding.GONE if said.row.kind is Kind.SAY:
            return said.speech.anew()
        case Finding.ASTRAY | Finding.SHUT:
            return said.speech.in_general()
    return None


def astray(said: Said) -> int | None:
    """The topic that is gone, as this answer tells."""
    return said.speech.thread if said.verdict.finding is Finding.ASTRAY else None


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
        case Finding.ASTRAY if said.speech.thread is not None:
            return Settled(row.id, State.SUPERSEDED, error=found.error)
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


async def nothing_follows(*_about: object) -> None:
    """For a service that has no topics, boards or cards."""


@dataclass(frozen=True, slots=True)
class Consequences:
    """What the service does about chats that are lost or moved, in the same transaction.

    ``unreachable(row, error, work)``: its chat refuses us for good. ``moved(old, new, work)``: a
    group became a supergroup; its lane, unsent rows and postings must move. Told twice is once.
    ``astray(chat, thread, work)``: a topic is gone. ``unable(chat, method, error, work)``: the bot
    may not do this there. ``posted(row, posting, work)``: a card or a board stands there now.
    """

    unreachable: Unreachable
    moved: Moved
    astray: Astray = nothing_follows
    unable: Unable = nothing_follows
    posted: Posted = nothing_follows


def follows(said: Said) -> bool:
    """Whether anything follows beside the row itself: most of what is said is about no leg."""
    quiet = said.verdict.finding is Finding.SENT and said.speech.leg is None
    return not quiet or said.row.kind is Kind.BOARD or said.astray is not None


async def follow(said: Said, work: Work, consequences: Consequences) -> None:
    """Everything that follows beside the row itself: postings, moved groups, lost people."""
    row, speech, found = said.row, said.speech, said.verdict
    if (lost := said.astray or astray(said)) is not None:
        await consequences.astray(row.lane, lost, work)
    match found.finding:
        case Finding.SENT:
            await _remember(said, work, consequences.posted)
        case Finding.GONE if speech.replaces is not None:
            await work.postings.lose(row.lane, speech.replaces)
        case Finding.MOVED if found.chat is not None:
            log.info("group_moved", old=row.lane, new=found.chat)
            await consequences.moved(row.lane, found.chat, work)
        case Finding.UNABLE:
            await consequences.unable(row.lane, speech.method, found.error, work)
        case Finding.UNREACHABLE:
            await consequences.unreachable(row, found.error, work)


async def _remember(said: Said, work: Work, posted: Posted) -> None:
    row, speech = said.row, said.speech
    if speech.replaces is not None:
        return  # an edit: it is known where that message stands
    for message in said.messages:
        purpose = speech.purpose or Purpose.WORDS
        thread = message if purpose is Purpose.TOPIC else speech.thread
        posting = Posting(row.lane, message, speech.leg or 0, purpose, thread=thread)
        if speech.leg is not None and speech.purpose is not None:
            await work.postings.add(posting)
        if row.kind in (Kind.CARD, Kind.BOARD):
            await posted(row, posting, work)

"""What each answer of Telegram means; pure, by exact class, after what was asked of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import aiohttp
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

NEVER_LEFT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
DEFAULT_FLOOD_PAUSE = 5.0
LONGEST = 200


class Finding(StrEnum):
    """What became of one request."""

    SENT = "sent"
    SAME = "same"
    """An edit to what is shown already: as good as sent."""
    GONE = "gone"
    """The message to edit is not there any more."""
    ASTRAY = "astray"
    """The topic it was meant for is not there any more."""
    SHUT = "shut"
    """Nobody may write in the topic it was meant for."""
    UNABLE = "unable"
    """The bot has not the right to do more than speak, or the group has no topics."""
    FLOODED = "flooded"
    MOVED = "moved"
    UNREACHABLE = "unreachable"
    MALFORMED = "malformed"
    NOT_SENT = "not_sent"
    DROPPED = "dropped"
    """Claimed too long ago to be sent: somebody else may have it by now."""
    UNKNOWN = "unknown"
    TOKEN_REFUSED = "token_refused"  # noqa: S105 - a word, not a secret


@dataclass(frozen=True, slots=True)
class Verdict:
    """A finding with what it needs: seconds to wait, the chat's new id, words for the record."""

    finding: Finding
    pause: float = 0.0
    chat: int | None = None
    error: str = ""


# A BadRequest is a NetworkError by inheritance, but trying again will not mend it: the words
# decide, most particular first.
BAD_REQUESTS: tuple[tuple[str, Finding], ...] = (
    ("message is not modified", Finding.SAME),
    ("message to edit not found", Finding.GONE),
    ("message to delete not found", Finding.SAME),
    ("message can't be edited", Finding.GONE),
    ("message_id_invalid", Finding.GONE),
    ("message to pin not found", Finding.SAME),
    ("message to unpin not found", Finding.SAME),
    ("topic_not_modified", Finding.SAME),
    ("message thread not found", Finding.ASTRAY),
    ("topic_deleted", Finding.ASTRAY),
    ("topic_id_invalid", Finding.ASTRAY),
    ("topic_closed", Finding.SHUT),
    ("chat is not a forum", Finding.UNABLE),
    ("not enough rights to create a topic", Finding.UNABLE),
    ("not enough rights to edit the topic", Finding.UNABLE),
    ("not enough rights to manage pinned", Finding.UNABLE),
    ("chat not found", Finding.UNREACHABLE),
    ("peer_id_invalid", Finding.UNREACHABLE),
    ("user is deactivated", Finding.UNREACHABLE),
    ("bot is not a member", Finding.UNREACHABLE),
    ("bot was kicked", Finding.UNREACHABLE),
    ("not enough rights to send", Finding.UNREACHABLE),
    ("have no rights to send a message", Finding.UNREACHABLE),
    ("chat_write_forbidden", Finding.UNREACHABLE),
    ("need administrator rights in the channel", Finding.UNREACHABLE),
    ("chat_restricted", Finding.UNREACHABLE),
    ("group chat was deactivated", Finding.UNREACHABLE),
)


def verdict(error: Exception) -> Verdict:
    """What this error says about the request that raised it."""
    words = str(error)[:LONGEST]
    match error:
        case RetryAfter():
            return Verdict(Finding.FLOODED, pause=_seconds(error), error=words)
        case ChatMigrated():
            return Verdict(Finding.MOVED, chat=error.new_chat_id, error=words)
        case Forbidden():
            return Verdict(Finding.UNREACHABLE, error=words)
        case BadRequest():
            return Verdict(_bad_request(words), error=words)
        case InvalidToken():
            return Verdict(_refused(words), error=words)
        case Conflict():
            return Verdict(Finding.NOT_SENT, error=words)
        case NetworkError():
            return _network(error)
        case TelegramError() | TimeoutError():
            return Verdict(Finding.UNKNOWN, error=words or type(error).__name__)
    return Verdict(Finding.MALFORMED, error=type(error).__name__)


def _seconds(error: RetryAfter) -> float:
    """PTB 22 gives a timedelta or a number, by an environment variable."""
    pause = error.retry_after
    return float(pause) if isinstance(pause, int | float) else pause.total_seconds()


def _bad_request(words: str) -> Finding:
    told = words.lower()
    return next((found for said, found in BAD_REQUESTS if said in told), Finding.MALFORMED)


def _refused(words: str) -> Finding:
    """401 is the token; 404 is a method or a token that Telegram cannot parse."""
    return Finding.TOKEN_REFUSED if "unauthorized" in words.lower() else Finding.MALFORMED


def _network(error: NetworkError) -> Verdict:
    """Connections that were never made are known; everything else may have arrived (A16)."""
    words = str(error)[:LONGEST]
    if isinstance(error.__cause__, NEVER_LEFT):
        return Verdict(Finding.NOT_SENT, error=words)
    if "too many requests" in words.lower():
        return Verdict(Finding.FLOODED, pause=DEFAULT_FLOOD_PAUSE, error=words)
    if "(413)" in words or "entity too large" in words.lower():
        return Verdict(Finding.MALFORMED, error=words)
    return Verdict(Finding.UNKNOWN, error=words)

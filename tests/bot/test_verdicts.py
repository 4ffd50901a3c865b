"""What each answer of Telegram means, and what becomes of the row."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import aiohttp
import pytest
from aiohttp.client_reqrep import ConnectionKey
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.delivery.settling import Said, settled, unrendered
from bot.delivery.speech import Speech
from bot.delivery.verdicts import Finding, Verdict, verdict
from core.outgoing import Kind, OutboxRow, Policy, Settled, State
from tests.bot.conftest import NOON

KEY = ConnectionKey("127.0.0.1", 1, False, True, None, None, None)
CARD = OutboxRow(1, -1001, Kind.CARD, Policy.LATEST, {"leg": 5}, State.SENDING, 1, NOON)
WORDS = replace(CARD, kind=Kind.SAY, policy=Policy.AT_LEAST_ONCE, lane=42)
NUDGE = replace(CARD, kind=Kind.NOTICE, policy=Policy.AT_MOST_ONCE)
SPEECH = Speech("sendMessage", {"chat_id": 42, "text": "收到"})
EDIT = Speech("editMessageText", {"chat_id": -1001, "message_id": 8, "text": "x"}, replaces=8)


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "finding"),
    [
        (RetryAfter(timedelta(seconds=7)), Finding.FLOODED),
        (NetworkError("Too Many Requests: retry later"), Finding.FLOODED),
        (ChatMigrated(-1002), Finding.MOVED),
        (Forbidden("Forbidden: bot was blocked by the user"), Finding.UNREACHABLE),
        (Forbidden("Forbidden: bot was kicked from the supergroup chat"), Finding.UNREACHABLE),
        (Forbidden("Forbidden: user is deactivated"), Finding.UNREACHABLE),
        (BadRequest("Bad Request: chat not found"), Finding.UNREACHABLE),
        (
            BadRequest("Need administrator rights in the channel chat"),
            Finding.UNREACHABLE,
        ),
        (BadRequest("Message is not modified: specified new message …"), Finding.SAME),
        (BadRequest("Message to edit not found"), Finding.GONE),
        (BadRequest("Message can't be edited"), Finding.GONE),
        (BadRequest("Message thread not found"), Finding.ASTRAY),
        (BadRequest("Topic_deleted"), Finding.ASTRAY),
        (BadRequest("Topic_closed"), Finding.SHUT),
        (BadRequest("Topic_not_modified"), Finding.SAME),
        (BadRequest("Not enough rights to create a topic"), Finding.UNABLE),
        (BadRequest("The chat is not a forum"), Finding.UNABLE),
        (BadRequest("Not enough rights to manage pinned messages in the chat"), Finding.UNABLE),
        (BadRequest("Can't parse entities"), Finding.MALFORMED),
        (InvalidToken("Unauthorized"), Finding.TOKEN_REFUSED),
        (InvalidToken("Not Found"), Finding.MALFORMED),
        (Conflict("terminated by other getUpdates request"), Finding.NOT_SENT),
        (NetworkError("Internal Server Error (500)"), Finding.UNKNOWN),
        (NetworkError("Bad Gateway"), Finding.UNKNOWN),
        (NetworkError("Request Entity Too Large (413)"), Finding.MALFORMED),
        (TelegramError("Invalid server response"), Finding.UNKNOWN),
        (TimedOut(), Finding.UNKNOWN),
        (caused(TimedOut(), TimeoutError()), Finding.UNKNOWN),
        (caused(TimedOut(), aiohttp.ConnectionTimeoutError()), Finding.NOT_SENT),
        (caused(TimedOut(), aiohttp.SocketTimeoutError()), Finding.UNKNOWN),
        (
            caused(NetworkError("x"), aiohttp.ClientConnectorError(KEY, OSError())),
            Finding.NOT_SENT,
        ),
        (caused(NetworkError("x"), aiohttp.ServerDisconnectedError()), Finding.UNKNOWN),
        (ValueError("a parameter of ours"), Finding.MALFORMED),
    ],
)
def test_each_answer_means_one_thing(error, finding):
    assert verdict(error).finding is finding


def test_a_flood_says_how_long_and_a_move_says_where():
    assert verdict(RetryAfter(timedelta(seconds=7))).pause == 7
    assert verdict(ChatMigrated(-1002)).chat == -1002


def test_the_words_kept_of_an_error_are_few():
    assert len(verdict(NetworkError("x" * 5000)).error) <= 200


def after(row: OutboxRow, finding: Finding, speech: Speech = SPEECH, **more) -> Settled:
    row = replace(row, doubted=more.pop("doubted", False))
    messages = more.pop("messages", ())
    return settled(Said(row, speech, Verdict(finding, **more), messages), now=NOON)


def in_(seconds: float):
    return NOON + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("row", "finding", "more", "expected"),
    [
        (WORDS, Finding.SENT, {"messages": (8,)}, Settled(1, State.SENT, message=8)),
        (CARD, Finding.SAME, {}, Settled(1, State.SENT)),
        (WORDS, Finding.FLOODED, {"pause": 9}, Settled(1, State.READY, lane_pause=in_(9))),
        (WORDS, Finding.MOVED, {"chat": -2}, Settled(1, State.READY)),
        (WORDS, Finding.UNREACHABLE, {}, Settled(1, State.DEAD)),
        (WORDS, Finding.MALFORMED, {}, Settled(1, State.DEAD)),
        (WORDS, Finding.TOKEN_REFUSED, {}, Settled(1, State.READY)),
        (WORDS, Finding.NOT_SENT, {}, Settled(1, State.READY, not_before=in_(1))),
        (CARD, Finding.GONE, {"speech": EDIT}, Settled(1, State.READY)),
        (CARD, Finding.GONE, {}, Settled(1, State.DEAD)),
        (WORDS, Finding.GONE, {"speech": EDIT}, Settled(1, State.DEAD)),
        (WORDS, Finding.UNKNOWN, {}, Settled(1, State.UNKNOWN, not_before=in_(20))),
        (WORDS, Finding.UNKNOWN, {"doubted": True}, Settled(1, State.UNKNOWN)),
        (NUDGE, Finding.UNKNOWN, {}, Settled(1, State.UNKNOWN)),
        (CARD, Finding.UNKNOWN, {"doubted": True}, Settled(1, State.READY, not_before=in_(1))),
    ],
)
def test_what_becomes_of_the_row(row, finding, more, expected):
    assert after(row, finding, **more) == expected


def test_who_cannot_be_reached_is_tried_less_and_less_often():
    waits = [
        after(replace(WORDS, attempts=n), Finding.NOT_SENT).not_before - NOON
        for n in (1, 2, 3, 4, 5, 6)
    ]

    assert [wait.total_seconds() for wait in waits] == [1, 2, 5, 15, 30, 30]


def test_a_row_nobody_can_word_is_given_up_after_five_tries():
    tries = [unrendered(replace(CARD, attempts=n), KeyError(), now=NOON) for n in range(1, 6)]

    assert [one.state for one in tries] == [State.READY] * 4 + [State.DEAD]

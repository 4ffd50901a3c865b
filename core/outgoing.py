"""Messages that are owed: rows that say what happened, or hold a ready-made answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What a row asks of the courier.

    ``say``: a ready-made method, payload ``{"method", "params", "posting"?: {"leg", "purpose"}}``.
    ``card``: show a leg as it is now, payload ``{"leg"}``; edits the card where there is one.
    ``board``: what an agency has open now, payload ``{"agency"}``; nothing where that is nothing.
    ``digest``: what presses in an agency, in place of many reminders, payload ``{"agency"}``.
    ``topic``: payload ``{"leg", "begins"}``; make the leg a topic of its own where it ``begins``,
    else close or open the one it has, by the state of the leg.
    ``leave``: go from a group that became nobody's, payload ``{"chat"}``, in a lane beside it.
    ``stub``: take a message about an erased call back, payload ``{"leg", "message"}``.
    ``export``: hand somebody what is kept of them, as a file, payload ``{}``: the lane says who.
    ``sheet``: a sheet of the district as a file, payload ``{"sheet", "version", "form"}``; the
    one in force where ``version`` is None.
    ``phone_task``: what an agency tells a caller by phone, payload ``{"leg"}``; edits
    the open one.
    ``petition``: what waits for a second person, or what became of it, payload
    ``{"petition"}``; with ``of_you`` to whom it was done, with ``in_public`` what was to be
    published.
    ``notice``: tell a party of a journal entry, payload ``{"entry", "to", "part"}``.
    """

    SAY = "say"
    CARD = "card"
    NOTICE = "notice"
    BOARD = "board"
    DIGEST = "digest"
    STUB = "stub"
    LEAVE = "leave"
    EXPORT = "export"
    SHEET = "sheet"
    PHONE_TASK = "phone_task"
    PETITION = "petition"
    TOPIC = "topic"


class Policy(StrEnum):
    """What to do when nobody knows whether a send arrived (D3)."""

    AT_LEAST_ONCE = "at_least_once"
    AT_MOST_ONCE = "at_most_once"
    LATEST = "latest"


class State(StrEnum):
    """Where a row stands; sent, superseded and dead are the end of it (I8).

    ``held`` was owed when a backup was taken that has been restored since: it waits for a person.
    """

    READY = "ready"
    SENDING = "sending"
    UNKNOWN = "unknown"
    SENT = "sent"
    SUPERSEDED = "superseded"
    DEAD = "dead"
    HELD = "held"


class Rank(int):
    """Who goes first when many chats wait; within a chat order is order."""


CONVERSATION, TELLING, NUDGING, DIGEST = Rank(0), Rank(1), Rank(2), Rank(3)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A row as it is put: ``lane`` is the chat; ``dedupe`` is unique for ever where given.

    ``coalesce`` names rows of which only the newest unsent one counts (cards): putting a second
    while the first waits changes nothing.
    """

    lane: int
    kind: Kind
    payload: Mapping[str, Any] = field(default_factory=dict)
    policy: Policy = Policy.AT_LEAST_ONCE
    rank: Rank = TELLING
    dedupe: str | None = None
    coalesce: str | None = None
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A row as a courier, its ``owner``, claims it; ``doubted`` may have arrived before."""

    id: int
    lane: int
    kind: Kind
    policy: Policy
    payload: Mapping[str, Any]
    state: State
    attempts: int
    created_at: datetime
    owner: str = ""
    doubted: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a claimed row: ``not_before`` with ``READY`` or ``UNKNOWN`` is a retry.

    ``lane_pause`` holds the whole chat back until then (a 429). ``owner`` is whoever claimed it.
    An ``UNKNOWN`` is remembered as a doubt.
    """

    id: int
    state: State
    message: int | None = None
    error: str = ""
    not_before: datetime | None = None
    lane_pause: datetime | None = None
    owner: str = ""

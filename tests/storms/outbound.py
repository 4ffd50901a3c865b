"""What becomes of each message when Telegram answers badly: the table of D3, and its stage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageText,
    SendMediaGroup,
    SendMessage,
    SendPhoto,
    SetMessageReaction,
    TelegramMethod,
)
from aiogram.types import InputMediaPhoto, ReactionTypeEmoji

from bot.bell import Bell
from bot.delivery.answers import Answers
from bot.delivery.courier import Courier
from bot.delivery.pacing import Limits, Pacing
from bot.delivery.settling import Consequences
from bot.delivery.speech import Speech
from bot.delivery.voice import Voice
from bot.intake.recording import Record
from core.ports import Units, Work
from tests.people import Json, Sandbox

WORDS, BEFORE = "已派人前往", "正在核实"
UNPACED = Limits(per_second=0, chat_per_second=0, group_per_minute=0)
SEND = ("sendMessage", "sendPhoto", "sendMediaGroup")
EDIT, REACTION, ANSWER = "editMessageText", "setMessageReaction", "answerCallbackQuery"
METHODS = (*SEND, EDIT, REACTION, ANSWER)
REFUSED = "connect refused"


@dataclass(frozen=True)
class Expected:
    """``again``: seconds after the one before until each further request; ``state`` at the end.

    ``copies`` are shown to people; ``told`` is what the service learns about the chat.
    """

    again: tuple[float, ...]
    state: str | None
    copies: int
    told: str = ""


@dataclass(frozen=True)
class Fault:
    """A fault of the sandbox; what it does to sends, to edits, and to reactions."""

    name: str
    kind: str
    sends: Expected
    edits: Expected
    reactions: Expected
    arrives: bool = False
    retry_after: int = 3

    def expected(self, method: str) -> Expected:
        """The answer to a tap is said once, whatever happens, and leaves no row (A8)."""
        if method == ANSWER:
            return Expected((), None, int(self.arrives))
        return {EDIT: self.edits, REACTION: self.reactions}.get(method, self.sends)


def _flood(seconds: int) -> Fault:
    waits = Expected((seconds,), "sent", 1)
    return Fault(f"429 r={seconds}", "429", waits, waits, waits, retry_after=seconds)


def _doubt(name: str, kind: str, *, arrives: bool) -> Fault:
    """At least once: again after 20 s, never sooner; edits say the same again at once."""
    later, soon = Expected((20,), "sent", 1 + arrives), Expected((1,), "sent", 1)
    return Fault(name, kind, later, soon, soon, arrives)


def _lost(name: str, kind: str) -> Fault:
    never = Expected((), "dead", 0, "unreachable")
    return Fault(name, kind, never, never, never)


_DEAD, _SAME = Expected((), "dead", 0), Expected((), "sent", 0)
_AT_ONCE, _SOON = Expected((0,), "sent", 1), Expected((1,), "sent", 1)
_MOVED = Expected((0,), "sent", 1, "moved")
_MOVED_EDIT = Expected((0, 0), "sent", 1, "moved")
_MOVED_REACTION = Expected((0,), "dead", 0, "moved")
FAULTS = (
    _flood(1),
    _flood(30),
    _flood(600),
    _doubt("500", "500", arrives=False),
    _doubt("502 HTML", "502", arrives=False),
    Fault("not modified", "not_modified", _SAME, _SAME, _SAME),
    Fault("edit not found", "edit_not_found", _DEAD, _AT_ONCE, _DEAD),
    _lost("chat not found", "chat_not_found"),
    _lost("403 kicked", "403_kicked"),
    _lost("403 blocked", "403_blocked"),
    Fault("migrate", "migrate", _MOVED, _MOVED_EDIT, _MOVED_REACTION),
    Fault(REFUSED, "", _SOON, _SOON, _SOON),
    _doubt("drop after accept", "drop_after", arrives=True),
    _doubt("read timeout", "timeout", arrives=True),
    _doubt("bad JSON", "bad_json", arrives=True),
)


@dataclass
class Clock:
    """Time that passes only when a case says so."""

    at: datetime = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)
    ran: float = 1000.0

    def now(self) -> datetime:
        """Aware, UTC."""
        return self.at

    def seconds(self) -> float:
        """Monotonic."""
        return self.ran

    def pass_(self, seconds: float) -> None:
        """Both go on."""
        self.at += timedelta(seconds=seconds)
        self.ran += seconds


@dataclass
class Line:
    """The real voice, which notes when it spoke; when ``cut``, ``nobody`` is spoken to once."""

    voice: Voice
    nobody: Voice
    clock: Clock
    cut: bool = False
    times: list[float] = field(default_factory=list)

    async def say(self, speech: Speech) -> tuple[int, ...]:
        """As the courier says it."""
        return await self._next().say(speech)

    async def call(self, method: str, params: Any) -> Any:
        """As answers to taps are said."""
        return await self._next().call(method, params)

    def _next(self) -> Voice:
        self.times.append(self.clock.seconds())
        cut, self.cut = self.cut, False
        return self.nobody if cut else self.voice


def voice_of(token: str, url: str, *, patience: float = 0.3) -> Voice:
    """The product's voice, which gives up waiting for an answer after ``patience`` seconds."""
    voice = Voice(token=token, api_root=url)
    timeout = aiohttp.ClientTimeout(total=12, connect=5, sock_read=patience)
    voice._transport._client = aiohttp.ClientSession(timeout=timeout)
    return voice


@dataclass
class Stage:
    """One case: a group of its own, a courier of its own, the store and sandbox of all."""

    sandbox: Sandbox
    units: Units
    clock: Clock
    line: Line
    chat: int
    told: list[str] = field(default_factory=list)

    def courier(self) -> Courier:
        """The real one, speaking over this line."""

        async def unreachable(row: Any, error: str, work: Work) -> None:
            self.told.append("unreachable")

        async def moved(old: int, new: int, work: Work) -> None:
            self.told.append("moved")
            self.chat = new
            await work.groups.move(old, new)

        async def render(row: Any, work: Work) -> None:
            return None

        return Courier(
            units=self.units,
            voice=self.line,
            render=render,
            consequences=Consequences(unreachable, moved),
            pacing=Pacing(UNPACED),
            clock=self.clock.now,
            seconds=self.clock.seconds,
            bell=Bell(),
        )

    async def delivers(self, courier: Courier) -> None:
        """Round after round until nothing more can be said now."""
        await courier._badge.keep()
        while claimed := await courier._round():
            for row, speech in claimed:
                await courier._send(row, speech)

    async def answers(self, record: Record) -> None:
        """What is said at once, never again."""
        answers = Answers(self.line)
        answers.put(record.fleeting)
        answers.stop()
        await answers.run()

    async def copies(self, method: str, after: int) -> int:
        """How often people are shown it."""
        if method == ANSWER:
            events = (await self.sandbox.get("/events", after=after))["events"]
            return sum(event["type"] == "answer" for event in events)
        shown = [one.raw for one in await self.sandbox.messages(self.chat)]
        if method == REACTION:
            return sum(bool(raw.get("reactions")) for raw in shown)
        return sum(WORDS in (raw.get("text"), raw.get("caption")) for raw in shown)


def said(method: str, chat: int, message: int, query: str, photo: str) -> TelegramMethod[Any]:
    """What a handler says."""
    cases: dict[str, Callable[[], TelegramMethod[Any]]] = {
        "sendMessage": lambda: SendMessage(chat_id=chat, text=WORDS),
        "sendPhoto": lambda: SendPhoto(chat_id=chat, photo=photo, caption=WORDS),
        "sendMediaGroup": lambda: SendMediaGroup(chat_id=chat, media=_album(photo)),
        EDIT: lambda: EditMessageText(chat_id=chat, message_id=message, text=WORDS),
        REACTION: lambda: SetMessageReaction(
            chat_id=chat, message_id=message, reaction=[ReactionTypeEmoji(emoji="👍")]
        ),
        ANSWER: lambda: AnswerCallbackQuery(callback_query_id=query, text=WORDS),
    }
    return cases[method]()


def _album(photo: str) -> list[Any]:
    return [InputMediaPhoto(media=photo, caption=WORDS), InputMediaPhoto(media=photo)]


def buttoned() -> Json:
    """A message of the bot's to edit, to react to, and to tap."""
    button = {"text": "签收", "callback_data": "ok"}
    return {"text": BEFORE, "reply_markup": {"inline_keyboard": [[button]]}}

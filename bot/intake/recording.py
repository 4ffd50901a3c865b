"""What handlers say is written down instead of sent: it becomes part of their transaction."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from typing import Any, TypeVar

from aiogram import Bot
from aiogram.client.default import Default
from aiogram.client.session.base import BaseSession
from aiogram.methods import GetMe, TelegramMethod
from aiogram.types import Chat, InputFile, Message, User

from bot.delivery.speech import Fleeting
from core.outgoing import CONVERSATION, Kind, Outgoing, Policy, Rank
from core.posting import Purpose

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FLEETING = frozenset({"answerCallbackQuery", "sendChatAction", "setMyCommands"})
LATEST = ("edit", "delete", "setMessageReaction", "pin", "unpin")
# One for all: to make a message of aiogram's takes longer than to write one down.
PLACEHOLDER = Message.model_construct(
    message_id=0, date=EPOCH, chat=Chat.model_construct(id=0, type="private")
)
Method = TypeVar("Method", bound=TelegramMethod[Any])


class NotForHandlers(Exception):
    """A handler asked Telegram something, or said what has no chat: the worker has no network."""


@dataclass(frozen=True, slots=True)
class Hint:
    """What the method itself cannot say: what it shows, and how it is to be delivered."""

    leg: int | None = None
    purpose: Purpose | None = None
    policy: Policy | None = None
    rank: Rank = CONVERSATION
    dedupe: str | None = None


UNHINTED = Hint()


@dataclass(slots=True)
class Record:
    """Everything said while one update was handled, in order."""

    rows: list[Outgoing] = field(default_factory=list)
    fleeting: list[Fleeting] = field(default_factory=list)
    _hints: dict[int, Hint] = field(default_factory=dict)

    def about(self, method: Method, hint: Hint) -> Method:
        """The same method, to be awaited or returned, remembered with a hint."""
        self._hints[id(method)] = hint
        return method

    def mark(self) -> tuple[int, int]:
        """A place to come back to with ``rewind``."""
        return len(self.rows), len(self.fleeting)

    def rewind(self, mark: tuple[int, int]) -> None:
        """Unsay everything since the mark: what told of it was rolled back."""
        del self.rows[mark[0] :], self.fleeting[mark[1] :]

    def keep(self, method: TelegramMethod[Any]) -> None:
        """Write a method down; ``NotForHandlers`` for reads and for what has no chat."""
        params = plain(method.model_dump(warnings=False, exclude_none=True))
        self.say(method.__api_method__, params, self._hints.pop(id(method), UNHINTED))

    def say(self, name: str, params: Mapping[str, Any], hint: Hint = UNHINTED) -> None:
        """Write down what is Bot API JSON already: no model is built and taken apart for it."""
        if name in FLEETING:
            self.fleeting.append(Fleeting(name, params))
            return
        if name.startswith("get") or not isinstance(params.get("chat_id"), int):
            raise NotForHandlers(name)
        self.rows.append(_row(name, params, hint))


def _row(name: str, params: Mapping[str, Any], hint: Hint) -> Outgoing:
    payload: dict[str, Any] = {"method": name, "params": params}
    if hint.leg is not None and hint.purpose is not None:
        payload["posting"] = {"leg": hint.leg, "purpose": hint.purpose.value}
    usual = Policy.LATEST if name.startswith(LATEST) else Policy.AT_LEAST_ONCE
    return Outgoing(
        lane=params["chat_id"],
        kind=Kind.SAY,
        payload=payload,
        policy=hint.policy or usual,
        rank=hint.rank,
        dedupe=hint.dedupe,
    )


def plain(value: Any) -> Any:
    """A dumped method as JSON: nothing unset, no library object; files are refused."""
    match value:
        case Mapping():
            items = ((key, plain(inner)) for key, inner in value.items())
            return {key: inner for key, inner in items if inner is not None}
        case list() | tuple():
            return [plain(inner) for inner in value]
        case Default():
            return None
        case Enum():
            return value.value
        case datetime():
            return round(value.timestamp())
        case InputFile():
            raise NotForHandlers("a file that Telegram does not have yet")
    return value


class RecordingSession(BaseSession):
    """Stands where aiogram would talk to Telegram; one update is handled at a time."""

    def __init__(self, me: User) -> None:
        super().__init__()
        self._me = me
        self.record = Record()

    def open(self) -> Record:
        """Begin a new record: from now on everything said goes there."""
        self.record = Record()
        return self.record

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[Any],
        timeout: int | None = None,  # noqa: ASYNC109 - the signature is aiogram's
    ) -> Any:
        """Write the method down and give a placeholder; handlers use no results."""
        if isinstance(method, GetMe):
            return self._me
        self.record.keep(method)
        if method.__returning__ is bool:
            return True
        return PLACEHOLDER

    async def close(self) -> None:
        """Nothing is open."""

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = 30,  # noqa: ASYNC109 - the signature is aiogram's
        chunk_size: int = 65536,
        raise_for_status: bool = True,
    ) -> AsyncGenerator[bytes, None]:
        """Refused: handlers do not download."""
        raise NotForHandlers("a download")
        yield b""

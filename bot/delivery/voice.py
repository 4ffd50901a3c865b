"""The one voice: recorded methods go out through python-telegram-bot's ``Bot``."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from telegram import (
    Bot,
    BotCommand,
    InputMediaAnimation,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    Message,
    MessageId,
)

from bot.delivery.speech import Speech
from bot.delivery.transport import Transport

MEDIA = {
    "photo": InputMediaPhoto,
    "video": InputMediaVideo,
    "document": InputMediaDocument,
    "audio": InputMediaAudio,
    "animation": InputMediaAnimation,
}


class Voice:
    """Says what was recorded and gives the ids of the messages that came of it.

    Scalars and required parameters go to the typed method; keyboards and entities, which are
    Bot API JSON already, travel past python-telegram-bot's classes untouched (``api_kwargs``).
    """

    def __init__(self, *, token: str, api_root: str) -> None:
        self._transport = Transport()
        self._bot = Bot(
            token,
            base_url=f"{api_root}/bot",
            base_file_url=f"{api_root}/file/bot",
            request=self._transport,
            get_updates_request=self._transport,
        )

    async def open(self) -> None:
        """Open the connections."""
        await self._transport.initialize()

    async def close(self) -> None:
        """Close the connections."""
        await self._transport.shutdown()

    async def me(self) -> dict[str, Any]:
        """The bot as Telegram knows it, as a plain ``User``; raises what the library raises."""
        user = await self._bot.get_me()
        return user.to_dict()

    async def say(self, speech: Speech) -> tuple[int, ...]:
        """Say it once; raises ``telegram.error.TelegramError`` as the library does."""
        return _message_ids(await self.call(speech.method, speech.params))

    async def call(self, method: str, params: Mapping[str, Any]) -> Any:
        """Call any method of the Bot API by its name there; the library's own result."""
        name, signature, required = _spoken(method)
        if not signature:
            return await self._bot.do_api_request(name, api_kwargs=dict(params))
        typed, rest = {}, {}
        for key, value in params.items():
            plain = key in signature and not isinstance(value, dict | list)
            if plain or key in required:
                typed[key] = _typed(key, value)
            else:
                rest[key] = value
        return await getattr(self._bot, name)(**typed, api_kwargs=rest or None)


@cache
def _spoken(method: str) -> tuple[str, frozenset[str], frozenset[str]]:
    """The library's name of a method, what it takes, and what it must have."""
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", method).lower()
    function = getattr(Bot, name, None)
    if function is None:
        return name, frozenset(), frozenset()
    parameters = inspect.signature(function).parameters.values()
    required = frozenset(p.name for p in parameters if p.default is p.empty)
    return name, frozenset(p.name for p in parameters), required


def _typed(key: str, value: Any) -> Any:
    """The two parameters that the library will not take as JSON."""
    if key == "media" and isinstance(value, Sequence):
        return [_medium(item) for item in value]
    if key == "media":
        return _medium(value)
    if key == "commands":
        return [BotCommand(item["command"], item["description"]) for item in value]
    return value


def _medium(item: Mapping[str, Any]) -> Any:
    rest = {key: value for key, value in item.items() if key not in ("type", "media")}
    return MEDIA[item["type"]](media=item["media"], api_kwargs=rest or None)


def _message_ids(result: Any) -> tuple[int, ...]:
    if isinstance(result, Message | MessageId):
        return (result.message_id,)
    if isinstance(result, dict):
        return (result["message_id"],) if "message_id" in result else ()
    if isinstance(result, Sequence):
        return tuple(number for item in result for number in _message_ids(item))
    return ()

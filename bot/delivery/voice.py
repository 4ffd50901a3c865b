"""The one voice: recorded methods go out through python-telegram-bot's ``Bot``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from telegram import Bot, InputFile, InputMediaPhoto

from bot.delivery.speech import File, Picture, Speech
from bot.delivery.transport import TooMuch, Transport

SENT = frozenset({File, Picture})


class JsonData(NamedTuple):
    """What the library's ``RequestData`` is to a request, for what is JSON already."""

    parameters: Mapping[str, Any]
    contains_files: bool = False


class Spokesman(Bot):
    """The library's bot for what is Bot API JSON already, with its requests and its errors.

    Its typed methods would take that JSON apart, and build a ``Message`` of each answer, of which
    the number alone is read: a third of what a message costs. What carries no file is spared the
    making of parameters as well.
    """

    async def says(self, method: str, params: Mapping[str, Any]) -> Any:
        """Call a method by its name in the Bot API; its result as plain JSON."""
        if any(type(one) in SENT for one in params.values()):
            return await self._do_post(method, {name: _sent(one) for name, one in params.items()})
        said: Any = JsonData({name: one for name, one in params.items() if one is not None})
        return await self.request.post(f"{self.base_url}/{method}", request_data=said)


class Voice:
    """Says what was recorded and gives the ids of the messages that came of it."""

    def __init__(self, *, token: str, api_root: str) -> None:
        self._transport = Transport()
        self._files = f"{api_root}/file/bot{token}"
        self._bot = Spokesman(
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

    async def fetch(self, file: str, most: int) -> bytes:
        """The content of a file people sent, by its id; ``TooMuch`` beyond ``most`` bytes."""
        told = await self.call("getFile", {"file_id": file})
        if int(told.get("file_size") or 0) > most:
            raise TooMuch
        return await self._transport.fetch(f"{self._files}/{told['file_path']}", most)

    async def call(self, method: str, params: Mapping[str, Any]) -> Any:
        """Call any method of the Bot API by its name there; the plain result."""
        return await self._bot.says(method, params)


def _sent(value: Any) -> Any:
    """What is no JSON as the library has it."""
    match value:
        case File(name, content):
            return InputFile(content, filename=name)
        case Picture(content, caption):
            return InputMediaPhoto(content, caption=caption)
    return value


def _message_ids(result: Any) -> tuple[int, ...]:
    """A topic counts as the message that made it: its thread is that number."""
    if isinstance(result, dict):
        number = result.get("message_id") or result.get("message_thread_id")
        return () if number is None else (number,)
    if isinstance(result, list):
        return tuple(number for item in result for number in _message_ids(item))
    return ()

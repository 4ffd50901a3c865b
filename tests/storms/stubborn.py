"""A resident who gets a call through whatever happens to the service meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic

from core.agency import Agency
from tests.journeys.crowd import Json, Player, words_of
from tests.journeys.raising import HEAD, SENT, answer, asks_something

GIVES_UP = 150.0
LOOKS_AGAIN = 6.0
ASKS_AGAIN = 42.0
"""Longer than it takes until what may have arrived is said once more; after that it is held."""
WELCOME = "我是“呼应”"


async def at_once() -> None:
    """No need to wait before the next act."""


async def gets_through(
    resident: Player,
    words: str,
    community: Agency,
    *,
    rest: Callable[[], Awaitable[None]] = at_once,
) -> None:
    """The whole guided conversation, until the call is sent. ``rest`` comes before every act.

    A copy of an earlier question may have been answered instead of the question: where nothing
    follows, the person looks at the chat again and goes on with the newest question there. Whoever
    hears nothing at all says /start, which asks again; once the call is sent it only welcomes.
    """
    await rest()
    await resident.says(words)
    began = resident.mark
    async with asyncio.timeout(GIVES_UP):
        while True:
            screen = await _asked(resident, began)
            told = words_of(screen)[:HEAD]
            await rest()
            if SENT in told or WELCOME in told:
                return
            await answer(resident, screen, community, 0)


async def _asked(resident: Player, began: int) -> Json:
    chat = resident.crowd.chats[resident.chat]
    since = monotonic()
    while True:
        try:
            async with asyncio.timeout(LOOKS_AGAIN):
                while (found := chat.since(resident.mark, _says_something)) is None:
                    await chat.bell.wait()
            return found
        except TimeoutError:
            if found := chat.since(began, _says_something):
                return found
        if monotonic() - since > ASKS_AGAIN:
            since = monotonic()
            await resident.says("/start")


def _says_something(message: Json) -> bool:
    return asks_something(message) or WELCOME in words_of(message)[:HEAD]

"""A resident who gets a call through whatever happens to the service meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from core.agency import Agency
from tests.journeys.crowd import Json, Player, words_of
from tests.journeys.raising import HEAD, SENT, answer, asks_something

GIVES_UP = 150.0
LOOKS_AGAIN = 6.0


async def at_once() -> None:
    """No need to wait before the next act."""


async def gets_through(
    resident: Player,
    words: str,
    community: Agency,
    *,
    rest: Callable[[], Awaitable[None]] = at_once,
) -> str:
    """The whole guided conversation; the number of the call. ``rest`` comes before every act.

    A copy of an earlier question may have been answered instead of the question: where nothing
    follows, the person looks at the chat again and goes on with the newest question there.
    """
    await rest()
    await resident.says(words)
    began = resident.mark
    async with asyncio.timeout(GIVES_UP):
        while True:
            screen = await _asked(resident, began)
            told = words_of(screen)[:HEAD]
            await rest()
            if SENT in told:
                return told.split(SENT)[1].split()[0]
            await answer(resident, screen, community, 0)


async def _asked(resident: Player, began: int) -> Json:
    chat = resident.crowd.chats[resident.chat]
    while True:
        try:
            async with asyncio.timeout(LOOKS_AGAIN):
                while (found := chat.since(resident.mark, asks_something)) is None:
                    await chat.bell.wait()
            return found
        except TimeoutError:
            if found := chat.since(began, asks_something):
                return found

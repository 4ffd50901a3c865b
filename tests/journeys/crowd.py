"""Plays many people at once: one stream of the sandbox's events serves them all.

    async with Crowd.gathered(sandbox.url) as crowd:
        lin = crowd.player(10001)
        await lin.says("楼道灯坏了")
        screen = await lin.sees("哪一类事")
        await lin.taps(screen, "路灯不亮")
        officer = crowd.player(20001, chat=-1002000000001)

What ``sees`` looks at is what the bot sent or edited in that chat since the player's last act.
``tests.people`` plays a few people more comfortably; this is for crowds and for benchmarks.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field
from time import time
from typing import Any

from tests.journeys.wire import Wire
from tests.people import TOKEN

Json = dict[str, Any]
Fits = Callable[[Json], bool]
PATIENCE = 60.0
SHOWS = (b'"type": "message"', b'"type": "edit"')
SEQ = re.compile(rb'\{"seq": (\d+)')
KIND_WITHIN = 120  # seq, moment and type come first: the others need not be read at all


class NotSeen(AssertionError):
    """What should have been shown did not come; tells what the chat shows."""


@dataclass(eq=False)
class Chat:
    """What the bot sent and edited in one chat, as events, and a bell for the next one."""

    events: list[Json] = field(default_factory=list)
    bell: asyncio.Event = field(default_factory=asyncio.Event)

    def add(self, event: Json) -> None:
        """One more; wakes everybody who waits."""
        self.events.append(event)
        self.bell.set()
        self.bell = asyncio.Event()

    def since(self, seq: int, fits: Fits) -> Json | None:
        """The newest fitting message after that number."""
        for event in reversed(self.events):
            if event["seq"] <= seq:
                return None
            if fits(event["message"]):
                return event["message"]
        return None

    def next(self, seq: int, words: str) -> Json | None:
        """The oldest event after that number whose message begins so."""
        later = (event for event in self.events if event["seq"] > seq)
        return next((e for e in later if words_of(e["message"]).startswith(words)), None)

    def all_since(self, seq: int) -> list[Json]:
        """Every message and edit after that number, oldest first."""
        return [event["message"] for event in self.events if event["seq"] > seq]


@dataclass(eq=False)
class Crowd:
    """Everybody who acts, over few connections; ``acts`` counts the updates they made."""

    wire: Wire
    chats: dict[int, Chat] = field(default_factory=lambda: defaultdict(Chat))
    listeners: list[Callable[[Json], None]] = field(default_factory=list)
    acts: int = 0
    newest: int = 0
    bot: int = int(TOKEN.split(":")[0])

    @classmethod
    @asynccontextmanager
    async def gathered(cls, url: str) -> AsyncIterator[Crowd]:
        """A crowd that watches until the end of the block."""
        crowd = cls(Wire(url))
        crowd.newest = await crowd._last()
        async with asyncio.TaskGroup() as house:
            watching = house.create_task(crowd.watch(crowd.newest))
            try:
                yield crowd
            finally:
                watching.cancel()
        await crowd.wire.close()

    async def caught_up(self) -> None:
        """Wait until everything that has happened so far was seen."""
        last = await self._last()
        while self.newest < last:  # noqa: ASYNC110 - no bell rings here
            await asyncio.sleep(0.01)

    async def _last(self) -> int:
        return int((await self.wire.get(f"/sandbox/events?after={1 << 60}"))["last"])

    def player(self, person: int, *, chat: int | None = None) -> Player:
        """Somebody in their private chat, or in a group."""
        return Player(self, person, person if chat is None else chat)

    async def watch(self, after: int) -> None:
        """Follow the events for ever; cancel to stop."""
        async with aclosing(self.wire.events(f"/sandbox/events?after={after}")) as stream:
            async for data in stream:
                self.newest = int(SEQ.match(data)[1])  # type: ignore[index]
                if not any(kind in data[:KIND_WITHIN] for kind in SHOWS):
                    continue
                event = json.loads(data)
                if event["message"]["from"]["id"] == self.bot:
                    self.chats[event["chat"]].add(event)
                    for listener in self.listeners:
                        listener(event["message"])

    async def act(self, path: str, wish: Json) -> Json:
        """Somebody does something that becomes an update."""
        self.acts += 1
        return await self.wire.post(f"/sandbox/{path}", wish)


@dataclass(eq=False)
class Player:
    """One person in one chat; ``acted`` are the moments of their acts, seconds since 1970."""

    crowd: Crowd
    id: int
    chat: int
    mark: int = 0
    read: int = 0
    acted: list[float] = field(default_factory=list)

    async def says(self, text: str, **more: Any) -> list[int]:
        """Send words; the numbers of the messages they became."""
        return await self.sends(text=text, **more)

    async def sends(self, **content: Any) -> list[int]:
        """Send anything; the numbers of the messages it became."""
        found = await self._act("messages", {"from": self.id, "chat": self.chat, **content})
        return [message["message_id"] for message in found["messages"]]

    async def starts(self, payload: str = "") -> None:
        """Press Start, perhaps after a deep link."""
        await self._act("start", {"from": self.id, "payload": payload})

    async def taps(self, message: Json, label: str = "") -> None:
        """Tap the button with those words (the first one without any)."""
        button = next(b for b in buttons(message) if not label or b["text"] == label)
        wish = {"from": self.id, "chat": self.chat, "message": message["message_id"]}
        await self._act("taps", {**wish, "data": button["callback_data"], "wait": 0})

    async def sees(self, *words: str, button: str = "") -> Json:
        """Wait for a message with all these words and that button."""

        def fits(message: Json) -> bool:
            told = words_of(message)
            shown = not button or any(b["text"] == button for b in buttons(message))
            return shown and all(word in told for word in words)

        return await self.finds(fits, f"{words} {button}")

    async def sees_next(self, words: str) -> Json:
        """Wait for the oldest message that begins so and was not seen this way before."""
        chat = self.crowd.chats[self.chat]
        try:
            async with asyncio.timeout(PATIENCE):
                while (found := chat.next(max(self.mark, self.read), words)) is None:
                    await chat.bell.wait()
        except TimeoutError:
            raise NotSeen(self._missed(words)) from None
        self.read = found["seq"]
        return found["message"]

    async def finds(self, fits: Fits, wanted: str) -> Json:
        """Wait for the newest fitting message since the last act."""
        chat = self.crowd.chats[self.chat]
        try:
            async with asyncio.timeout(PATIENCE):
                while (found := chat.since(self.mark, fits)) is None:
                    await chat.bell.wait()
        except TimeoutError:
            raise NotSeen(self._missed(wanted)) from None
        return found

    async def _act(self, path: str, wish: Json) -> Json:
        self.acted.append(time())
        found = await self.crowd.act(path, wish)
        self.mark = found["seq"]
        return found

    def _missed(self, wanted: str) -> str:
        events = self.crowd.chats[self.chat].events[-4:]
        shown = (f"  {e['seq']} {e['type']} {words_of(e['message'])[:200]!r}" for e in events)
        return "\n".join([f"{self.id} in {self.chat} (after {self.mark}): no {wanted}", *shown])


def words_of(message: Json) -> str:
    """Text or caption."""
    return message.get("text") or message.get("caption") or ""


def buttons(message: Json) -> Iterable[Json]:
    """The inline buttons, row by row."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", ())
    return [button for row in rows for button in row]

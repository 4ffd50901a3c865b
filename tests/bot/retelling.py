"""Every story of the model told once among chats: what each reader reads of each row of the table.

Nothing here is made up but who speaks: the desk acts, the renderer words what is owed, and every
message, button and link is kept by the row that owed it and by whoever read it.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any

from bot.delivery.speech import Speech
from bot.screens import public, timeline
from bot.screens.easel import Easel
from core.call import Call
from core.lifecycle import Action
from core.outgoing import Kind, OutboxRow
from core.people import Actor, Party
from core.ports import Work
from core.views import CallView
from tests.bot.group.room import TAPS, Room
from tests.core.acts import BESIDE
from tests.core.model import peopled, raised, view_of
from tests.core.motives import MOTIVES
from tests.core.playing import CHATS, LIN, STRANGER, TEAM, TEAM_CHAT, liwan
from tests.core.wanting import People

ADDRESS, NUMBER = "宝华路 12 号 3 栋 1502 房", "13812345678"
SAID = f"楼下的路灯不亮，打我电话{NUMBER}"
AGENCY_OF = {chat: code for code, chat in CHATS.items()} | {TEAM_CHAT: TEAM}
EASEL = Easel(TAPS, "huying_bot", liwan())
MEI = Actor(5002, "梅姐")  # stands by the call from its first minute
MOST_TURNS = 40


class View(StrEnum):
    """Who reads: the four of the district's table, and others who are spoken to in private."""

    CALLER = "caller"
    GROUP = "responsible group"
    OVERSIGHT = "oversight"
    PUBLIC = "public"
    SUPPORTER = "supporter"
    OFFICER = "an officer in private"


PEOPLE = {LIN.account: View.CALLER, MEI.account: View.SUPPORTER, STRANGER.account: View.SUPPORTER}


@dataclass
class Reading:
    """``told`` are notices by row and party; ``read`` is everything that was shown after a row."""

    told: set[tuple[Action, Party]] = field(default_factory=set)
    read: dict[tuple[Action, View], list[str]] = field(default_factory=lambda: defaultdict(list))
    chats: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))


@dataclass
class Retold(Room):
    """A room in which everybody follows one story, and what they read is kept."""

    reading: Reading = field(default_factory=Reading)
    agency: str = ""
    seen: set[int] = field(default_factory=set)
    rows: frozenset[Action] = frozenset()

    async def tell(self, wish: str, **more: Any) -> Reading:
        """The story from the raising of the call to its last act."""
        await peopled(self.stage)
        motive = MOTIVES[wish]
        call = await raised(self.stage, motive.born, SAID, address=ADDRESS, **more)
        beside = await self.stage.raised(draft=BESIDE)
        if not call.restricted:
            async with self.stage.desk() as desk:
                await desk.support(call.id, by=MEI, now=self.stage.now)
        people = People(self.stage, call, motive)
        await self._look(call, beside)
        for _ in range(MOST_TURNS):
            if people.done == len(motive.acts):
                break
            await people.act("fitting", 0, 0, await view_of(self.stage, call))
            await self._look(call, beside)
        return self.reading

    async def _look(self, *calls: Call) -> None:
        """Deliver what is owed for the entries since, and let everybody read."""
        views = [await view_of(self.stage, call) for call in calls]
        news = [[one for one in view.entries if one.id not in self.seen] for view in views]
        self.seen |= {entry.id for new in news for entry in new}
        self.rows = frozenset(entry.action for new in news for entry in new)
        self.agency = views[0].main.leg.agency
        await self.delivers()
        for view, new in zip(views, news, strict=True):
            for reader, text in _pages(view, self):
                for row in {entry.action for entry in new}:
                    self.reading.read[row, reader].append(text)

    async def _show(self, speech: Speech, chat: int, work: Work) -> None:
        said = {name: value for name, value in speech.params.items() if name != "chat_id"}
        self.reading.chats[chat].append(str(said))
        await super()._show(speech, chat, work)

    async def _deliver(self, row: OutboxRow, work: Work) -> None:
        told = len(self.reading.chats[row.lane])
        await super()._deliver(row, work)
        texts = self.reading.chats[row.lane][told:]
        rows = self.rows
        if row.kind is Kind.NOTICE and texts:
            entry = await work.journal.get(row.payload["entry"])
            rows = frozenset({entry.action})
            self.reading.told.add((entry.action, Party(row.payload["to"])))
        leg = row.payload.get("leg")
        agency = (await work.legs.get(leg)).agency if leg else self.agency
        for one in rows:
            self.reading.read[one, self._view_of(row.lane, agency)] += texts

    def _view_of(self, chat: int, agency: str) -> View:
        if chat > 0:
            return PEOPLE.get(chat, View.OFFICER)
        return View.GROUP if AGENCY_OF[chat] == agency else View.OVERSIGHT


def _pages(view: CallView, room: Room) -> Iterator[tuple[View, str]]:
    """What whoever asks may see: the caller's own page, and what anybody finds."""
    own = timeline.call(view, room.stage.now, liwan().calendar.zone)
    yield View.CALLER, own.text.render()[0]
    if not view.call.restricted:
        yield View.PUBLIC, public.shown(view, EASEL).text.render()[0]


@cache
def told(wish: str, *, restricted: bool = False) -> Reading:
    """What everybody reads while this story is told; for named people alone if ``restricted``."""
    return asyncio.run(_told(wish, restricted=restricted))


async def _told(wish: str, *, restricted: bool) -> Reading:
    room = await Retold.opened()
    return await room.tell(wish, restricted=restricted)


@cache
def all_told() -> Reading:
    """The readings of all stories together."""
    whole = Reading()
    for wish in MOTIVES:
        one = told(wish)
        whole.told |= one.told
        for key, texts in one.read.items():
            whole.read[key] += texts
    return whole

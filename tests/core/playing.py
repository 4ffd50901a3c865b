"""A small stage for tests of the desk: people, agencies and days of the example district."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from core.board import Board
from core.call import Call, Medium, NewCall, Piece
from core.desk import Desk
from core.district import District
from core.leg import Leg
from core.outgoing import Kind, OutboxRow
from core.people import Actor, Binding, Officer
from core.ports import Units
from core.views import CallView
from core.watch import Watch
from storage.sheets import read_district

EXAMPLE = Path(__file__).parents[2] / "examples" / "liwan"
MONDAY = datetime(2026, 6, 15, 2, 0, tzinfo=UTC)  # 10:00 in Guangzhou, a plain working day
COMMUNITY, STREET, LIGHTS, WATER, DISTRICT = (
    "440103006114",
    "440103006",
    "BM16",
    "BM08",
    "440103",
)
CHATS = {COMMUNITY: -101, STREET: -102, LIGHTS: -103, WATER: -104, DISTRICT: -105}
LIN = Actor(1001, "林阿姨")
LI = Actor(2001, "李敏", frozenset({COMMUNITY}))
ZHOU = Actor(2002, "周强", frozenset({COMMUNITY}))
LIANG = Actor(2003, "梁静", frozenset({STREET}))
TAN = Actor(2005, "谭勇", frozenset({LIGHTS}))
WU = Actor(2006, "吴磊", frozenset({WATER}))
DENG = Actor(2007, "邓洁", frozenset({DISTRICT}))
TEAM, TEAM_CHAT = "BM22", -100900
ZHONG = Actor(2009, "钟正", frozenset({TEAM}))
SU = Actor(3001, "苏晴", administrator=True)
STRANGER = Actor(4001, "路人甲")
LAMP, GAS = "10", "20"


@cache
def liwan() -> District:
    """The example district, read once."""
    return read_district(EXAMPLE)


def without(district: District, count: str) -> District:
    """The same district, whose rules sheet does not know this count."""
    kept = {name: most for name, most in district.limits.counts.items() if name != count}
    return replace(district, limits=replace(district.limits, counts=kept))


def words(text: str) -> tuple[Piece, ...]:
    """Something said."""
    return (Piece(Medium.WORDS, text),)


def photo(caption: str = "") -> tuple[Piece, ...]:
    """Something shown, with words."""
    return (Piece(Medium.PHOTO, caption, file="photo-1"),)


@dataclass
class Stage:
    """A store with groups bound and officers registered, and the time it is."""

    units: Units
    now: datetime = MONDAY
    district: District = field(default_factory=liwan)

    def without(self, count: str) -> Stage:
        """The same stage in a district that does not know this count of the rules sheet."""
        self.district = without(self.district, count)
        return self

    @asynccontextmanager
    async def desk(self) -> AsyncIterator[Desk]:
        """The desk inside a transaction."""
        async with self.units.begin() as work:
            yield Desk(work, self.district)

    async def set_up(self, *, bound: tuple[str, ...] = tuple(CHATS)) -> Stage:
        """Bind groups and register everybody."""
        async with self.units.begin() as work:
            for code in bound:
                binding = Binding(code, CHATS[code], code, 3001, self.now)
                await work.groups.save(binding)
            for actor in (LI, ZHOU, LIANG, TAN, WU, DENG):
                (agency,) = actor.officer_of
                await work.people.save_officer(Officer(actor.account or 0, agency, actor.name))
        return self

    async def with_team(self) -> Stage:
        """The restricted team has its group and one named person in it."""
        async with self.units.begin() as work:
            await work.groups.save(Binding(TEAM, TEAM_CHAT, "专班", 3001, self.now))
            await work.people.save_officer(Officer(ZHONG.account or 0, TEAM, ZHONG.name))
        return self

    async def raised(self, item: str = LAMP, draft: str = "draft-1", **more: object) -> Call:
        """Lin raises a call at home."""
        new = NewCall(draft, item, COMMUNITY, words("楼下的路灯不亮"), **more)  # type: ignore[arg-type]
        async with self.desk() as desk:
            return await desk.raise_call(new, by=LIN, now=self.now)

    async def call(self, call: Call) -> CallView:
        """The call as it is now."""
        async with self.units.read() as work:
            return await Board(work, self.district).call(call.id)

    async def leg(self, call: Call, number: int = 0) -> Leg:
        """The n-th leg of a call as it is now."""
        return (await self.call(call)).legs[number].leg

    async def tick(self, now: datetime) -> int:
        """Let time pass until ``now``."""
        self.now = now
        return await Watch(self.units, self.district).catch_up(now)

    async def owed(self) -> list[OutboxRow]:
        """Everything that would be said, settled as sent."""
        rows: list[OutboxRow] = []
        async with self.units.begin() as work:
            while claimed := await self._sent(work):
                rows += claimed
        return rows

    async def _sent(self, work) -> list[OutboxRow]:  # type: ignore[no-untyped-def]
        from core.outgoing import Settled, State

        claimed = list(await work.outbox.claim(now=self.now, limit=100, busy=()))
        settled = [Settled(row.id, State.SENT, message=row.id) for row in claimed]
        await work.outbox.settle(*settled, now=self.now)
        return claimed

    async def told(self) -> list[tuple[int, str]]:
        """Who would be told of what, since the last look: chat and action, cards left out."""
        notices = [row for row in await self.owed() if row.kind is Kind.NOTICE]
        async with self.units.begin() as work:
            entries = [await work.journal.get(row.payload["entry"]) for row in notices]
        return [(row.lane, e.action.value) for row, e in zip(notices, entries, strict=True)]

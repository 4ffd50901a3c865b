"""Two service processes on one PostgreSQL, and what the ledger and the database say of them."""

from __future__ import annotations

import asyncio
import os
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy import Engine, create_engine, make_url, text

from core.agency import AgencyKind
from tests.journeys.crowd import Crowd, Player
from tests.journeys.everybody import RESIDENTS, liwan, seed
from tests.journeys.raising import Raised, raise_call
from tests.journeys.running import Service
from tests.people import Sandbox

SPEAKS = ("send", "edit")
LEADER = text(
    "SELECT owner FROM leases"
    " WHERE name = 'leader' AND until > extract(epoch FROM clock_timestamp())"
)
ENDS = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
SENT = text("SELECT lane, kind, payload, message FROM outbox WHERE state = 'sent' ORDER BY id")
OWED = text("SELECT count(*) FROM outbox WHERE settled_at IS NULL")
LEFT = text("SELECT count(*) FROM inbox WHERE state IN ('new', 'dead')")
CALLS = text("SELECT caller, count(*) FROM calls GROUP BY caller")


@dataclass(eq=False)
class Pair:
    """The two processes, the people, and the database they all end up in."""

    sandbox: Sandbox
    crowd: Crowd
    services: tuple[Service, Service]
    engine: Engine
    raised: int = 0

    def leader(self) -> Service | None:
        """Whoever fetches and ticks now."""
        with self.engine.connect() as look:
            owner = look.execute(LEADER).scalar()
        numbers = {service.pid: service for service in self.services if service.running}
        return numbers.get(int(owner.split("/")[1])) if owner else None

    def end_connections(self) -> None:
        """pg_terminate_backend: everybody's connections are gone at once."""
        with self.engine.connect() as admin:
            admin.execute(ENDS)

    async def raises(self, resident: Player, words: str) -> Raised:
        """A whole guided conversation, whatever happens to the processes meanwhile."""
        communities = liwan().tree.of_kind(AgencyKind.COMMUNITY)
        community = next(each for each in communities if each.centre)
        found = await raise_call(resident, words, community)
        self.raised += 1
        return found

    async def comes_to_rest(self) -> None:
        """Wait until everything is handled and delivered."""
        async with asyncio.timeout(90):
            while self._count(OWED) + self._count(LEFT):  # noqa: ASYNC110 - no bell rings here
                await asyncio.sleep(0.2)

    def calls(self) -> dict[int, int]:
        """How many calls everybody has."""
        with self.engine.connect() as look:
            return {row.caller: row.count for row in look.execute(CALLS)}

    def inversions(self) -> list[tuple[int, list[int]]]:
        """Chats whose messages did not arrive in the order they were owed in."""
        came = defaultdict(list)
        with self.engine.connect() as look:
            for lane, kind, payload, message in look.execute(SENT):
                if kind != "card" and not payload.get("method", "send").startswith("edit"):
                    came[lane].append(message)
        return [(lane, those) for lane, those in came.items() if those != sorted(those)]

    async def copies(self) -> int:
        """How many more messages and edits were taken by Telegram than were owed."""
        spoken = [
            row
            for row in await self.sandbox.ledger()
            if row["method"].startswith(SPEAKS) and row["status"] == 200
        ]
        with self.engine.connect() as look:
            return len(spoken) - len(look.execute(SENT).all())

    def _count(self, question) -> int:
        with self.engine.connect() as look:
            return look.execute(question).scalar_one()


@asynccontextmanager
async def paired(database: str, *, residents: int) -> AsyncIterator[Pair]:
    """A district with two processes at work in it."""
    people = seed(liwan(), residents=residents)
    engine = create_engine(make_url(database).set(drivername="postgresql+psycopg"))
    try:
        async with (
            Sandbox.started(people) as sandbox,
            Service.started(sandbox, database=database, seed=people) as one,
            Service.started(sandbox, database=database, seed=people) as other,
            Crowd.gathered(sandbox.url) as crowd,
        ):
            yield Pair(sandbox, crowd, (one, other), engine)
    finally:
        engine.dispose()


def minutes() -> float:
    """How long a storm lasts; without MINUTES one round is enough."""
    return float(os.environ.get("MINUTES", "0"))


def resident_of(pair: Pair, number: int) -> Player:
    """Somebody of the seed."""
    return pair.crowd.player(RESIDENTS + number)

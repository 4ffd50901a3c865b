"""One service in a district, ended in every way there is, and the residents who need it."""

from __future__ import annotations

import asyncio
import socket
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from core.agency import Agency, AgencyKind
from core.failpoints import VARIABLE
from tests.journeys.crowd import Crowd, Player
from tests.journeys.everybody import RESIDENTS, liwan, seed
from tests.journeys.running import NotStarted, Service
from tests.people import Json, Sandbox
from tests.storms import tallying
from tests.storms.books import LOOK, Books, Finding
from tests.storms.stubborn import gets_through


@dataclass(eq=False)
class World:
    """The service, the people, and what they did."""

    sandbox: Sandbox
    service: Service
    crowd: Crowd
    books: Books
    community: Agency
    raised: Counter[int] = field(default_factory=Counter)
    copies: int = 0
    newcomers: Any = field(default_factory=lambda: count(RESIDENTS))

    def newcomer(self) -> Player:
        """Somebody who never raised anything."""
        return self.crowd.player(next(self.newcomers))

    async def raises(self, resident: Player, words: str, *, calmly: bool = False) -> None:
        """A whole call; ``calmly``: before every act all is at rest, or the service dead."""
        rest = {"rest": self._calm} if calmly else {}
        await gets_through(resident, words, self.community, **rest)
        self.raised[resident.id] += 1

    async def _calm(self) -> None:
        while self.service.running and not self.books.at_rest:  # noqa: ASYNC110 - no bell
            await asyncio.sleep(LOOK)

    async def arm(self, wish: str) -> None:
        """Start anew so that it dies there; it may do so before it is ready."""
        self.service.wishes[VARIABLE] = wish
        with suppress(NotStarted):
            await self.service.restart()

    async def dies(self) -> int:
        """Wait for its end, and start it again as everybody has it; the exit code."""
        assert self.service.process is not None
        code = await self.service.process.wait()
        self.service.wishes.clear()
        await self.service.restart()
        return code

    async def audit(self, *, copies: int) -> dict[str, Finding]:
        """Come to rest; the books' findings, with so many more copies allowed than before."""
        await self.books.come_to_rest()
        found = await self.books.audit(self.raised, copies=self.copies + copies)
        self.copies = self.books.copies
        for name, finding in found.items():
            tallying.count(name, finding.cases, len(finding.violations))
        return {name: finding for name, finding in found.items() if finding.violations}


@asynccontextmanager
async def world(
    database: Path | str, *, pushed: bool = False, dying: str = ""
) -> AsyncIterator[World]:
    """A district at work; ``pushed``: updates come by webhook; ``dying`` at that failpoint."""
    people = seed(liwan(), residents=500)
    communities = liwan().tree.of_kind(AgencyKind.COMMUNITY)
    community = next(each for each in communities if each.centre)
    async with (
        Sandbox.started(people) as sandbox,
        Service.started(
            sandbox,
            database=database,
            seed=people,
            wishes={VARIABLE: dying} if dying else None,
            telegram=_by_webhook() if pushed else {},
        ) as service,
        Crowd.gathered(sandbox.url) as crowd,
    ):
        books = Books.of(sandbox, crowd, database)
        try:
            yield World(sandbox, service, crowd, books, community)
        finally:
            books.engine.dispose()


def _by_webhook() -> Json:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = int(found.getsockname()[1])
    return {
        "mode": "webhook",
        "webhook_secret": "a-made-up-secret",
        "webhook_url": f"http://127.0.0.1:{port}/hook",
        "webhook_port": port,
    }

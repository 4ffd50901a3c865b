"""A district at work, ended in every way there is, and the people who need it."""

from __future__ import annotations

import asyncio
import socket
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from time import monotonic
from typing import Any

from core.agency import Agency, AgencyKind
from core.call import ERASED
from core.failpoints import VARIABLE
from tests.journeys.crowd import Crowd, Player
from tests.journeys.everybody import RESIDENTS, liwan, seed
from tests.journeys.running import NotStarted, Service
from tests.people import Json, Sandbox
from tests.storms import tallying
from tests.storms.books import LOOK, Books, Finding
from tests.storms.born import Nursery, born_in
from tests.storms.stubborn import gets_through

PEOPLE = 2_000
BACK_WITHIN = 6 + 5


@dataclass(eq=False)
class World:
    """The service in one process or several, the people, and what they did."""

    sandbox: Sandbox
    services: list[Service]
    crowd: Crowd
    books: Books
    community: Agency
    raised: Counter[int] = field(default_factory=Counter)
    copies: int = 0
    newcomers: Any = field(default_factory=lambda: count(RESIDENTS))
    died_at: float | None = None

    def __post_init__(self) -> None:
        self.crowd.listeners.append(self._shown)

    @property
    def service(self) -> Service:
        """The only process, or the first."""
        return self.services[0]

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

    def forgets(self, account: int) -> None:
        """Somebody took everything back: their calls are nobody's, their chat is not kept."""
        self.raised[ERASED] += self.raised.pop(account)
        self.books.unbooked.add(account)

    async def arm(self, wish: str) -> None:
        """Start anew so that it dies there; it may do so before it is ready."""
        self.service.wishes[VARIABLE] = wish
        with suppress(NotStarted):
            await self.service.restart()

    async def dies(self) -> int:
        """Wait for its end, and start it again as everybody has it; the exit code."""
        assert self.service.process is not None
        code = await self.service.process.wait()
        self.died_at = monotonic()
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

    def _shown(self, _: Json) -> None:
        """The first thing that is said after a death says how long everybody waited."""
        if self.died_at is not None:
            late = monotonic() - self.died_at > BACK_WITHIN
            tallying.count("I15 back within lease and 5 s", 1, late)
            self.died_at = None


@asynccontextmanager
async def world(
    database: Path | str,
    *,
    nursery: Nursery | None = None,
    processes: int = 1,
    pushed: bool = False,
    dying: str = "",
    group: str = "supergroup",
) -> AsyncIterator[World]:
    """A district at work; ``pushed``: updates come by webhook; ``dying`` at that failpoint."""
    district = liwan()
    people = seed(district, residents=PEOPLE)
    for chat in people["chats"]:
        chat["type"] = group
    communities = district.tree.of_kind(AgencyKind.COMMUNITY)
    community = next(each for each in communities if each.centre)
    begin = born_in(nursery).started
    more: Json = {"wishes": {VARIABLE: dying}} if dying else {}
    if pushed:
        more["telegram"] = _by_webhook()
    async with AsyncExitStack() as house:
        sandbox = await house.enter_async_context(_sandbox(nursery, people))
        # Before the services: what they say as they start is in the books as well.
        crowd = await house.enter_async_context(Crowd.gathered(sandbox.url))
        services = [
            await house.enter_async_context(begin(sandbox, database=database, seed=people, **more))
            for _ in range(processes)
        ]
        books = Books.of(sandbox, crowd, database)
        house.callback(books.engine.dispose)
        yield World(sandbox, services, crowd, books, community)


@asynccontextmanager
async def _sandbox(nursery: Nursery | None, people: Json) -> AsyncIterator[Sandbox]:
    """The nursery's, begun anew; one of its own without."""
    if nursery is None:
        async with Sandbox.started(people) as sandbox:
            yield sandbox
        return
    async with Sandbox.attached(nursery.sandbox) as sandbox:
        await sandbox.no_faults()
        await sandbox.reset(people)
        yield sandbox


def _by_webhook() -> Json:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = int(found.getsockname()[1])
    return {
        "mode": "webhook",
        "webhook_secret": "a-made-up-secret",
        "webhook_url": f"http://127.0.0.1:{port}/hook",
        "webhook_port": port,
    }

"""The district of the example, alive: the sandbox with its people, the service, its database."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path

from core.board import Board
from core.views import CallView
from storage.engine import Store, open_store
from tests.journeys.duty import Officer
from tests.journeys.everybody import LIWAN, liwan
from tests.journeys.running import Service
from tests.journeys.telling import Resident
from tests.people import Group, Json, Sandbox

SEED = LIWAN / "sandbox.json"
REFUSED = 400
LIFE = (
    *("blocked", "kicked", "not a member", "upgraded", "query is too old"),
    *("message thread not found", "message to edit not found"),
)
AS_GOOD_AS_SENT = ("message is not modified",)


@dataclass(eq=False)
class Town:
    """Where a story happens; officers and groups of the seed are known by name."""

    sandbox: Sandbox
    service: Service
    database: Path | str
    seed: Json
    groups: dict[str, Group] = field(default_factory=dict)
    officers: dict[str, Officer] = field(default_factory=dict)

    async def resident(self, name: str = "林阿姨") -> Resident:
        """Somebody new, who never spoke to the bot."""
        found = await self.sandbox.post("/people", {"first_name": name})
        return Resident(home=self.sandbox, id=found["id"], name=name)

    async def officer(self, name: str) -> Officer:
        """Somebody of the seed who acts for an agency, in its group; can be written to."""
        if name not in self.officers:
            about = next(o for o in self.seed["service"]["officers"] if o["name"] == name)
            group = self.group_of(about["agency"])
            officer = Officer(home=self.sandbox, id=about["account"], name=name, group=group)
            await officer.starts()
            self.officers[name] = officer
        return self.officers[name]

    async def newcomer(self, name: str, group: Group) -> Officer:
        """Somebody new in a group, not registered for anything yet."""
        found = await self.sandbox.post("/people", {"first_name": name})
        officer = Officer(home=self.sandbox, id=found["id"], name=name, group=group)
        await group.member(officer, "member")
        return officer

    async def known(self, name: str) -> Resident:
        """Somebody of the seed by first name, in private chat."""
        found = next(each for each in self.seed["people"] if each["first_name"] == name)
        return Resident(home=self.sandbox, id=found["id"], name=name)

    def group_of(self, agency: str) -> Group:
        """The group of an agency, by its code; the same one every time."""
        if agency not in self.groups:
            about = next(g for g in self.seed["service"]["groups"] if g["agency"] == agency)
            self.groups[agency] = Group(self.sandbox, about["chat"], about["title"])
        return self.groups[agency]

    async def record(self, number: str) -> CallView:
        """The call as the database has it at this moment."""
        async with _looked_into(self.database) as store, store.read() as work:
            found = await Board(work, liwan()).call_by_number(number)
        assert found is not None, f"{number} is not in the database"
        return found

    async def calls_of(self, resident: Resident) -> tuple[CallView, ...]:
        """All calls of somebody in the database, newest first."""
        async with _looked_into(self.database) as store, store.read() as work:
            return await Board(work, liwan()).my_calls(resident.id)

    async def refused(self) -> list[str]:
        """What the sandbox refused the bot without having been told to."""
        return [
            f"{row['method']}: {row.get('error')}"
            for row in await self.sandbox.ledger()
            if row["status"] >= REFUSED and not row.get("fault") and not _expected(row)
        ]


@asynccontextmanager
async def lives(
    database: Path | str, seed: Json | None = None, *, kind: type[Service] = Service
) -> AsyncIterator[Town]:
    """A town on this database, gone on leaving; the world of the example unless one is given.

    Its service is of this kind: started as everybody starts it, or born in a nursery.
    """
    seed = seed or json.loads(SEED.read_text(encoding="utf-8"))
    async with (
        Sandbox.started(seed) as sandbox,
        kind.started(sandbox, database=database, seed=seed) as service,
    ):
        yield Town(sandbox, service, database, seed)


def _expected(row: Json) -> bool:
    """What people do to a bot is no mistake of the bot's; nor is a card that looks the same."""
    return any(words in str(row.get("error")) for words in (*LIFE, *AS_GOOD_AS_SENT))


@asynccontextmanager
async def _looked_into(database: Path | str) -> AsyncIterator[Store]:
    """A store to read from: of SQLite a copy, for the file belongs to the service."""
    with tempfile.TemporaryDirectory(prefix="huying-look-") as folder:
        url = database if isinstance(database, str) else _copied(database, Path(folder))
        store = open_store(url)
        try:
            yield store
        finally:
            await store.close()


def _copied(database: Path, folder: Path) -> str:
    copy = folder / "copy.db"
    with (
        closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)
    return f"sqlite:///{copy}"

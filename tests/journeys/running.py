"""Runs the service as a process of its own against a sandbox: start, kill, stop, restart, measure.

    async with Sandbox.started(seed) as sandbox:
        async with Service.started(sandbox, database=tmp_path / "huying.db", seed=seed) as service:
            ...
            await service.kill()        # kill -9: nothing is finished
            await service.restart()     # same database, same settings; ready on return
            await service.stop()        # SIGTERM: what is in hand is finished; gives the exit code

``database`` is a SQLite file or an address of PostgreSQL. The ``service`` part of a seed (groups,
officers, administrators, as in ``examples/liwan/sandbox.json``) is put into the database before
the first start. Further settings are sections: ``telegram={"mode": "webhook", …}``; pacing is
off unless they say otherwise, because the sandbox only has limits when it is told to.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.rehearsal import Rehearsal
from storage.engine import open_store
from tests.journeys.process import Process
from tests.people import Json, Sandbox

START = 60.0
EXAMPLE = Path(__file__).parents[2] / "examples" / "liwan"
READY = "已开始工作"
COMMAND = ("-m", "bot.cli", "run")
UNPACED: Json = {
    "messages_per_second": 0,
    "chat_per_second": 0,
    "chat_burst": 1,
    "group_per_minute": 0,
    "updates_per_minute": 0,
}


class NotStarted(AssertionError):
    """The service ended, or kept silent, before it was ready; tells what it wrote."""


@dataclass(eq=False, kw_only=True)
class Service(Process):
    """One bot process; its settings and what it wrote lie in ``folder``."""

    folder: Path

    @classmethod
    @asynccontextmanager
    async def started(
        cls,
        sandbox: Sandbox,
        *,
        database: Path | str,
        seed: Json | None = None,
        cores: frozenset[int] = frozenset(),
        wishes: Mapping[str, str] | None = None,
        **sections: Json,
    ) -> AsyncIterator[Service]:
        """A service that is ready, ended on leaving; ``cores`` pins it to these processors.

        ``wishes`` are in its environment until they are taken out of the service's.
        """
        rehearsal = rehearsal_of(seed)
        url = database if isinstance(database, str) else f"sqlite:///{database}"
        await furnish(url, rehearsal)
        with tempfile.TemporaryDirectory(prefix="huying-") as folder:
            service = cls(folder=Path(folder), cores=cores, wishes=dict(wishes or {}))
            sections = {"district": {"folder": str(tireless(Path(folder)))}, **sections}
            config = settings(sandbox, url, rehearsal, sections)
            service.config.write_text(config, encoding="utf-8")
            try:
                await service.restart()
                yield service
            finally:
                await service.stop()

    @property
    def config(self) -> Path:
        """The settings it runs with; changes count from the next start."""
        return self.folder / "config.toml"

    @property
    def log(self) -> str:
        """What it wrote to standard error in all its lives."""
        file = self.folder / "errors.log"
        return file.read_text(encoding="utf-8") if file.exists() else ""

    async def restart(self) -> None:
        """Start, after stopping what still runs; returns once it takes updates."""
        await self.stop()
        with (self.folder / "errors.log").open("ab") as errors:
            await self.spawn(*COMMAND, "--config", str(self.config), errors=errors)
        await self._ready()

    async def _ready(self) -> None:
        assert self.process is not None and self.process.stdout is not None
        async with asyncio.timeout(START):
            async for line in self.process.stdout:
                if READY in line.decode():
                    return
        await self.process.wait()
        raise NotStarted(f"ended with code {self.process.returncode}:\n{self.log[-3000:]}")


def rehearsal_of(seed: Json | None) -> Rehearsal:
    """The ``service`` part of a seed."""
    service = (seed or {}).get("service", {})
    return Rehearsal(
        tuple(service.get("administrators", ())),
        tuple(service.get("groups", ())),
        tuple(service.get("officers", ())),
    )


def tireless(folder: Path) -> Path:
    """The example district without a limit of calls a day: few play many here."""
    district = folder / "district"
    shutil.copytree(EXAMPLE, district)
    rules = district / "rules.csv"
    lines = rules.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("每人每日呼叫")]
    rules.write_text("".join(kept), encoding="utf-8-sig")
    return district


async def furnish(url: str, rehearsal: Rehearsal) -> None:
    """Make the tables, bind the groups and register the officers before anybody comes."""
    store = open_store(url)
    try:
        await store.upgrade()
        await rehearsal.set_up(store, now=datetime.now(UTC))  # noqa: TID251 - the world begins now
    finally:
        await store.close()


def settings(
    sandbox: Sandbox, url: str, rehearsal: Rehearsal, sections: Mapping[str, Json]
) -> str:
    """A configuration as TOML: JSON strings, numbers and lists are TOML as well."""
    chosen: dict[str, dict[str, Any]] = {
        "telegram": {"token": sandbox.token, "api_root": sandbox.url, **UNPACED},
        "storage": {"url": url},
        "people": {"administrators": list(rehearsal.administrators)},
        "log": {"level": "warning"},
        "monitoring": {"port": 0},
    }
    for name, section in sections.items():
        chosen[name] = {**chosen.get(name, {}), **section}
    return "\n".join(
        f"[{name}]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in section.items())
        for name, section in chosen.items()
    )

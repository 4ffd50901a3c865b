"""The 600 real messages to the city, each from first words to a rated and closed call."""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from pathlib import Path

import pytest

from core.agency import AgencyKind
from tests.journeys import everybody, real_input
from tests.journeys.crowd import Crowd
from tests.journeys.running import Service
from tests.people import Sandbox

RESIDENTS, AT_ONCE = 200, 40
ALL = 600

# What a service says of where it runs: of the machine's SQLite, and on working days from November,
# by the real clock, that the example has no sheet of next year.
OF_ITSELF = ("sqlite_has_the_wal_reset_bug", "calendar_missing")


@pytest.fixture(scope="module")
def file() -> Path:
    """The data set; where it is missing that is said, and a strict run fails."""
    if found := real_input.found():
        return found
    missing = f"{real_input.FILE} is not here; TESTS_DATA names the folder it lies in"
    if os.environ.get("TESTS_SKIP_NOTHING") and real_input.folder().is_dir():
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.mark.real_input
async def test_every_real_message_is_raised_answered_rated_and_closed(
    file: Path, tmp_path: Path
) -> None:
    district = everybody.liwan()
    seed = everybody.seed(district, residents=RESIDENTS)
    matters = real_input.matters(file, district.tree.of_kind(AgencyKind.COMMUNITY))
    async with Sandbox.started(seed) as sandbox:
        async with (
            Service.started(sandbox, database=tmp_path / "huying.db", seed=seed) as service,
            Crowd.gathered(sandbox.url) as crowd,
        ):
            played = await real_input.play(crowd, matters, residents=RESIDENTS, at_once=AT_ONCE)

            await service.stop()
            said = service.log.splitlines()
            troubles = [line for line in said if not any(one in line for one in OF_ITSELF)]
        refused = [row for row in await sandbox.ledger() if row["status"] >= 400]

    assert [one.number for one in played if not one.unchanged] == []
    assert outcomes(tmp_path / "huying.db") == {("closed", "solved", 5): ALL}
    assert refused == []
    assert troubles == []


def outcomes(database: Path) -> Counter[tuple[str, str, int]]:
    """How many legs stand where, with which outcome and how many stars."""
    with sqlite3.connect(database) as connection:
        found = Counter[tuple[str, str, int]](
            connection.execute(
                "SELECT status, outcome, stars FROM legs LEFT JOIN ratings"
                " ON ratings.leg_id = legs.id"
            ).fetchall()
        )
    connection.close()
    return found

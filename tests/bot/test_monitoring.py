"""Who watches sees whether the service lives, is ready, and what it has on its hands."""

from __future__ import annotations

import asyncio
import socket
from datetime import timedelta

import pytest
from aiohttp.test_utils import TestClient, TestServer
from structlog.testing import capture_logs

from bot.config import Monitoring
from bot.monitoring.doors import WITHIN, Doors, watching
from bot.tally import Tally
from core.load import Load
from tests.bot.conftest import NOON


class Shelf:
    """A store whose tables are new, or old, or that does not answer."""

    def __init__(self, revision: str = "7", broken: bool = False) -> None:
        self.revision, self.broken = revision, broken

    async def current(self) -> str:
        if self.broken:
            raise ConnectionError("postgresql://me:secret@db/huying")
        return self.revision

    def head(self) -> str:
        return "7"

    async def load(self, now) -> Load:
        if self.broken:
            raise ConnectionError
        owed = NOON - timedelta(seconds=90)
        return Load({"new": 3, "dead": 1}, {"ready": 5, "dead": 2}, owed, None, 1, 12)


@pytest.fixture
def tally(clock) -> Tally:
    tally = Tally(clock.seconds)
    for name in ("worker", "courier", "intake", "minute"):
        tally.beat(name)
    return tally


class Stuck(Shelf):
    """A store that takes every question and answers none."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    async def current(self) -> str:
        self.asked += 1
        await asyncio.Event().wait()
        return self.revision

    async def load(self, now) -> Load:
        await self.current()
        return await super().load(now)


async def seen(tally, clock, path: str, shelf: Shelf | None = None) -> tuple[int, str]:
    within = 0.05 if isinstance(shelf, Stuck) else WITHIN
    doors = Doors(shelf or Shelf(), tally, clock.now, within)
    async with TestClient(TestServer(doors.application())) as client:
        answer = await client.get(path)
        return answer.status, await answer.text()


async def test_a_service_whose_loops_beat_lives_and_is_ready(tally, clock):
    assert (await seen(tally, clock, "/healthz"))[0] == 200
    assert (await seen(tally, clock, "/readyz"))[0] == 200


async def test_a_loop_that_falls_silent_is_named(tally, clock):
    clock.pass_(61)
    tally.beat("worker")

    status, told = await seen(tally, clock, "/healthz")

    assert (status, told) == (503, '{"ok": false, "courier": "silent"}')


async def test_a_loop_that_never_began_is_missed(clock):
    status, told = await seen(Tally(clock.seconds), clock, "/healthz")

    assert status == 503
    assert "worker" in told


async def test_a_part_that_ended_as_it_should_is_not_missed(tally, clock):
    tally.leave("intake")
    clock.pass_(130)
    tally.beat("worker")
    tally.beat("courier")

    assert tally.silent() == ()


async def test_a_database_out_of_reach_is_not_ready_but_alive(tally, clock):
    status, told = await seen(tally, clock, "/readyz", Shelf(broken=True))

    assert (status, told) == (503, '{"ok": false, "database": "ConnectionError"}')
    assert (await seen(tally, clock, "/healthz", Shelf(broken=True)))[0] == 200
    assert (await seen(tally, clock, "/metrics", Shelf(broken=True)))[0] == 503


async def test_a_database_that_stands_still_keeps_no_probe_waiting(tally, clock):
    async with asyncio.timeout(5):
        ready = await seen(tally, clock, "/readyz", Stuck())
        alive = await seen(tally, clock, "/healthz", Stuck())
        figures, _ = await seen(tally, clock, "/metrics", Stuck())

    assert ready == (503, '{"ok": false, "database": "TimeoutError"}')
    assert (alive[0], figures) == (200, 503)


async def test_loops_that_wait_for_a_database_that_stands_still_are_no_reason_to_restart(
    tally, clock
):
    clock.pass_(121)

    async with asyncio.timeout(5):
        status, told = await seen(tally, clock, "/healthz", Stuck())

    assert status == 200
    assert '"worker": "silent", "database": "TimeoutError"' in told
    assert (await seen(tally, clock, "/readyz", Stuck()))[0] == 503
    assert (await seen(tally, clock, "/healthz"))[0] == 503


async def test_a_database_that_stands_still_is_asked_once_however_many_probes_there_are(
    tally, clock
):
    stuck = Stuck()
    doors = Doors(stuck, tally, clock.now, within=0.01)
    async with TestClient(TestServer(doors.application())) as client:
        answers = [(await client.get("/readyz")).status for _ in range(5)]

    assert answers == [503] * 5
    assert stuck.asked == 1


async def test_tables_of_another_revision_are_not_ready(tally, clock):
    assert (await seen(tally, clock, "/readyz", Shelf("6")))[0] == 503


async def test_the_figures_tell_what_is_counted(tally, clock):
    tally.sends["sent"] += 4
    tally.sends["flooded"] += 1
    tally.handled_one("done", clock.seconds() - 0.004)
    tally.ticked(NOON.timestamp(), clock.seconds() - 2)
    tally.pending = 9

    _, told = await seen(tally, clock, "/metrics")

    for line in (
        'huying_inbox_updates{state="new"} 3.0',
        'huying_outbox_messages{state="ready"} 5.0',
        "huying_outbox_oldest_seconds 90.0",
        "huying_dead_letters 3.0",
        "huying_lanes_paused 1.0",
        "huying_legs_open 12.0",
        "huying_pending_update_count 9.0",
        'huying_updates_handled_total{fate="done"} 1.0',
        'huying_handling_seconds_bucket{le="0.005"} 1.0',
        'huying_handling_seconds_bucket{le="0.0025"} 0.0',
        'huying_sends_total{verdict="sent"} 4.0',
        "huying_429_total 1.0",
        "huying_ticks_total 1.0",
        "huying_tick_seconds 2.0",
    ):
        assert line in told


async def test_a_taken_port_is_a_warning_and_not_the_end(tally, clock):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with capture_logs() as told:
            await Doors(Shelf(), tally, clock.now).serve("127.0.0.1", port)

    assert [line["event"] for line in told] == ["not_watched"]


def test_port_zero_opens_no_door(tally, clock):
    assert watching(Monitoring(port=0), Doors(Shelf(), tally, clock.now), None) == ()

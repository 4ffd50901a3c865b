"""Benchmarks run among a few as among a million; nothing is timed here."""

from __future__ import annotations

import pytest

from bench.sweep import Sweep
from storage.engine import open_store
from tests.core.playing import liwan


@pytest.mark.parametrize(("many", "due"), [(7, 7), (17, 5)])
async def test_a_tick_is_measured_however_few_are_open(sqlite_file, many, due):
    store = open_store(str(sqlite_file))
    await store.upgrade()
    await store.close()
    sweep = Sweep(str(sqlite_file), many, due)
    await sweep.fill(liwan())
    await sweep.store.close()

    for turn in range(2):
        sweep.let_come_due(turn)
        sweep.store = open_store(sweep.url)
        await sweep.pass_time()
        await sweep.store.close()

    assert len(sweep.thousands) == 2

"""Back up, run on, restore: nothing is sent but what somebody ticks (C10)."""

from __future__ import annotations

import pytest

from tests.storms.copying import comes_back_held


@pytest.mark.storm
async def test_a_restored_service_sends_what_is_ticked_on_sqlite(sqlite_file, nursery, tmp_path):
    assert await comes_back_held(sqlite_file, nursery, tmp_path) == {}


@pytest.mark.storm
@pytest.mark.postgresql
async def test_a_restored_service_sends_what_is_ticked_on_postgresql(
    postgresql_database, nursery, tmp_path
):
    assert await comes_back_held(postgresql_database, nursery, tmp_path) == {}

"""A room of its own for every test."""

from __future__ import annotations

import pytest

from tests.bot.group.room import Room


@pytest.fixture
async def room() -> Room:
    return await Room.opened()

"""Auntie Lin, who has agreed before, and somebody who never spoke to the bot."""

from __future__ import annotations

import pytest

from tests.bot.flows.visiting import Visitor


@pytest.fixture
async def lin() -> Visitor:
    return await Visitor().moves_in()


@pytest.fixture
async def newcomer() -> Visitor:
    return await Visitor().moves_in(consents=False)

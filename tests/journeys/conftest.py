"""A town for the stories of one module; a request that Telegram would refuse fails them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.journeys.town import Town, lives


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """The district on SQLite, shared by the module's stories."""
    async with lives(tmp_path_factory.mktemp("town") / "huying.db") as town:
        yield town
        assert await town.refused() == []

"""A town for the stories of one module; a request that Telegram would refuse fails them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.journeys.town import Town, lives
from tests.storms.born import Nursery, born_in


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory, nursery: Nursery) -> AsyncIterator[Town]:
    """The district on SQLite, shared by the module's stories."""
    database = tmp_path_factory.mktemp("town") / "huying.db"
    async with lives(database, kind=born_in(nursery)) as town:
        yield town
        assert await town.refused() == []

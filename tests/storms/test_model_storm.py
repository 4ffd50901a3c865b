"""Five thousand lives of sixty steps."""

from __future__ import annotations

import asyncio
import os

import pytest
from hypothesis import HealthCheck, given, seed, settings

from tests.core.model import BIRTHS, live, lives
from tests.core.motives import MOTIVES

LIVES = int(os.environ.get("LIVES", "5000"))
EACH = -(-LIVES // len(MOTIVES))


@pytest.mark.storm
@pytest.mark.parametrize("wish", MOTIVES)
def test_thousands_of_lives_keep_their_promises(wish: str):
    @seed(len(wish))
    @settings(
        max_examples=EACH,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    @given(BIRTHS, lives(60))
    def keeps_its_promises(born, steps):
        assert asyncio.run(live(wish, born, steps))

    keeps_its_promises()

"""Five thousand lives of sixty steps; and that no step of a person's is left out of them."""

from __future__ import annotations

import asyncio
import os

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from core.lifecycle import LIFECYCLE
from core.people import Party
from tests.core.acts import OF_ITSELF, ROW_OF
from tests.core.model import live, lives

EXAMPLES = int(os.environ.get("LIVES", "5000"))
PIECE = 500


def test_every_step_that_a_person_takes_is_one_of_the_model():
    taken = {rule.does for rule in LIFECYCLE if rule.who is not Party.SYSTEM}

    assert taken - set(ROW_OF.values()) - OF_ITSELF == set()


@pytest.mark.storm
@pytest.mark.parametrize("piece", range(EXAMPLES // PIECE))
def test_thousands_of_lives_keep_their_promises(piece):
    @seed(piece)
    @settings(
        max_examples=PIECE,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    @given(st.booleans(), st.booleans(), st.booleans(), lives(60))
    def keeps_its_promises(danger, sure, behalf, steps):
        assert asyncio.run(live(danger, sure, behalf, steps)) is None

    keeps_its_promises()

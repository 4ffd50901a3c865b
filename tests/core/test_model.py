"""Three hundred lives of forty steps, a few of each story; between them they take every row."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import HealthCheck, example, given, settings

from core.lifecycle import LIFECYCLE, Action
from tests.core.model import BIRTHS, STRAIGHT, live, lives
from tests.core.motives import MOTIVES

LIVES = 300
EACH = -(-LIVES // len(MOTIVES))


@pytest.mark.parametrize("wish", MOTIVES)
def test_the_life_of_a_call_keeps_its_promises_and_its_story_comes_true(wish: str):
    taken: set[Action] = set()

    @settings(
        max_examples=EACH,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
        print_blob=True,
    )
    @example(None, STRAIGHT)
    @given(BIRTHS, lives(40))
    def lived(born, steps):
        taken.update(asyncio.run(live(wish, born, steps)))

    lived()
    assert MOTIVES[wish].rows <= taken


def test_every_row_of_the_table_is_taken_in_some_life():
    """A new row is given to a story of ``tests.core.motives``, or a story of its own."""
    told = frozenset[Action]().union(*(motive.rows for motive in MOTIVES.values()))

    assert {rule.does for rule in LIFECYCLE} == told

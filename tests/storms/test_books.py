"""What the auditor of the storms reads in the database."""

from __future__ import annotations

import pytest

from core.outgoing import Kind
from tests.builders import NOON as NOW
from tests.builders import a_message
from tests.storms.books import Books

OFFICE, COMMUNITY = -100, -123


@pytest.fixture
def books(sqlite_store, sqlite_file):
    """Nobody acts: only what is written down is read."""
    found = Books.of(sandbox=None, crowd=None, database=sqlite_file)
    yield found
    found.engine.dispose()


async def test_the_groups_are_those_with_a_card_whoever_was_told_something_first(
    books, sqlite_store
):
    async with sqlite_store.begin() as work:
        await work.outbox.put(a_message(lane=OFFICE), now=NOW)
        await work.outbox.put(a_message(lane=COMMUNITY, kind=Kind.CARD), now=NOW)

    assert books.groups() == [COMMUNITY]

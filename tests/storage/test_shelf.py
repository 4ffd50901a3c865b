"""A shelf can be undone and be asked by more than its key, and both stay true to each other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest

from storage.memory.shelf import Lookup, Shelf, Timetable, Undo

NOON = datetime(2026, 6, 15, 4, tzinfo=UTC)


class Book(NamedTuple):
    """Something with an author, that is due back at some time."""

    author: str | None
    due: datetime | None = None


@pytest.fixture
def undo() -> Undo:
    return Undo()


@pytest.fixture
def shelf(undo) -> Shelf[int, Book]:
    by_author, by_due = Lookup(lambda book: book.author), Timetable(lambda book: book.due)
    shelf: Shelf[int, Book] = Shelf(undo, author=by_author, due=by_due)
    shelf[2], shelf[1] = Book("鲁迅", NOON), Book("鲁迅", NOON + timedelta(hours=1))
    return shelf


def test_what_has_a_value_is_found_in_the_order_of_its_keys(shelf):
    shelf[3] = Book(None)

    assert shelf.having("author", "鲁迅") == [shelf[1], shelf[2]]
    assert "老舍" not in shelf.by("author")


def test_what_is_due_is_found_as_often_as_it_is_asked(shelf):
    due = [shelf.by("due").until(NOON, shelf) for _ in range(2)]

    assert due == [[2], [2]]


def test_what_is_due_at_another_time_now_is_not_due_at_the_first(shelf):
    shelf[2] = Book("鲁迅", NOON + timedelta(days=1))

    assert shelf.by("due").until(NOON, shelf) == []


def test_what_was_undone_has_left_no_trace(shelf, undo):
    before, mark = dict(shelf), undo.begin()
    shelf[1], shelf[3] = Book("老舍"), Book("老舍", NOON)
    del shelf[2]
    undo.back(mark)
    undo.end()

    assert shelf == before
    assert shelf.having("author", "鲁迅") == [before[1], before[2]]
    assert "老舍" not in shelf.by("author")
    assert shelf.by("due").until(NOON, shelf) == [2]


def test_only_the_inner_of_two_is_undone_where_only_it_failed(shelf, undo):
    undo.begin()
    shelf[3] = Book("老舍")
    inner = undo.begin()
    shelf[3] = Book("巴金")
    undo.back(inner)
    undo.end()
    undo.end()

    assert shelf[3] == Book("老舍")

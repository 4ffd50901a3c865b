"""People whom a batch has met are asked for once, and nothing differs for it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from core.people import Post
from core.ports import Work
from tests.builders import (
    COMMUNITY,
    GROUP,
    LI,
    LIN,
    NOON,
    STREET,
    a_binding,
    a_conversation,
    a_resident,
    an_officer,
)

STRANGER = 99
Act = Callable[[Work], Awaitable[Any]]
LATER = {
    "renamed": lambda work: work.people.save_resident(a_resident(name="林姨")),
    "promoted": lambda work: work.people.save_officer(an_officer(account=LIN, post=Post.HEAD)),
    "dismissed": lambda work: work.people.remove_officer(LIN, COMMUNITY),
    "a step on": lambda work: work.conversations.save(a_conversation(step="place", token=2)),
    "over": lambda work: work.conversations.clear(LIN),
    "too old": lambda work: work.conversations.forget_before(NOON.replace(year=2100)),
    "erased": lambda work: work.erasing.forget(LIN),
}


async def known(work: Work) -> tuple[Any, ...]:
    """All that a step asks of who Auntie Lin is."""
    return (
        await work.people.resident(LIN),
        tuple(await work.people.posts_of(LIN)),
        await work.conversations.get(LIN),
    )


@pytest.fixture
async def lin(units):
    async with units.begin() as work:
        await work.people.save_resident(a_resident())
        await work.people.save_officer(an_officer(account=LIN))
        await work.conversations.save(a_conversation(trail=("matter",), draft={"item": "路灯"}))


async def test_whoever_was_met_is_who_they_are_without_being_met(units, lin):
    async with units.read() as work:
        asked = await known(work)
    async with units.begin() as work:
        await work.meet([LIN, STRANGER, LI])
        assert await known(work) == asked
        assert await work.people.resident(STRANGER) is None
        assert await work.conversations.get(STRANGER) is None
        assert list(await work.people.posts_of(STRANGER)) == []


@pytest.mark.parametrize("act", LATER.values(), ids=LATER)
async def test_what_happens_to_somebody_after_meeting_them_is_seen(units, lin, act: Act):
    async with units.begin() as work:
        await work.meet([LIN])
        await act(work)
        seen = await known(work)
    async with units.read() as work:
        assert await known(work) == seen


@pytest.mark.parametrize("act", LATER.values(), ids=LATER)
async def test_what_is_undone_after_meeting_somebody_did_not_happen(units, lin, act: Act):
    async with units.begin() as work:
        await work.meet([LIN])
        before = await known(work)
        with pytest.raises(ZeroDivisionError):
            async with work.savepoint():
                await act(work)
                await known(work)
                raise ZeroDivisionError
        assert await known(work) == before


async def test_a_group_that_changes_within_a_transaction_is_seen_as_it_is(units):
    async with units.begin() as work:
        assert await work.groups.bound_agencies() == frozenset()
        assert await work.groups.of_agency(COMMUNITY) is await work.groups.at_chat(GROUP) is None

        await work.groups.save(a_binding())
        assert await work.groups.bound_agencies() == {COMMUNITY}
        assert await work.groups.of_agency(COMMUNITY) == await work.groups.at_chat(GROUP)

        await work.groups.save(replace(a_binding(), suspended=True))
        assert await work.groups.bound_agencies() == frozenset()
        await work.groups.remove(COMMUNITY)
        assert await work.groups.at_chat(GROUP) is None


async def test_a_group_bound_in_what_is_undone_is_bound_no_more(units):
    async with units.begin() as work:
        await work.groups.save(a_binding(agency=STREET, chat=-5))
        with pytest.raises(ZeroDivisionError):
            async with work.savepoint():
                await work.groups.save(a_binding())
                await work.groups.bound_agencies()
                raise ZeroDivisionError
        assert await work.groups.bound_agencies() == {STREET}

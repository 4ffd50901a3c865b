"""Errands: kept until they are run, in order, and not for long; the same on every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.errands import KEPT, Errand, ErrandKind, ErrandState, over
from core.errors import NotFound
from tests.builders import NOON as NOW


@pytest.fixture
async def errands(units):
    async with units.begin() as work:
        yield work.errands


def an_errand(**more) -> Errand:
    facts = {"file": "f1", "name": "日历.csv", "word": ""}
    return Errand(
        **{
            "kind": ErrandKind.SHEET,
            "account": 3001,
            "chat": 3001,
            "message": 7,
            "at": NOW,
            "facts": facts,
            **more,
        }
    )


async def test_errands_wait_in_the_order_they_were_asked_for(errands):
    first, second = await errands.add(an_errand()), await errands.add(an_errand(message=8))

    assert await errands.waiting(5) == [first, second]
    assert await errands.waiting(1) == [first]


async def test_what_is_proposed_or_over_is_not_run(errands):
    one = await errands.add(an_errand())
    proposed = replace(one, state=ErrandState.PROPOSED, text="日期\n", tries=2)
    await errands.save(proposed)
    assert await errands.waiting(5) == []
    assert await errands.get(one.id) == proposed

    await errands.save(over(proposed))
    assert (await errands.get(one.id)).text == ""


async def test_whoever_is_forgotten_takes_their_errands_along(units):
    async with units.begin() as work:
        theirs = await work.errands.add(an_errand())
        others = await work.errands.add(an_errand(account=3002))
        await work.erasing.forget(3001)

        assert await work.errands.waiting(5) == [others]
        with pytest.raises(NotFound):
            await work.errands.get(theirs.id)


async def test_an_errand_of_yesterday_is_forgotten_with_the_next(errands):
    old = await errands.add(an_errand())
    await errands.add(an_errand(at=NOW + KEPT + timedelta(seconds=1)))

    with pytest.raises(NotFound):
        await errands.get(old.id)

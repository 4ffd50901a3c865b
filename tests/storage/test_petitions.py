"""What waits for a second person, in memory, in SQLite and in PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.errors import NotFound
from core.petitions import LIFE, Asked, Fate, Petition
from core.ports import Units
from tests.core.playing import MONDAY

ASKED = Petition(Asked.UNBIND, "440103006", 3001, "苏晴", MONDAY, MONDAY + LIFE, {"open": 2})


async def test_a_petition_waits_as_it_was_made(units: Units):
    async with units.begin() as work:
        kept = await work.petitions.add(ASKED)

    async with units.read() as work:
        assert await work.petitions.get(kept.id) == replace(ASKED, id=kept.id)
        assert await work.petitions.waiting() == [kept]


async def test_the_first_due_is_listed_first(units: Units):
    async with units.begin() as work:
        later = await work.petitions.add(replace(ASKED, due=ASKED.due + timedelta(hours=1)))
        sooner = await work.petitions.add(ASKED)

        assert await work.petitions.waiting() == [sooner, later]


async def test_only_one_decision_counts(units: Units):
    async with units.begin() as work:
        kept = await work.petitions.add(ASKED)
        agreed = replace(kept, fate=Fate.SECONDED, settled_at=MONDAY, settled_by="何静", facts={})

        assert await work.petitions.settle(agreed)
        assert not await work.petitions.settle(replace(agreed, fate=Fate.DECLINED))

        assert await work.petitions.get(kept.id) == agreed
        assert await work.petitions.waiting() == []


async def test_a_petition_nobody_made_is_not_found(units: Units):
    async with units.read() as work:
        with pytest.raises(NotFound):
            await work.petitions.get(77)

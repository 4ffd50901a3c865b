"""Everything page by page, the same on every store; restricted calls are never among it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.acts import Deed, act_of
from core.people import Officer, Resident
from core.supporter import Supporter
from tests.core.playing import COMMUNITY, LI, SU, Stage


@pytest.fixture
async def stage(units) -> Stage:
    stage = await Stage(units).set_up(bound=())
    for draft in ("a", "b", "c"):
        await stage.raised(draft=draft)
    async with units.begin() as work:
        (_, second, _) = await work.whole.calls(0, 9)
        await work.calls.save(replace(second, restricted=True))
    return stage


async def test_calls_come_in_pages_without_the_restricted_one(stage: Stage):
    async with stage.units.read() as work:
        (first,) = await work.whole.calls(0, 1)
        (second,) = await work.whole.calls(first.id, 1)

        assert await work.whole.calls(second.id, 1) == []
        assert [call.draft_id for call in (first, second)] == ["a", "c"]
        assert set(await work.whole.calls_of({first.id, 99})) == {first.id}


async def test_legs_and_entries_are_those_of_the_same_calls(stage: Stage):
    async with stage.units.read() as work:
        calls = {call.id for call in await work.whole.calls(0, 9)}
        legs, entries = await work.whole.legs(0, 99), await work.whole.entries(0, 999)

        assert {leg.call_id for leg in legs} == calls
        assert {entry.call_id for entry in entries} == calls
        assert await work.whole.legs_of(calls) == sorted(legs, key=lambda leg: leg.id)
        assert await work.whole.ratings_of([leg.id for leg in legs]) == []
        assert await work.whole.legs(legs[-1].id, 9) == []


async def test_residents_come_by_account_with_the_calls_that_are_not_restricted(stage: Stage):
    async with stage.units.begin() as work:
        for account in (7, 1001, 5):
            await work.people.save_resident(Resident(account, "某某"))
        first, *others = await work.whole.residents(0, 9)
        raised = await work.whole.raised_by([1001, 7])

        assert [first.account, *(one.account for one in others)] == [5, 7, 1001]
        assert [one.account for one in await work.whole.residents(5, 1)] == [7]
        assert [call.draft_id for call in raised] == ["a", "c"]


async def test_who_raised_or_stood_by_a_call_in_a_span_is_concerned_restricted_or_not(
    stage: Stage,
):
    day = timedelta(days=1)
    async with stage.units.begin() as work:
        (_, restricted) = await work.whole.calls(0, 9)
        await work.supporters.add(Supporter(restricted.id, 2001, "某某", stage.now + day))
        await work.calls.save(replace(restricted, restricted=True, caller=77))

        both = await work.whole.concerned(stage.now, stage.now + 2 * day, 0, 9)
        assert both == [77, 1001, 2001]
        assert await work.whole.concerned(stage.now, stage.now + day, 77, 9) == [1001]
        assert await work.whole.concerned(stage.now - day, stage.now, 0, 9) == []


async def test_everybody_and_every_act_come_in_order(stage: Stage):
    async with stage.units.begin() as work:
        await work.people.save_officer(Officer(LI.account or 0, COMMUNITY, LI.name))
        agencies = [officer.agency for officer in await work.whole.officers()]
        assert agencies == sorted(agencies)
    async with stage.units.begin() as work:
        for subject in ("one", "two"):
            await work.acts.add(act_of(Deed.CODE_ISSUED, subject, by=SU, now=stage.now))
        (first,) = await work.whole.acts(0, 1)

        assert [act.subject for act in await work.whole.acts(first.id, 9)] == ["two"]

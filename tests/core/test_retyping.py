"""What a call is, put right by officers: its limits follow, and its caller hears of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.catalogue import Urgency
from core.errors import NothingChanges, NotYourPart, OnlyAboveLowers
from core.intent import Intent
from core.lifecycle import Action, Status
from core.people import Actor
from core.registers import BY_CODE
from tests.core.playing import (
    CHATS,
    COMMUNITY,
    DENG,
    GAS,
    LI,
    LIANG,
    LIN,
    MONDAY,
    STRANGER,
    STREET,
    Stage,
)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
async def stage(units) -> Stage:
    """Everybody is where they belong, on a plain Monday; on every store."""
    return await Stage(units).set_up()


async def retyped(stage: Stage, call, intent: Intent, by: Actor = LI, **more):
    leg = await stage.leg(call)
    async with stage.desk() as desk:
        return await desk.retype(leg.id, intent=intent, by=by, now=stage.now, **more)


async def test_a_question_has_the_days_of_a_question(stage):
    call = await stage.raised()
    stage.now += HOUR

    leg = await retyped(stage, call, Intent.CONSULT)

    view = await stage.call(call)
    assert (view.call.intent, view.call.urgency) == (Intent.CONSULT, Urgency.CONSULT)
    assert leg.finish_due == MONDAY + DAY
    assert leg.contact_due is None


async def test_its_caller_hears_what_it_was_and_what_it_is(stage):
    call = await stage.raised()
    await stage.owed()

    await retyped(stage, call, Intent.COMPLAINT)

    entry = (await stage.call(call)).entries[-1]
    assert (entry.facts["was"], entry.facts["intent"]) == ("help", "complaint")
    assert await stage.told() == [(LIN.account, "retype")]


@pytest.mark.parametrize("intent", [Intent.SUGGESTION, Intent.PRAISE])
async def test_a_community_makes_no_suggestion_of_what_it_has_to_settle(stage, intent):
    call = await stage.raised()

    with pytest.raises(OnlyAboveLowers) as refusal:
        await retyped(stage, call, intent)
    assert refusal.value.facts["agency"] == STREET


async def test_the_street_may_and_the_community_hears_it(stage):
    call = await stage.raised()
    await stage.owed()

    leg = await retyped(stage, call, Intent.SUGGESTION, by=LIANG)

    told = {(LIN.account, "retype_above"), (CHATS[COMMUNITY], "retype_above")}
    assert set(await stage.told()) == told
    assert leg.finish_due > MONDAY + 10 * DAY


async def test_danger_stays_what_it_is_whatever_it_is_called(stage):
    call = await stage.raised(danger=True)

    await retyped(stage, call, Intent.SUGGESTION, by=LIANG)

    assert (await stage.call(call)).call.urgency is Urgency.P0


async def test_what_was_judged_not_to_be_dangerous_stays_judged(stage):
    call = await stage.raised(danger=True)
    async with stage.desk() as desk:
        await desk.reclass((await stage.leg(call)).id, item="13", by=LIANG, now=stage.now)

    await retyped(stage, call, Intent.COMPLAINT)

    assert (await stage.call(call)).call.urgency is Urgency.P3


async def test_what_is_urgent_by_its_item_stays_so(stage):
    call = await stage.raised(GAS)

    await retyped(stage, call, Intent.SUGGESTION, by=DENG)

    assert (await stage.call(call)).call.urgency is Urgency.P0


async def test_in_triage_it_is_put_right_before_anybody_answers(stage):
    call = await stage.raised("", sure=False)

    leg = await retyped(stage, call, Intent.CONSULT)

    assert leg.status is Status.TRIAGE
    assert (await stage.call(call)).call.intent is Intent.CONSULT


async def test_the_same_again_changes_nothing(stage):
    call = await stage.raised()

    with pytest.raises(NothingChanges):
        await retyped(stage, call, Intent.HELP)


@pytest.mark.parametrize("who", [LIN, STRANGER])
async def test_residents_say_so_to_an_officer(stage, who):
    call = await stage.raised()

    with pytest.raises(NotYourPart):
        await retyped(stage, call, Intent.CONSULT, by=who)


def test_it_stands_in_the_register_of_what_was_reclassed():
    assert {Action.RETYPE, Action.RETYPE_ABOVE} <= set(BY_CODE["classes"].actions)

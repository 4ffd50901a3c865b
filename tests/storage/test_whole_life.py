"""What few calls and legs have is kept as well: pauses, proposals, plans, links, supporters."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.call import Link
from core.catalogue import Urgency
from core.holding import HoldGround, HoldPlan, Milestone
from core.lifecycle import Action, Status
from core.nudged import Nudged
from core.people import Post
from core.proposing import Proposal
from core.supporter import Supporter
from core.whistle import Whistle
from storage.rare import RARE, USUAL
from tests.builders import COMMUNITY, HOUR, LI, NOON, STREET, a_call, a_leg
from tests.core.playing import DISTRICT

STEPS = (
    Milestone("立项", NOON + HOUR, met_at=NOON),
    Milestone("施工", NOON + 2 * HOUR, missed=True),
)
PLAN = HoldPlan(HoldGround.MONEY, "等专项资金", "周主任", STEPS, review_due=NOON + 3 * HOUR)
PROPOSAL = Proposal(
    Action.RESOLVE,
    LI,
    "李敏",
    NOON,
    NOON + HOUR,
    {"days": 3},
    seconded_by=7,
    seconded_in=COMMUNITY,
    awaits=(STREET, DISTRICT),
    posts=(Post.HEAD,),
)
EVERYTHING_RARE = {
    "verify_due": NOON,
    "verified_at": NOON,
    "triage_due": NOON,
    "asks": 2,
    "inquiries": 1,
    "paused_at": NOON,
    "paused_from": Status.IN_PROGRESS,
    "info_due": NOON + HOUR,
    "clocks_from": NOON + HOUR,
    "proposal": PROPOSAL,
    "plan": PLAN,
    "extended": 1,
    "set_aside": 2,
    "pressed_at": NOON,
    "false_closings": 1,
    "reopened": 1,
    "look_back_due": NOON + HOUR,
    "binding": True,
    "co": True,
    "whistle": Whistle.TOUGH,
    "arrive_due": NOON + HOUR,
    "arrived_at": NOON,
    "interim_due": NOON + HOUR,
    "interim_at": NOON,
    "released_at": NOON,
    "nudged": Nudged(NOON, "sign.yellow", "2026-06-15", posts=2, paged=1, tree=True),
    "heard_at": NOON,
    "sorry_due": NOON + HOUR,
    "phone_from": 7,
    "claim_tries": 2,
    "sees_phone": 2003,
    "red": True,
    "refused_returns": 1,
    "passed": True,
}


@pytest.fixture
async def work(units):
    async with units.begin() as opened:
        yield opened


async def test_a_leg_keeps_everything_rare_about_it(work):
    call = await work.calls.add(a_call())

    leg = await work.legs.add(a_leg(call_id=call.id, verifier=COMMUNITY, **EVERYTHING_RARE))

    assert await work.legs.get(leg.id) == leg
    plain = await work.legs.save(replace(leg, verifier=None, **USUAL))
    assert await work.legs.get(leg.id) == plain


def test_nothing_rare_is_left_untried():
    assert EVERYTHING_RARE.keys() == RARE.keys()


async def test_a_call_keeps_what_its_life_changed(work):
    first = await work.calls.add(a_call(draft_id="first"))
    call = await work.calls.add(a_call(restricted=True, raised_by=LI, claim="abc", phone="1"))

    changed = replace(
        call,
        item="11",
        urgency=Urgency.P3,
        details="三楼",
        caller=7,
        caller_name="何伯",
        linked=first.id,
        link=Link.MERGED,
        supporters=3,
        restricted=False,
        claim="",
        phone="",
    )
    await work.calls.save(changed)

    assert await work.calls.get(call.id) == changed


async def test_somebody_stands_by_a_call_once(work):
    call = await work.calls.add(a_call())
    ho = Supporter(call.id, 7, "何伯", NOON)

    assert await work.supporters.add(ho)
    assert not await work.supporters.add(replace(ho, name="又是何伯"))
    assert await work.supporters.of_call(call.id) == [ho]


async def test_supporters_are_known_in_the_order_of_joining(work):
    calls = [await work.calls.add(a_call(draft_id=str(n))) for n in range(2)]
    for account in (7, 8):
        for call in calls:
            await work.supporters.add(Supporter(call.id, account, "何伯", NOON))

    assert [one.account for one in await work.supporters.of_call(calls[0].id)] == [7, 8]
    assert await work.supporters.of_account(8, 10) == [calls[1].id, calls[0].id]
    assert await work.supporters.of_account(8, 1) == [calls[1].id]


async def test_who_no_longer_stands_by_a_call_is_gone_from_it(work):
    call = await work.calls.add(a_call())
    await work.supporters.add(Supporter(call.id, 7, "何伯", NOON))

    await work.supporters.remove(call.id, 7)
    await work.supporters.remove(call.id, 8)

    assert await work.supporters.of_call(call.id) == []


async def test_open_calls_of_an_item_and_community_are_found_the_newest_first(work):
    for n, fields in enumerate(
        (
            {},
            {"raised_at": NOON + HOUR},
            {"raised_at": NOON - HOUR},
            {"item": "11"},
            {"community": STREET},
            {"restricted": True},
            {"closed_at": NOON},
        )
    ):
        await work.calls.add(a_call(draft_id=str(n), **fields))

    near = await work.calls.near("10", COMMUNITY, since=NOON, limit=9)
    newest = await work.calls.near("10", COMMUNITY, since=NOON, limit=1)

    assert [call.draft_id for call in near] == ["1", "0"]
    assert newest == near[:1]

"""The outbox: who may go, who waits, and what is never said twice."""

from __future__ import annotations

import pytest

from core.outgoing import CONVERSATION, DIGEST, NUDGING, TELLING, Policy, Settled, State
from tests.builders import NOON as NOW
from tests.builders import SECOND, a_message


@pytest.fixture
async def work(units):
    async with units.begin() as opened:
        yield opened


async def _claim(work, now=NOW, limit=99, busy=()):
    return await work.outbox.claim(now=now, limit=limit, busy=busy)


async def _texts(work, **asked):
    return [row.payload["params"]["text"] for row in await _claim(work, **asked)]


async def test_a_claimed_row_says_what_was_put_and_counts_its_attempts(work):
    await work.outbox.put(a_message("灯 😀", policy=Policy.LATEST), now=NOW)

    (row,) = await _claim(work)

    assert (row.payload, row.policy) == (a_message("灯 😀").payload, Policy.LATEST)
    assert (row.state, row.attempts, row.created_at) == (State.SENDING, 1, NOW)


async def test_a_known_dedupe_makes_a_row_vanish_for_ever(work):
    await work.outbox.put(a_message("一", dedupe="k"), a_message("二", dedupe="k"), now=NOW)
    (row,) = await _claim(work)
    await work.outbox.settle(Settled(row.id, State.SENT), now=NOW)
    await work.outbox.put(a_message("三", dedupe="k", lane=7), now=NOW)

    assert row.payload["params"]["text"] == "一"
    assert await _claim(work) == []


async def test_rows_coalesce_while_the_first_waits_and_not_after(work):
    await work.outbox.put(a_message("一", coalesce="k"), a_message("二", coalesce="k"), now=NOW)
    (row,) = await _claim(work)
    await work.outbox.put(a_message("三", coalesce="k"), now=NOW)
    await work.outbox.settle(Settled(row.id, State.SENT), now=NOW)

    assert await _texts(work) == ["三"]


async def test_a_lane_gives_its_head_and_nothing_until_that_is_settled(work):
    await work.outbox.put(a_message("一"), a_message("二"), now=NOW)
    (row,) = await _claim(work)

    assert await _claim(work) == []
    await work.outbox.settle(Settled(row.id, State.SENT, message=5), now=NOW)
    assert await _texts(work) == ["二"]


@pytest.mark.parametrize("end", [State.DEAD, State.SUPERSEDED, State.UNKNOWN])
async def test_a_lane_goes_on_after_any_end(work, end):
    await work.outbox.put(a_message("一"), a_message("二"), now=NOW)
    (row,) = await _claim(work)
    await work.outbox.settle(Settled(row.id, end, error="why"), now=NOW)

    assert await _texts(work) == ["二"]


@pytest.mark.parametrize("again", [State.READY, State.UNKNOWN])
async def test_a_retry_holds_its_lane_until_then_and_goes_first(work, again):
    await work.outbox.put(a_message("一"), a_message("二"), now=NOW)
    (row,) = await _claim(work)
    later = NOW + 20 * SECOND
    await work.outbox.settle(Settled(row.id, again, not_before=later), now=NOW)

    assert await _claim(work) == []
    assert await work.outbox.next_wake(NOW) == later
    (once_more,) = await _claim(work, now=later)
    assert (once_more.id, once_more.attempts) == (row.id, 2)


async def test_a_row_put_for_later_waits_and_holds_its_lane(work):
    later = NOW + SECOND
    await work.outbox.put(a_message("一", not_before=later), a_message("二"), now=NOW)

    assert await _texts(work) == []
    assert await _texts(work, now=later) == ["一"]


async def test_a_paused_lane_waits_and_others_go(work):
    await work.outbox.put(a_message("一"), a_message("二"), a_message("三", lane=7), now=NOW)
    row = (await _claim(work))[0]
    until = NOW + 30 * SECOND
    retry = Settled(row.id, State.READY, not_before=NOW + SECOND, lane_pause=until)
    await work.outbox.settle(retry, now=NOW)
    await work.outbox.put(a_message("四", lane=8), now=NOW)

    assert await _texts(work, now=until - SECOND) == ["四"]
    assert await work.outbox.next_wake(NOW) == until
    assert await _texts(work, now=until) == ["一"]


async def test_busy_lanes_are_left_alone(work):
    await work.outbox.put(a_message("一", lane=1), a_message("二", lane=2), now=NOW)

    assert await _texts(work, busy={1}) == ["二"]


async def test_the_lowest_rank_goes_first_and_then_the_oldest(work):
    ranked = [(1, NUDGING), (2, CONVERSATION), (3, NUDGING), (4, CONVERSATION)]
    await work.outbox.put(*(a_message(lane=n, rank=rank) for n, rank in ranked), now=NOW)

    first = await _claim(work, limit=3)

    assert [row.lane for row in first] == [2, 4, 1]
    assert [row.lane for row in await _claim(work)] == [3]


async def test_who_has_waited_longest_goes_first_where_that_was_long_enough(work):
    for at, (lane, rank) in enumerate([(1, DIGEST), (2, TELLING), (3, CONVERSATION)]):
        await work.outbox.put(a_message(lane=lane, rank=rank), now=NOW + at * SECOND)

    asked = {"now": NOW + 9 * SECOND, "limit": 2, "busy": ()}
    early = await work.outbox.claim(**asked, waited=NOW - SECOND)
    await work.outbox.settle(*(Settled(row.id, State.READY) for row in early), now=NOW)
    late = await work.outbox.claim(**asked, waited=NOW)

    assert [row.lane for row in early] == [3, 2]
    assert [row.lane for row in late] == [1, 3]


async def test_whose_turn_it_is_not_waits_as_well_however_long(work):
    later = NOW + 99 * SECOND
    digest = a_message(lane=1, rank=DIGEST, not_before=later)
    await work.outbox.put(digest, a_message(lane=2), a_message(lane=3), now=NOW)

    rows = await work.outbox.claim(now=NOW, limit=9, busy={2}, waited=NOW)

    assert [row.lane for row in rows] == [3]


async def test_who_could_go_is_counted_up_to_a_limit(work):
    await work.outbox.put(*(a_message(lane=n) for n in (1, 1, 2, 3, 4)), now=NOW)
    await _claim(work, limit=1)

    assert await work.outbox.waiting(now=NOW, busy={4}, most=9) == 2
    assert await work.outbox.waiting(now=NOW, busy=(), most=2) == 2


async def test_a_crash_while_sending_is_settled_by_policy(work):
    policies = [Policy.AT_LEAST_ONCE, Policy.LATEST, Policy.AT_MOST_ONCE]
    for lane, policy in enumerate(policies):
        await work.outbox.put(a_message("一", lane=lane, policy=policy), now=NOW)
        await work.outbox.put(a_message("二", lane=lane), now=NOW)
    await _claim(work)

    recovered = await work.outbox.recover(now=NOW)

    assert recovered == 3
    assert sorted(await _texts(work)) == ["一", "一", "二"]
    assert await work.outbox.next_wake(NOW) is None


async def test_a_row_settled_for_good_stays_as_it_is(work):
    await work.outbox.put(a_message(), now=NOW)
    (row,) = await _claim(work)
    await work.outbox.settle(Settled(row.id, State.SENT), now=NOW)
    await work.outbox.settle(Settled(row.id, State.READY), now=NOW)

    assert await _claim(work) == []


async def test_nothing_owed_wakes_nobody(work):
    await work.outbox.put(now=NOW)
    await work.outbox.settle(now=NOW)

    assert await work.outbox.next_wake(NOW) is None
    assert await work.outbox.recover(now=NOW) == 0


async def test_what_may_go_wakes_at_once(work):
    await work.outbox.put(a_message(), now=NOW)

    assert await work.outbox.next_wake(NOW + SECOND) == NOW + SECOND

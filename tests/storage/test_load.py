"""What the store has on its hands, counted by the indexes of what is not finished."""

from __future__ import annotations

from datetime import timedelta

from core.outgoing import Settled, State
from tests.builders import NOON as NOW
from tests.builders import a_call, a_leg, a_message, an_update

LATER = NOW + timedelta(minutes=3)


async def test_an_empty_store_has_nothing_on_its_hands(store):
    load = await store.load(NOW)

    assert (load.inbox, load.outbox) == ({"new": 0}, {})
    assert (load.oldest_owed, load.paused_lanes, load.open_legs) == (None, 0, 0)


async def test_what_is_not_finished_is_counted_by_state(store):
    async with store.begin() as work:
        call = await work.calls.add(a_call())
        await work.legs.add(a_leg(call_id=call.id))
        await work.inbox.insert([an_update(1), an_update(2, lane=5)], now=NOW)
        (first, *_) = await work.inbox.ready(now=NOW, limit=1, busy=())
        await work.inbox.bury(first, error="Undecodable")
        await work.outbox.put(*(a_message(lane=lane) for lane in (1, 2, 3)), now=NOW)
        one, two, _ = await work.outbox.claim(now=NOW, limit=3, busy=())
        pause = Settled(one.id, State.READY, lane_pause=LATER)
        await work.outbox.settle(pause, Settled(two.id, State.DEAD), now=NOW)

    load = await store.load(NOW)

    assert load.inbox == {"new": 1, "dead": 1}
    assert load.outbox == {"ready": 1, "sending": 1, "dead": 1}
    assert (load.oldest_owed, load.oldest_waiting) == (NOW, NOW)
    assert (load.paused_lanes, load.open_legs) == (1, 1)

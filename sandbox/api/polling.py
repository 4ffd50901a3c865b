"""Long polling: one poller at a time, offsets as Telegram's queue takes them."""

from __future__ import annotations

import time

from sandbox.api.parsing import Params
from sandbox.api.refusals import OTHER_POLLER, WEBHOOK_ACTIVE, conflict
from sandbox.api.registry import method
from sandbox.world.bell import Bell
from sandbox.world.turn import Turn
from sandbox.world.updates import Wish
from sandbox.world.world import World

MOST = 100
LONGEST_WAIT = 50


class Raw(str):
    """A result that is JSON already."""

    __slots__ = ()


@method("getUpdates")
async def get_updates(world: World, p: Params) -> Raw:
    """Updates from ``offset`` on; what is before it is forgotten at once."""
    if world.webhook.url:
        raise conflict(WEBHOOK_ACTIVE)
    turn = world.turn
    mine = turn.take()
    world.queue.arrived.ring()
    if "allowed_updates" in p:
        world.queue.wish = Wish(tuple(p["allowed_updates"] or ()))
    offset = p.get("offset", 0)
    world.queue.confirm(offset)
    limit = 1 if turn.again(offset) else min(max(p.get("limit", MOST), 1), MOST)
    wait = min(max(p.get("timeout", 0), 0), LONGEST_WAIT)
    return Raw(f"[{','.join(await batch(world, turn, mine, limit, wait))}]")


async def batch(world: World, turn: Turn, mine: int, limit: int, wait: float) -> list[str]:
    """The first updates to come, or none in time; raises ``Refused`` when another poller came."""
    ends = time.monotonic() + wait
    while not (found := world.queue.batch(limit)):
        left = ends - time.monotonic()
        if left <= 0:
            break
        await world.queue.arrived.heard(left)
        if turn.number != mine:
            await Bell().heard(turn.conflict_in())
            raise conflict(OTHER_POLLER)
        if world.webhook.url:
            raise conflict("terminated by setWebhook request")
    return found

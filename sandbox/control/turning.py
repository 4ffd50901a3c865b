"""Turning the sandbox's knobs: the clock, faults, limits, privacy mode, and starting anew."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from aiohttp import web

from sandbox.control.route import asked, body, number, route
from sandbox.control.watching import LONGEST_WAIT, clock_view
from sandbox.world.faults import KINDS
from sandbox.world.ring import Json
from sandbox.world.seed import begin, moment_of
from sandbox.world.world import Impossible, World

FAULT_FIELDS: dict[str, Callable[[Any], Any]] = {
    "kind": str,
    "method": str,
    "chat": int,
    "count": int,
    "probability": float,
    "retry_after": int,
}


@route("GET", "/clock")
async def clock(world: World, request: web.Request) -> Json:
    """The clock, once it differs from what the caller knows."""
    known = (float(request.query.get("offset", "nan")), asked(request, "epoch", -1))
    ends = time.monotonic() + min(float(request.query.get("wait", 0)), LONGEST_WAIT)
    while known == (world.clock.offset, world.epoch) and (left := ends - time.monotonic()) > 0:
        await world.clock.moved.heard(left)
    return clock_view(world)


@route("POST", "/clock")
async def move_clock(world: World, request: web.Request) -> Json:
    """Move the clock."""
    wish = await body(request)
    if wish.get("reset"):
        world.clock.reset()
    elif "to" in wish:
        world.clock.set_to(moment_of(wish["to"]))
    else:
        world.clock.forward(float(wish["forward"]))
    world.events.tell("clock", **clock_view(world))
    return clock_view(world)


@route("POST", "/faults")
async def new_fault(world: World, request: web.Request) -> Json:
    """Something is to go wrong."""
    wish = await body(request)
    if wish["kind"] not in KINDS:
        raise Impossible(f"kind must be one of {' '.join(sorted(KINDS))}", 400)
    given = ((key, read, wish.get(key)) for key, read in FAULT_FIELDS.items())
    fault = world.faults.add({key: read(value) for key, read, value in given if value is not None})
    world.events.tell("faults", data=world.faults.view())
    return fault.view()


@route("DELETE", "/faults/{fault}")
async def no_fault(world: World, request: web.Request) -> Json:
    """One thing is to go wrong no longer."""
    if not world.faults.remove(number(request, "fault")):
        raise Impossible("there is no such fault", 404)
    world.events.tell("faults", data=world.faults.view())
    return {}


@route("DELETE", "/faults")
async def no_faults(world: World, _request: web.Request) -> Json:
    """Nothing is to go wrong."""
    world.faults.clear()
    world.events.tell("faults", data=[])
    return {}


@route("POST", "/limits")
async def limits(world: World, request: web.Request) -> Json:
    """Telegram's flood limits, on or off."""
    world.limits.enforce(bool((await body(request))["enforced"]))
    return {"enforced": world.limits.enforced}


@route("POST", "/privacy")
async def privacy(world: World, request: web.Request) -> Json:
    """The bot's privacy mode, on or off."""
    world.privacy = bool((await body(request))["enabled"])
    return {"enabled": world.privacy}


@route("POST", "/updates")
async def renumber(world: World, request: web.Request) -> Json:
    """The next update gets this id, as after Telegram has lost its queue; what waits is gone."""
    start = int((await body(request))["next"])
    world.queue.clear()
    world.queue.renumber(start)
    return {"next": start}


@route("POST", "/reset")
async def reset(world: World, request: web.Request) -> Json:
    """Back to the seed, or to the one given."""
    begin(world, (await body(request)).get("seed"))
    return clock_view(world)

"""Somebody takes over the call that was raised for them, with its number and code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.flows import raise_matter
from bot.flows.accepting import words
from bot.flows.steps import Chosen, Done, Flow, Kept, Reason, Step
from bot.screens import claimed

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft, Value
    from bot.screens.screen import Screen

NAME = "claim"
NUMBER, CODE, SAID = "number", "code", "said"
WRITTEN = re.compile(r"([A-Za-z]+-\d{6}-\d+)\D+(\d{6})\b")


def claim() -> Flow:
    """The privacy notice for whoever is new here, then number and code, if they are not known."""
    return Flow(
        name=NAME,
        steps=(
            raise_matter.steps()[0],
            Step(SAID, _screen, (words,), _keep, skip=lambda draft: CODE in draft),
        ),
        ends=take,
        cancelled=claimed.dropped,
        numbered=False,
    )


async def beginning(scene: Scene, said: str = "") -> Draft:
    """The draft; ``said`` holds number and code as a link or a command gives them."""
    draft = await raise_matter.beginning(scene)
    return {**draft, **_read(said)}


def _read(said: str) -> Draft:
    found = WRITTEN.search(said)
    return {NUMBER: found[1].upper(), CODE: found[2]} if found else {}


async def take(draft: Draft, scene: Scene) -> Done:
    """The one act of a flow that was begun with number and code."""
    kept = await _tried(draft, scene)
    return kept if isinstance(kept, Done) else Done(claimed.refused(kept.text))


async def _tried(draft: Draft, scene: Scene) -> Done | Reason:
    came = await scene.desk.claim(draft[NUMBER], draft[CODE], by=scene.actor, now=scene.now)
    if came.call is None:
        return Reason(claimed.unknown() if came.left is None else claimed.wrong(came.left))
    view = await scene.board.call(came.call.id)
    zone = scene.board.district.calendar.zone
    return Done(claimed.taken(view, scene.now, zone), leg=view.main.leg.id)


async def _screen(draft: Draft, scene: Scene) -> Screen:
    return claimed.asks()


async def _keep(draft: Draft, value: Value, scene: Scene) -> Kept:
    read = {} if isinstance(value, Chosen) else _read(value.text)
    return await _tried({**draft, **read}, scene) if read else Reason(claimed.unclear())

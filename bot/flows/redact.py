"""Two steps within 我的呼叫: which of the own words, and are you sure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.accepting import choice
from bot.flows.steps import Chosen, Done, Goto, Kept, Step
from bot.screens import redacting

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft, Value
    from bot.screens.screen import Screen
    from core.redacting import Own

STEP, SURE, KEY = "redact", "redact_sure", "take"


def steps() -> tuple[Step, ...]:
    """They are gone to from the screen of a call, and go back to it."""
    return (
        Step(STEP, _which_screen, (choice,), _keep_which),
        Step(SURE, _sure_screen, (choice,), _keep_sure),
    )


async def _own(draft: Draft, scene: Scene) -> tuple[str, tuple[Own, ...]]:
    own = await scene.desk.own_words(draft["call"], by=scene.actor)
    return (await scene.board.call(draft["call"])).call.number, own


async def _which_screen(draft: Draft, scene: Scene) -> Screen:
    return redacting.which(*await _own(draft, scene))


async def _keep_which(draft: Draft, value: Value, scene: Scene) -> Kept:
    chosen = value.value if isinstance(value, Chosen) else ""
    return Goto({**draft, KEY: chosen.partition(":")[2]}, SURE)


async def _sure_screen(draft: Draft, scene: Scene) -> Screen:
    number, own = await _own(draft, scene)
    found = next((one for one in own if one.key == draft.get(KEY)), None)
    return redacting.sure(number, found) if found else redacting.which(number, own)


async def _keep_sure(draft: Draft, value: Value, scene: Scene) -> Kept:
    if not (isinstance(value, Chosen) and value.value == "yes"):
        return await _keep_which(draft, value, scene)
    key = draft.get(KEY, "")
    call = await scene.desk.take_back(draft["call"], key, by=scene.actor, now=scene.now)
    return Done(redacting.taken(call.number))

"""``/mydata``: a resident sees what is kept of them, puts it right, takes it along, erases it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.flows import own_number
from bot.flows.accepting import choice, words
from bot.flows.steps import Chosen, Done, Flow, Goto, Kept, Stay, Step
from bot.screens import my_data as screens
from bot.screens.names import clean

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft, Value
    from bot.screens.screen import Screen

NAME = "mydata"
ASKED = "asked"
LOOK, CALLED, SURE = "look", "called", "sure"


def my_data() -> Flow:
    """Looking is loose; only 确定删除 within a minute erases."""
    return Flow(
        name=NAME,
        steps=(
            Step(LOOK, _look_screen, (choice,), _keep_look),
            Step(CALLED, _name_screen, (words,), _keep_name),
            own_number.step(LOOK),
            Step(SURE, _sure_screen, (choice,), _keep_sure),
        ),
        ends=_end,
        cancelled=screens.left,
        numbered=False,
        loose=True,
    )


async def _look_screen(draft: Draft, scene: Scene) -> Screen:
    resident = await scene.board.resident(scene.account)
    known = await scene.desk.kept_of(scene.account)
    return screens.kept(resident, known, scene.board.district.calendar.zone)


async def _keep_look(draft: Draft, value: Value, scene: Scene) -> Kept:
    chosen = value.value if isinstance(value, Chosen) else ""
    if chosen == screens.EXPORT:
        await scene.desk.hand_out(by=scene.actor, now=scene.now)
        return Done(screens.exported())
    if chosen == screens.ERASE:
        return Goto({**draft, ASKED: scene.now.isoformat()}, SURE)
    return Goto(draft, own_number.STEP if chosen == screens.PHONE else CALLED)


async def _name_screen(draft: Draft, scene: Scene) -> Screen:
    return screens.asks_name()


async def _keep_name(draft: Draft, value: Value, scene: Scene) -> Kept:
    name = "" if isinstance(value, Chosen) else clean(value.text)
    if not name:
        return Stay(draft)
    await scene.desk.correct_name(name, by=scene.actor, now=scene.now)
    return Done(screens.named(name))


async def _sure_screen(draft: Draft, scene: Scene) -> Screen:
    ends, waits = await scene.desk.going_on(scene.account)
    known = await scene.desk.kept_of(scene.account)
    return screens.asks_sure(len(ends), len(waits), known.calls - known.open)


async def _keep_sure(draft: Draft, value: Value, scene: Scene) -> Kept:
    if not isinstance(value, Chosen) or value.value != screens.SURE:
        return Done(screens.left())
    asked = datetime.fromisoformat(draft[ASKED])
    if scene.now - asked > timedelta(seconds=screens.SECONDS):
        return Stay({**draft, ASKED: scene.now.isoformat()}, note=screens.too_late())
    told = await scene.desk.erase_own(by=scene.actor, now=scene.now)
    return Done(screens.erased(told.calls, told.waiting), forgets=True)


async def _end(draft: Draft, scene: Scene) -> Screen:
    return screens.left()

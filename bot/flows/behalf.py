"""An officer raises a call for somebody who came in or rang up (row 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows import raise_item, raise_last, raise_matter, raise_place
from bot.flows.accepting import choice, words
from bot.flows.phones import chinese_number
from bot.flows.steps import Chosen, Done, Flow, Kept, Reason, Step
from bot.screens import claimed
from bot.screens.matter import dropped
from core.call import OnBehalf
from core.claiming import new_code
from core.errors import NotYourPart
from core.lifecycle import Action
from core.rights import RAISING

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft, Value
    from bot.screens.screen import Screen
    from core.agency import Agency

NAME = "behalf"
UNIT, CALLED, PHONE, CODE = "unit", "called", "phone", "code"
LONGEST_NAME = 40


def behalf() -> Flow:
    """The steps of raising a call, with who called and at which number before the last look."""
    matter = raise_matter.steps()[-1]
    return Flow(
        name=NAME,
        steps=(
            Step(UNIT, _unit_screen, (choice,), _keep_unit, skip=lambda draft: UNIT in draft),
            matter,
            raise_item.step(),
            raise_last.danger_step(),
            raise_place.step(),
            raise_last.details_step(),
            Step("name", _name_screen, (choice, words), _keep_name, skip=_named),
            Step(PHONE, _phone_screen, (choice, words), _keep_phone, skip=_phoned),
            raise_last.look_step(),
        ),
        ends=send,
        cancelled=dropped,
        asides=raise_matter.ASIDES,
        keeps_aside=raise_matter.keep_beside,
    )


def beginning(scene: Scene) -> Draft:
    """A draft with a code of its own; ``NotYourPart`` for whoever raises nothing for others."""
    units = _units(scene)
    if not units:
        raise NotYourPart(action=Action.RAISE, posts=RAISING)
    draft: Draft = {CODE: new_code()}
    return {**draft, UNIT: units[0].code} if len(units) == 1 else draft


def _units(scene: Scene) -> tuple[Agency, ...]:
    tree, actor = scene.board.district.tree, scene.actor
    codes = sorted(code for code in actor.officer_of if actor.posts_in(code) & RAISING)
    return tuple(tree.get(code) for code in codes if code in tree.by_code)


async def send(draft: Draft, scene: Scene) -> Done:
    """The one act of the flow; a second press finds the first one's call, and the same code."""
    on_behalf = OnBehalf(draft[UNIT], draft[CALLED], draft[CODE])
    new = raise_last.new_call(draft, scene, behalf=on_behalf)
    call = await scene.desk.raise_call(new, by=scene.actor, now=scene.now)
    view = (await scene.board.call(call.id)).main
    zone = scene.board.district.calendar.zone
    link = f"https://t.me/{scene.bot_name}?start={claimed.CLAIM}{call.number}_{draft[CODE]}"
    slip = claimed.slip(view, draft[CODE], link, scene.now, zone)
    return Done(claimed.registered(view, slip))


async def _unit_screen(draft: Draft, scene: Scene) -> Screen:
    return claimed.unit(_units(scene))


async def _keep_unit(draft: Draft, value: Value, scene: Scene) -> Kept:
    return {**draft, UNIT: value.value if isinstance(value, Chosen) else ""}


async def _name_screen(draft: Draft, scene: Scene) -> Screen:
    return claimed.name()


async def _keep_name(draft: Draft, value: Value, scene: Scene) -> Kept:
    said = "" if isinstance(value, Chosen) else value.text.strip()
    return {**draft, CALLED: said[:LONGEST_NAME]}


async def _phone_screen(draft: Draft, scene: Scene) -> Screen:
    return claimed.phone()


async def _keep_phone(draft: Draft, value: Value, scene: Scene) -> Kept:
    if isinstance(value, Chosen):
        return {**draft, PHONE: ""}
    number = chinese_number(value.text)
    return {**draft, PHONE: number} if number else Reason(claimed.bad_number())


def _named(draft: Draft) -> bool:
    return CALLED in draft


def _phoned(draft: Draft) -> bool:
    return PHONE in draft

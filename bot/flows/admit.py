"""An officer sorts a call: which item, and who answers (lifecycle row 8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.accepting import choice, words
from bot.flows.choose_item import ITEM, item_step
from bot.flows.form import view_of
from bot.flows.steps import Chosen, Flow, Goto, Kept, Reason, Stay, Step
from bot.screens import filling, sorting
from bot.words import _
from core.finding import agencies_named
from core.routing import route, route_to
from core.routing import takers as allowed

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft, Value
    from bot.screens.screen import Screen
    from core.agency import Agency
    from core.catalogue import Item

NAME = "admit"
TAKER, FOUND = "taker", "found"
MOST = 8


def admit() -> Flow:
    """The item, one look; another agency only for whoever wants one."""
    return Flow(
        name=NAME,
        steps=(
            item_step(_words),
            Step(
                TAKER,
                asks=_takers,
                accepts=(choice, words),
                keeps=_keep_taker,
                skip=lambda draft: True,
                surely=False,
            ),
            Step("look", asks=_look, accepts=(choice,), keeps=_keep_look),
        ),
        ends=give,
        cancelled=filling.dropped,
    )


async def give(draft: Draft, scene: Scene) -> Screen:
    """The one act of the flow."""
    leg = await scene.desk.admit(
        draft["leg"],
        item=draft[ITEM],
        agency=draft.get(TAKER, ""),
        by=scene.actor,
        now=scene.now,
        version=draft["version"],
    )
    return sorting.admitted(await scene.board.leg(leg.id))


async def _words(draft: Draft, scene: Scene) -> str:
    return (await view_of(draft, scene)).call.words


async def _takers(draft: Draft, scene: Scene) -> Screen:
    view, tree = await view_of(draft, scene), scene.board.district.tree
    found = [tree.get(code) for code in draft.get(FOUND, ())]
    return sorting.takers(view, tuple(found) or (await _offered(draft, scene))[:MOST])


async def _keep_taker(draft: Draft, value: Value, scene: Scene) -> Kept:
    if isinstance(value, Chosen):
        return {**draft, TAKER: value.value, FOUND: []}
    offered = await _offered(draft, scene)
    named = agencies_named(scene.board.district.tree, value.text)
    found = [agency.code for agency in named if agency in offered]
    if not found:
        return Reason(_("没有找到可以选的单位，请换个名称，或者从列表里选。"))
    if len(found) > 1:
        return Stay({**draft, FOUND: found})
    return {**draft, TAKER: found[0], FOUND: []}


async def _look(draft: Draft, scene: Scene) -> Screen:
    district, bound = scene.board.district, await scene.board.groups()
    view, item = await view_of(draft, scene), _item(draft, scene)
    named = district.tree.by_code.get(draft.get(TAKER) or "")
    way = (
        route_to(district, item, named, bound)
        if named
        else route(district, item, view.call.community, bound)
    )
    return sorting.last_look(view, item, way.agency, listed=named is None)


async def _keep_look(draft: Draft, value: Value, scene: Scene) -> Kept:
    chosen = value.value if isinstance(value, Chosen) else ITEM
    if chosen == "send":
        return draft
    return Goto(draft if chosen == TAKER else {**draft, TAKER: "", FOUND: []}, chosen)


async def _offered(draft: Draft, scene: Scene) -> tuple[Agency, ...]:
    view = await view_of(draft, scene)
    return allowed(
        scene.board.district, _item(draft, scene), view.call.community, view.agency.code
    )


def _item(draft: Draft, scene: Scene) -> Item:
    return scene.board.district.catalogue.get(draft[ITEM])

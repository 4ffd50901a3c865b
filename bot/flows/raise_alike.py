"""Raising a call, before the last look: is it the very matter somebody else raised? (row 5)"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.accepting import choice
from bot.flows.material import pieces_of
from bot.flows.steps import Chosen, Done, Kept, Stay, Step
from bot.screens import alike
from core.agency import Point
from core.call import Medium, Piece
from core.features import Feature

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft, Value
    from bot.screens.screen import Screen

ALIKE = "alike"


def step() -> Step:
    """Shown only where such calls are open; never while somebody is in danger."""
    return Step(
        ALIKE,
        asks=_screen,
        accepts=(choice,),
        keeps=_keep,
        skip=_settled,
        surely=False,
        prepares=_looked_up,
    )


def _about(draft: Draft) -> list[str]:
    return [draft.get("item", ""), draft.get("community", "")]


def _settled(draft: Draft) -> bool:
    """Whether it was looked up for this item and place, and is answered or found nothing."""
    known = draft.get(ALIKE) or {}
    return known.get("about") == _about(draft) and not known["calls"]


async def _looked_up(draft: Draft, scene: Scene) -> Draft:
    item, community = _about(draft)
    district = scene.board.district
    if draft.get("danger") or not item or not district.opens(Feature.SUPPORTERS, community):
        return _with(draft, [])
    found = await scene.board.alike(
        item, community, _point(draft), account=scene.account, now=scene.now
    )
    return _with(draft, [view.call.id for view in found])


def _with(draft: Draft, calls: list[int]) -> Draft:
    return {**draft, ALIKE: {"about": _about(draft), "calls": calls}}


def _point(draft: Draft) -> Point | None:
    return Point(*draft["point"]) if draft.get("point") else None


async def _screen(draft: Draft, scene: Scene) -> Screen:
    views = [await scene.board.call(call) for call in draft[ALIKE]["calls"]]
    zone = scene.board.district.calendar.zone
    return alike.offered(views, _point(draft), scene.now, zone)


async def _keep(draft: Draft, value: Value, scene: Scene) -> Kept:
    if not isinstance(value, Chosen):
        return Stay(draft)
    kind, _colon, chosen = value.value.partition(":")
    if kind != "same":
        return _with(draft, [])
    call = await scene.desk.support(
        int(chosen), pieces=_said(draft), by=scene.actor, now=scene.now
    )
    view = await scene.board.call(call.id)
    zone = scene.board.district.calendar.zone
    return Done(alike.joined(view, scene.now, zone))


def _said(draft: Draft) -> tuple[Piece, ...]:
    """Everything the person told for a call of their own."""
    details = draft.get("details") or ""
    added = (Piece(Medium.WORDS, text=details),) if details else ()
    point = _point(draft)
    pinned = (Piece(Medium.PLACE, point=point),) if point else ()
    return (*pieces_of(draft), *added, *pinned)

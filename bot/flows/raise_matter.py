"""Raising a call, first part: consent, which matter, and telling it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.accepting import MEDIA, choice, pin, words
from bot.flows.material import (
    ALBUM,
    PIECES,
    album_goes_on,
    kept_aside,
    pieces_of,
    tells,
    with_piece,
)
from bot.flows.raise_place import pinned_beside
from bot.flows.steps import Chosen, Done, Kept, Stay, Step
from bot.screens import matter, names
from bot.words import _, spoken
from core.call import Medium, Origin
from core.lifecycle import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.flows.scene import Scene
    from bot.flows.steps import Draft, Value
    from bot.screens.screen import Screen
    from core.views import LegView

MOST_OPEN = 5
ASIDES = (words, *MEDIA, pin)


async def beginning(scene: Scene, *, which: Sequence[LegView] = ()) -> Draft:
    """What a draft starts with: whether consent was given, and of ``which`` calls it may be."""
    resident = await scene.board.resident(scene.account)
    return {
        "consented": bool(resident and resident.consented_at),
        "open": [
            [view.leg.id, view.call.number, named(view)]
            for view in sorted(which, key=_asked_first)[:MOST_OPEN]
        ],
    }


def named(view: LegView) -> str:
    """The item of an open call, and whether an answer is awaited."""
    item = names.item(view)
    return _("{item}（等您回答）").format(item=item) if not _asked_first(view) else item


def _asked_first(view: LegView) -> bool:
    return view.leg.status is not Status.NEED_INFO


def steps() -> tuple[Step, ...]:
    """Consent and "which" stand before the numbered steps."""
    return (
        Step(
            "consent",
            asks=_consent_screen,
            accepts=(choice,),
            keeps=_keep_consent,
            skip=lambda draft: bool(draft.get("consented")),
            counted=False,
        ),
        Step(
            "which",
            asks=_which_screen,
            accepts=(choice,),
            keeps=_keep_which,
            skip=lambda draft: not draft.get("open") or "which" in draft,
            counted=False,
        ),
        Step("matter", asks=_matter_screen, accepts=(choice, *ASIDES), keeps=_keep, skip=tells),
    )


async def keep_beside(draft: Draft, value: Value, scene: Scene) -> Kept:
    """Anything said at another step: part of the matter too."""
    if isinstance(value, Chosen):
        return Stay(draft)
    if value.medium is Medium.PLACE:
        return pinned_beside(draft, value, scene)
    return kept_aside(draft, value, scene.message)


async def _consent_screen(draft: Draft, scene: Scene) -> Screen:
    return matter.privacy(bool(draft.get(PIECES)))


async def _keep_consent(draft: Draft, value: Value, scene: Scene) -> Kept:
    await scene.desk.consent(by=scene.actor, now=scene.now, language=spoken())
    return {**draft, "consented": True}


async def _which_screen(draft: Draft, scene: Scene) -> Screen:
    return matter.which([(leg, number, item) for leg, number, item in draft["open"]])


async def _keep_which(draft: Draft, value: Value, scene: Scene) -> Kept:
    """Either a new matter, or all that was said goes to the open leg at once."""
    chosen = value.value if isinstance(value, Chosen) else "new"
    leg_id = next((leg for leg, *_rest in draft["open"] if chosen == f"leg:{leg}"), None)
    if leg_id is None:
        return {**draft, "which": "new"}
    origin = Origin(scene.chat, draft.get("message", scene.message))
    await scene.desk.add(leg_id, pieces_of(draft), by=scene.actor, now=scene.now, origin=origin)
    view = await scene.board.leg(leg_id)
    memo = {"leg": leg_id, ALBUM: draft.get(ALBUM, "")}
    return Done(matter.added(view.call.number, view.agency.short_name), memo, leg=leg_id)


async def _matter_screen(draft: Draft, scene: Scene) -> Screen:
    community = scene.board.district.tree.by_code.get(draft.get("community", ""))
    return matter.matter(
        pieces_of(draft), told=tells(draft), community=community.short_name if community else ""
    )


async def _keep(draft: Draft, value: Value, scene: Scene) -> Kept:
    if isinstance(value, Chosen):
        if value.value == "done":
            return draft
        return Stay({**draft, PIECES: [], ALBUM: "", "full": False})
    if value.medium is Medium.PLACE:
        return pinned_beside(draft, value, scene)
    grown = with_piece(draft, value, scene.message)
    if isinstance(grown, Stay):
        return grown
    return Stay(grown, quiet=album_goes_on(draft, value))

"""Raising a call: two matters in one telling are offered, once, to be raised one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from bot.flows.accepting import choice
from bot.flows.material import PIECES, as_json, pieces_of
from bot.flows.pausing import UNDER
from bot.flows.steps import Chosen, Kept, Step
from bot.screens import two
from core.call import Medium, Piece

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft, Value
    from bot.screens.screen import Screen

TWO, HALVES, NEXT = "two", "halves", "item"
GOES_ALONG = ("consented", "community")


def step(flow: str) -> Step:
    """Asked only where the words clearly hold two; ``flow`` is what the second waits in."""

    async def keep(draft: Draft, value: Value, scene: Scene) -> Kept:
        apart = isinstance(value, Chosen) and value.value == two.APART
        return _apart({**draft, TWO: True}, flow) if apart else {**draft, TWO: True}

    return Step(
        TWO,
        asks=_screen,
        accepts=(choice,),
        keeps=keep,
        skip=lambda draft: TWO in draft or draft.get(HALVES) == [],
        counted=False,
        prepares=_looked,
    )


async def _looked(draft: Draft, scene: Scene) -> Draft:
    """Where among the pieces it is, and both halves; nothing where it is one matter."""
    if HALVES in draft:
        return draft
    for n, piece in enumerate(pieces_of(draft)):
        cut = scene.guide.two_matters(piece.text) if piece.medium is Medium.WORDS else None
        if cut is not None:
            return {**draft, HALVES: [n, *cut]}
    return {**draft, HALVES: []}


async def _screen(draft: Draft, scene: Scene) -> Screen:
    _at, first, second = draft[HALVES]
    return two.asks(first, second)


def _apart(draft: Draft, flow: str) -> Draft:
    """The first goes on with all that was shown; the second waits under it with its words."""
    at, first, second = draft[HALVES]
    pieces = [*draft[PIECES]]
    pieces[at] = as_json(Piece(Medium.WORDS, first))
    return {**draft, PIECES: pieces, UNDER: _waiting(draft, second, flow)}


def _waiting(draft: Draft, words: str, flow: str) -> Draft:
    draft_id = uuid4().hex
    own = {key: draft[key] for key in (*GOES_ALONG, UNDER) if key in draft}
    said = [as_json(Piece(Medium.WORDS, words))]
    kept = {**own, "id": draft_id, "open": [], "which": "new", TWO: True, PIECES: said}
    return {
        "flow": flow,
        "step": NEXT,
        "draft_id": draft_id,
        "token": int(draft_id[:5], 16) * 1000,
        "trail": [],
        "draft": kept,
    }

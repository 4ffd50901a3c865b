"""Raising a call, second part: which item of the catalogue it is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.flows.accepting import choice, words
from bot.flows.material import goes_on, kept_aside, with_piece, words_of
from bot.flows.steps import Chosen, Kept, Stay, Step
from bot.screens import items
from core.catalogue import Catalogue

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft, Value
    from bot.screens.screen import Screen
    from core.call import Piece

VIEW = "item_view"
QUERY = "query"
FACTS = "facts"
UNSURE = "unsure"
A_SEARCH = 12


def step() -> Step:
    """Suggested from the words, searched by typing, or browsed."""
    return Step(
        "item",
        asks=_screen,
        accepts=(choice, words),
        keeps=_keep,
        skip=lambda draft: "item" in draft,
        retreats=retreat,
        always=_any_item,
    )


def _any_item(value: str, scene: Scene) -> bool:
    """Every one can be come to by its category."""
    kind, _colon, code = value.partition(":")
    return kind == "i" and code in scene.board.district.catalogue.by_code


async def _screen(draft: Draft, scene: Scene) -> Screen:
    catalogue = scene.board.district.catalogue
    view = draft.get(VIEW)
    if view is None:
        query = draft.get(QUERY, "")
        found = scene.guide.suggest(query or words_of(draft), 3)
        if found:
            return items.suggested(found, searched=query, asks_community=True)
    return browsing(catalogue, view or [], asks_community=True)


def browsing(catalogue: Catalogue, view: Sequence[int], *, asks_community: bool = False) -> Screen:
    """A page of the catalogue; ``view`` is the way down: domain, then category, by number.

    ``asks_community`` offers to leave the choice to the community.
    """
    if not view:
        return items.domains(catalogue.domains, asks_community=asks_community)
    domain = catalogue.domains[view[0]]
    categories = catalogue.categories(domain)
    if len(view) == 1:
        return items.categories(domain, categories)
    category = categories[view[1]]
    found = catalogue.in_category(category)
    return items.items(category, found, asks_community=asks_community)


async def _keep(draft: Draft, value: Value, scene: Scene) -> Kept:
    if not isinstance(value, Chosen):
        return _searched(draft, value, scene.message)
    kind, _colon, chosen = value.value.partition(":")
    if kind == "i":
        return _taken(draft, chosen, scene)
    if kind == UNSURE:
        return _guessed(draft, scene)
    way = {"d": [], "k": (draft.get(VIEW) or [])[:1]}.get(kind)
    return Stay({**draft, VIEW: [] if way is None else [*way, int(chosen)]})


def _guessed(draft: Draft, scene: Scene) -> Draft:
    """Not sure: the likeliest goes along as a guess, and the community chooses."""
    likeliest = scene.guide.suggest(words_of(draft), 1)
    code = likeliest[0].code if likeliest else ""
    kept = {key: value for key, value in draft.items() if key not in (VIEW, QUERY)}
    return {**kept, "item": code, UNSURE: True, FACTS: [], "details": ""}


def _taken(draft: Draft, code: str, scene: Scene) -> Draft:
    """The item is known; what it wants to know is asked anew when it changed."""
    item = scene.board.district.catalogue.get(code)
    kept = {key: value for key, value in draft.items() if key not in (VIEW, QUERY)}
    if draft.get("item") != code or draft.get(UNSURE):
        kept.pop("details", None)
    return {**kept, "item": code, UNSURE: False, FACTS: list(item.required_facts)}


def _searched(draft: Draft, piece: Piece, message: int) -> Kept:
    """A few characters search; a sentence, or the end of one, is part of the matter."""
    if goes_on(draft):
        return kept_aside(draft, piece, message)
    kept = {**draft, QUERY: piece.text, VIEW: None}
    if len(piece.text) < A_SEARCH:
        return Stay(kept)
    grown = with_piece(kept, piece, message)
    return grown if isinstance(grown, Stay) else Stay(grown)


def retreat(draft: Draft) -> Draft | None:
    """One screen back on the way down."""
    view = draft.get(VIEW)
    if view is None:
        return None
    return {**draft, VIEW: view[:-1] if view else None}

"""An officer's form asks for an item: suggested from words, searched by typing, or browsed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from bot.flows.accepting import choice, words
from bot.flows.raise_item import QUERY, VIEW, browsing, retreat
from bot.flows.steps import Chosen, Kept, Stay, Step
from bot.screens import items

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft, Value
    from bot.screens.screen import Screen

ITEM = "item"
MOST = 3
Words = Callable[["Draft", "Scene"], Awaitable[str]]


def item_step(suggests: Words) -> Step:
    """``suggests`` gives the words that the first suggestions are made of."""

    async def asks(draft: Draft, scene: Scene) -> Screen:
        if draft.get(VIEW) is None:
            typed = draft.get(QUERY, "")
            found = scene.guide.suggest(typed or await suggests(draft, scene), MOST)
            if found:
                return items.suggested(found, searched=typed)
        return browsing(scene.board.district.catalogue, draft.get(VIEW) or [])

    return Step(
        ITEM,
        asks=asks,
        accepts=(choice, words),
        keeps=_keeps,
        skip=lambda draft: ITEM in draft,
        retreats=retreat,
    )


async def _keeps(draft: Draft, value: Value, scene: Scene) -> Kept:
    if not isinstance(value, Chosen):
        return Stay({**draft, QUERY: value.text, VIEW: None})
    kind, _colon, chosen = value.value.partition(":")
    if kind == "i":
        kept = {key: kept for key, kept in draft.items() if key not in (VIEW, QUERY)}
        return {**kept, ITEM: chosen}
    way = {"d": [], "k": (draft.get(VIEW) or [])[:1]}.get(kind)
    return Stay({**draft, VIEW: [] if way is None else [*way, int(chosen)]})

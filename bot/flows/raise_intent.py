"""Raising a call: what the caller wants, guessed from the words, changed at the last look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.material import words_of
from bot.flows.steps import Stay
from bot.screens import intents
from core.call import NameShown
from core.intent import Intent

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft
    from bot.screens.screen import Screen

INTENT, VIEW = "intent", "intent_view"
KEYS = frozenset({INTENT, intents.NAMELESS, intents.SECRET, intents.USUAL, intents.PROTECT})


def intent_of(draft: Draft, scene: Scene) -> Intent:
    """As chosen; else as the words say, and about what only named people may read a report."""
    if INTENT in draft:
        return Intent(draft[INTENT])
    guess = scene.guide.intent(words_of(draft))
    item = scene.board.district.catalogue.by_code.get(draft.get("item", ""))
    close = item is not None and item.restricted and not item.retaliation
    return Intent.REPORT if close and guess is Intent.HELP else guess


def screen(draft: Draft, scene: Scene) -> Screen | None:
    """The choice, or what is offered to whoever reports; None where neither is open."""
    match draft.get(VIEW):
        case "kinds":
            return intents.asks()
        case "protects":
            return intents.protects(scene.board.district.tree.team_for(draft["community"]))
    return None


def mine(chosen: str) -> bool:
    """Whether a key of the last look belongs here."""
    return chosen.partition(":")[0] in KEYS


def changed(draft: Draft, chosen: str) -> Stay:
    """One of the six; to report somebody opens the ways not to be known."""
    kind, _colon, named = chosen.partition(":")
    shut = {**draft, VIEW: ""}
    if kind == INTENT and not named:
        return Stay({**draft, VIEW: "kinds"})
    if kind == INTENT:
        reports = named == Intent.REPORT
        return Stay({**draft, INTENT: Intent(named).value, VIEW: "protects" if reports else ""})
    if kind == intents.PROTECT:
        return Stay({**draft, VIEW: "protects"})
    if kind == intents.USUAL:
        return Stay(shut)
    secret = {"restricted": True, "avoids": ""} if kind == intents.SECRET else {}
    return Stay({**shut, "name": NameShown.ANONYMOUS.value, **secret})

"""A resident's own phone number: handed over by one key, typed, shown back masked, taken out.

Only one's own card is a number of one's own: anybody may hold a card of somebody else (S8).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiogram.types import Message

from bot.flows.accepting import choice, words
from bot.flows.phones import number_in, number_on_card
from bot.flows.steps import Chosen, Done, Flow, Goto, Heard, Kept, Reason, Step, Value
from bot.screens import own_number as screens
from bot.words import _
from core.call import Medium, Piece

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft
    from bot.screens.screen import Screen

NAME, STEP = "own_number", screens.STEP
NUMBER = "number"
WITHOUT = "without_number"
"""In the draft of a call: it is raised without the number that was left before."""


def own_number() -> Flow:
    """A card that nobody asked for: its owner says what is to become of it."""
    return Flow(
        name=NAME,
        steps=(Step("sure", _sure_screen, (choice,), _keep_sure),),
        ends=_end,
        cancelled=screens.unchanged,
        numbered=False,
    )


def card(heard: Heard) -> Piece | Reason | None:
    """The number on one's own card; a kind no to anybody else's."""
    if not isinstance(heard, Message) or heard.contact is None:
        return None
    if heard.from_user is None or heard.contact.user_id != heard.from_user.id:
        return Reason(screens.somebody_elses())
    number = number_on_card(heard.contact.phone_number)
    return Piece(Medium.WORDS, text=number) if number else Reason(screens.abroad())


def step(then: str, *, once: bool = False) -> Step:
    """Asked only when somebody wants to; goes back to the screen ``then``.

    ``once`` leaves the number out of this call alone, instead of forgetting it.
    """

    async def keeps(draft: Draft, value: Value, scene: Scene) -> Kept:
        said = "" if isinstance(value, Chosen) else value.text.strip()
        if said != _(screens.NONE):
            number = number_in(said)
            kept = await keep(number, scene) if number else Reason(screens.not_a_number())
            return kept if isinstance(kept, Reason) else Goto({**draft, WITHOUT: False}, then)
        if not once:
            await scene.desk.correct_phone("", by=scene.actor, now=scene.now)
        return Goto({**draft, WITHOUT: True}, then)

    return Step(
        STEP,
        asks=_screen,
        accepts=(card, words),
        keeps=keeps,
        skip=lambda draft: True,
        counted=False,
        echoes=lambda draft, scene: screens.echo("" if draft.get(WITHOUT) else NUMBER),
    )


async def consents(scene: Scene) -> bool:
    """Whether this person agreed to anything being kept of them."""
    resident = await scene.board.resident(scene.account)
    return resident is not None and resident.consented_at is not None


async def keep(number: str, scene: Scene) -> int | Reason:
    """Keep the number of whoever agreed to that; in how many open calls."""
    if not await consents(scene):
        return Reason(screens.consent_first())
    return await scene.desk.correct_phone(number, by=scene.actor, now=scene.now)


async def left(scene: Scene) -> str:
    """The number this person left, empty for none."""
    resident = await scene.board.resident(scene.account)
    return resident.phone if resident else ""


async def _screen(draft: Draft, scene: Scene) -> Screen:
    return screens.asks("" if draft.get(WITHOUT) else await left(scene))


async def _sure_screen(draft: Draft, scene: Scene) -> Screen:
    return screens.sure(draft[NUMBER])


async def _keep_sure(draft: Draft, value: Value, scene: Scene) -> Kept:
    kept = await keep(draft[NUMBER], scene)
    return kept if isinstance(kept, Reason) else Done(screens.kept(draft[NUMBER], kept))


async def _end(draft: Draft, scene: Scene) -> Screen:
    return screens.unchanged()

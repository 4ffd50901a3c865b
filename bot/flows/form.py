"""Steps that officers' forms share: words with photos, an agency, the last look."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from bot.flows.accepting import MEDIA, choice, pin, words
from bot.flows.material import ALBUM, PIECES, album_goes_on, pieces_of, with_piece
from bot.flows.steps import Chosen, Goto, Kept, Reason, Stay, Step
from bot.screens import filling
from bot.screens.names import caller_of
from bot.words import _
from core.finding import agencies_named

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft, Value
    from bot.screens.screen import Screen
    from core.agency import Agency
    from core.views import LegView

FOUND = "found"
AGENCY = "agency"
Offers = Callable[["Scene", "LegView"], Awaitable[tuple["Agency", ...]]]
Facts = Callable[["Draft", "Scene"], Awaitable[list[str]]]
Missing = Callable[["Draft", "LegView"], str]
Asked = str | Callable[["LegView"], str]


async def view_of(draft: Draft, scene: Scene) -> LegView:
    """The leg the form is about, as it is now."""
    return await scene.board.leg(draft["leg"])


def has_words(draft: Draft, view: LegView) -> str:
    """What is missing of a statement: words."""
    return "" if any(p.text for p in pieces_of(draft)) else _("请写几句话，只有图片看不明白。")


def words_step(what: str, asked: Asked, missing: Missing = has_words) -> Step:
    """Collects words and photos until 下一步; ``missing`` is a sentence while it is too little.

    ``asked`` may depend on the leg: what will be missed is better asked for at once.
    """

    async def asks(draft: Draft, scene: Scene) -> Screen:
        view = await view_of(draft, scene)
        question = asked if isinstance(asked, str) else asked(view)
        return filling.words(
            view, _(what), _(question).format(caller=caller_of(view)), pieces_of(draft)
        )

    async def keeps(draft: Draft, value: Value, scene: Scene) -> Kept:
        if not isinstance(value, Chosen):
            grown = with_piece(draft, value, scene.message)
            return (
                grown
                if isinstance(grown, Stay)
                else Stay(grown, quiet=album_goes_on(draft, value))
            )
        if value.value == "again":
            return Stay({**draft, PIECES: [], ALBUM: ""})
        lack = missing(draft, await view_of(draft, scene))
        return Reason(lack) if lack else draft

    return Step("words", asks=asks, accepts=(choice, words, *MEDIA, pin), keeps=keeps)


def text_step(name: str, what: str, asked: str, offers: Sequence[str] = ()) -> Step:
    """One short answer in words, kept under the step's name; ``offers`` are answers to tap."""

    async def asks(draft: Draft, scene: Scene) -> Screen:
        return filling.text(await view_of(draft, scene), _(what), _(asked), offers)

    async def keeps(draft: Draft, value: Value, scene: Scene) -> Kept:
        said = _(offers[int(value.value)]) if isinstance(value, Chosen) else value.text
        return {**draft, name: said}

    return Step(name, asks=asks, accepts=(choice, words), keeps=keeps)


def agency_step(name: str, what: str, asked: str, offers: Offers, *, anybody: bool) -> Step:
    """Chooses an agency from what is offered, or by name; ``anybody`` in the whole tree."""

    async def offered(draft: Draft, scene: Scene) -> tuple[Agency, ...]:
        tree = scene.board.district.tree
        if found := draft.get(FOUND):
            return tuple(tree.get(code) for code in found)
        view = await view_of(draft, scene)
        # What it is about has no part in it: nobody is offered to hand it over.
        return tuple(a for a in await offers(scene, view) if a.code != view.call.avoids)[:8]

    async def asks(draft: Draft, scene: Scene) -> Screen:
        view = await view_of(draft, scene)
        return filling.agencies(view, _(what), _(asked), await offered(draft, scene))

    async def keeps(draft: Draft, value: Value, scene: Scene) -> Kept:
        if isinstance(value, Chosen):
            return {**draft, AGENCY: value.value, FOUND: []}
        view = await view_of(draft, scene)
        allowed = None if anybody else set(await offers(scene, view))
        named = agencies_named(scene.board.district.tree, value.text)
        out = (view.agency.code, view.call.avoids)
        fitting = [a for a in named if allowed is None or a in allowed]
        found = [a.code for a in fitting if a.code not in out]
        if not found:
            return Reason(_("没有找到可以选的单位，请换个名称，或者从列表里选。"))
        return (
            {**draft, AGENCY: found[0], FOUND: []}
            if len(found) == 1
            else Stay({**draft, FOUND: found})
        )

    return Step(name, asks=asks, accepts=(choice, words), keeps=keeps, skip=chosen)


def meant_instead(draft: Draft, child: LegView, scene: Scene) -> str:
    """The agency that was chosen, where another one stands in for it; else nothing."""
    meant = scene.board.district.tree.get(draft[AGENCY])
    return "" if meant.code == child.agency.code else meant.short_name


def chosen(draft: Draft) -> bool:
    """Whether the agency is known already: after a change of words nobody asks again."""
    return AGENCY in draft


def look_step(what: str, facts: Callable[[Draft, Scene], list[str]], does: str = "") -> Step:
    """The last look: the button does it, words go back to the words.

    ``does`` stands on the button where the title is no word for an act.
    """

    async def asks(draft: Draft, scene: Scene) -> Screen:
        view = await view_of(draft, scene)
        send = _(does or what)
        return filling.look(view, _(what), facts(draft, scene), pieces_of(draft), send)

    async def keeps(draft: Draft, value: Value, scene: Scene) -> Kept:
        sends = isinstance(value, Chosen) and value.value == "send"
        return draft if sends else Goto(draft, "words")

    return Step("look", asks=asks, accepts=(choice,), keeps=keeps)


def confirm_step(what: str, facts: Facts, *, back: str) -> Step:
    """The last look of a form without words: the button does it, or ``back`` is asked again."""

    async def asks(draft: Draft, scene: Scene) -> Screen:
        return filling.confirm(await view_of(draft, scene), _(what), await facts(draft, scene))

    async def keeps(draft: Draft, value: Value, scene: Scene) -> Kept:
        sends = isinstance(value, Chosen) and value.value == "send"
        return draft if sends else Goto(draft, back)

    return Step("confirm", asks=asks, accepts=(choice,), keeps=keeps)

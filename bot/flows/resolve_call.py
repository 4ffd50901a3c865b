"""An officer resolves a leg: the conclusion, an answer to the caller, photos where demanded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.accepting import choice
from bot.flows.form import has_words, look_step, view_of, words_step
from bot.flows.material import pieces_of
from bot.flows.steps import Chosen, Flow, Kept, Stay, Step
from bot.screens import filling, names
from bot.words import N_, _
from core.call import has_photo
from core.intent import wants_photo
from core.rating import Conclusion

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft, Value
    from bot.screens.screen import Screen
    from core.views import LegView

NAME = "resolve"
WHAT = N_("办结")
ASKED = N_("请写给{caller}的答复：做了什么，结果怎样。可以附照片。")
ASKED_WITH_PHOTO = N_("请写给{caller}的答复：做了什么，结果怎样。这类事还要附一张现场照片。")


def resolve_call() -> Flow:
    """Conclusion, answer, look; the desk checks everything again."""
    return Flow(
        name=NAME,
        steps=(
            Step("conclusion", asks=_asks, accepts=(choice,), keeps=_keeps),
            words_step(WHAT, asked, missing),
            look_step(WHAT, facts),
        ),
        ends=resolve,
        cancelled=filling.dropped,
    )


def asked(view: LegView) -> str:
    """What to write, and the photo at once where it will be missed."""
    return ASKED_WITH_PHOTO if _needs_photo(view) else ASKED


def _needs_photo(view: LegView) -> bool:
    return wants_photo(view.item, view.call.intent) and view.leg.parent_id is None


def missing(draft: Draft, view: LegView) -> str:
    """Words always; a photo where the done standard of the item asks for one."""
    if lack := has_words(draft, view):
        return lack
    if _needs_photo(view) and not has_photo(pieces_of(draft)):
        return _("这类事办结要附现场照片，请补发一张。")
    return ""


def facts(draft: Draft, scene: Scene) -> list[str]:
    """What the look shows beside the words."""
    conclusion = _(names.CONCLUSIONS[Conclusion(draft["conclusion"])])
    return [_("结论：{conclusion}").format(conclusion=conclusion), _("答复：")]


async def resolve(draft: Draft, scene: Scene) -> Screen:
    """The one act of the flow."""
    leg = await scene.desk.resolve(
        draft["leg"],
        conclusion=Conclusion(draft["conclusion"]),
        pieces=pieces_of(draft),
        by=scene.actor,
        now=scene.now,
        version=draft["version"],
    )
    return filling.resolved(await scene.board.leg(leg.id))


async def _asks(draft: Draft, scene: Scene) -> Screen:
    return filling.conclusions(await view_of(draft, scene))


async def _keeps(draft: Draft, value: Value, scene: Scene) -> Kept:
    return {**draft, "conclusion": value.value} if isinstance(value, Chosen) else Stay(draft)

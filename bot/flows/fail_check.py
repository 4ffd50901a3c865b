"""Who looked says that it is not done: what was seen, with a photo (lifecycle row 32)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.accepting import choice
from bot.flows.form import has_words, look_step, view_of, words_step
from bot.flows.material import pieces_of
from bot.flows.steps import Chosen, Flow, Kept, Stay, Step
from bot.screens import filling, filling_checks
from bot.words import N_, _
from core.call import has_photo

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft, Value
    from bot.screens.screen import Screen
    from core.views import LegView

NAME = "fail"
WHAT = N_("核查不通过")
NOTHING = "nothing"


def fail_check() -> Flow:
    """How much was done, words and a photo, look."""
    return Flow(
        name=NAME,
        steps=(
            Step("seen", asks=_asks, accepts=(choice,), keeps=_keeps),
            words_step(WHAT, N_("请拍一张现场照片，并写明哪里没办好。办理单位会看到。"), missing),
            look_step(WHAT, facts),
        ),
        ends=fail,
        cancelled=filling.dropped,
    )


def missing(draft: Draft, view: LegView) -> str:
    """Words and a photo, always."""
    if lack := has_words(draft, view):
        return lack
    return "" if has_photo(pieces_of(draft)) else _("还差一张现场照片，请补发。")


def facts(draft: Draft, scene: Scene) -> list[str]:
    """What the look shows beside the words."""
    seen = filling_checks.SEEN[draft["seen"]]
    return [_("现场：{seen}").format(seen=_(seen))]


async def fail(draft: Draft, scene: Scene) -> Screen:
    """The one act of the flow."""
    leg = await scene.desk.fail_verification(
        draft["leg"],
        nothing_done=draft["seen"] == NOTHING,
        pieces=pieces_of(draft),
        by=scene.actor,
        now=scene.now,
        version=draft["version"],
    )
    return filling_checks.failed(await scene.board.leg(leg.id))


async def _asks(draft: Draft, scene: Scene) -> Screen:
    return filling_checks.seen(await view_of(draft, scene))


async def _keeps(draft: Draft, value: Value, scene: Scene) -> Kept:
    return {**draft, "seen": value.value} if isinstance(value, Chosen) else Stay(draft)

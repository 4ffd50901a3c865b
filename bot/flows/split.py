"""An officer splits a call: what the other matter is, which item, one look (row 40)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.choose_item import ITEM, item_step
from bot.flows.form import look_step, view_of, words_step
from bot.flows.material import pieces_of, words_of
from bot.flows.steps import Flow
from bot.screens import filling, filling_together
from bot.words import N_, _

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft
    from bot.screens.screen import Screen

NAME = "split"
WHAT = N_("拆分")


def split() -> Flow:
    """Words, item, look."""
    return Flow(
        name=NAME,
        steps=(
            words_step(WHAT, N_("要分出去的是哪一件事？请写清楚，呼叫人和新的办理单位都会看到。")),
            item_step(_words),
            look_step(WHAT, facts),
        ),
        ends=divide,
        cancelled=filling.dropped,
    )


def facts(draft: Draft, scene: Scene) -> list[str]:
    """What the look shows beside the words."""
    item = scene.board.district.catalogue.get(draft[ITEM])
    return [
        _("新的一件：{item}").format(item=item.name),
        _("呼叫人不变，另给编号，期限另算。"),
    ]


async def divide(draft: Draft, scene: Scene) -> Screen:
    """The one act of the flow; a second press finds the first one's call."""
    call = await scene.desk.split(
        draft["leg"],
        item=draft[ITEM],
        pieces=pieces_of(draft),
        draft_id=draft["id"],
        by=scene.actor,
        now=scene.now,
        version=draft["version"],
    )
    sibling = (await scene.board.call(call.id)).main
    return filling_together.divided(await view_of(draft, scene), sibling)


async def _words(draft: Draft, scene: Scene) -> str:
    return words_of(draft)

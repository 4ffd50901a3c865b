"""An officer proposes that a demand is unreasonable: clause, other remedies, why (row 41)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.form import look_step, text_step, words_step
from bot.flows.material import pieces_of
from bot.flows.steps import Flow
from bot.screens import filling, planning
from bot.words import N_, _

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft
    from bot.screens.screen import Screen

NAME = "finding"
WHAT = N_("不合理诉求认定")
CLAUSE, REMEDIES = "clause", "remedies"
WHICH = N_("依据哪一条规定？请写文件名和条款。")
WHERE_ELSE = N_("呼叫人还可以走什么途径？点一个，或者自己写。")
OTHER_WAYS = (
    N_("申请人民调解"),
    N_("向法院起诉"),
    N_("申请行政复议"),
    N_("到信访部门反映"),
)
ASKED = N_("为什么不能照办？同意后呼叫人会原样看到，请写清楚、写得客气。")


def propose_finding() -> Flow:
    """Clause, remedies, reason, look."""
    return Flow(
        name=NAME,
        steps=(
            text_step(CLAUSE, WHAT, WHICH),
            text_step(REMEDIES, WHAT, WHERE_ELSE, OTHER_WAYS),
            words_step(WHAT, ASKED),
            look_step(WHAT, facts, N_("申请认定")),
        ),
        ends=propose,
        cancelled=filling.dropped,
    )


def facts(draft: Draft, scene: Scene) -> list[str]:
    """What the look shows beside the words."""
    return [
        _("依据：{clause}").format(clause=draft[CLAUSE]),
        _("其他途径：{remedies}").format(remedies=draft[REMEDIES]),
        _("理由（同意后呼叫人会看到）："),
    ]


async def propose(draft: Draft, scene: Scene) -> Screen:
    """The one act of the flow."""
    leg = await scene.desk.propose_finding(
        draft["leg"],
        clause=draft[CLAUSE],
        remedies=draft[REMEDIES],
        pieces=pieces_of(draft),
        by=scene.actor,
        now=scene.now,
        version=draft["version"],
    )
    return planning.asked(await scene.board.leg(leg.id), scene.board.district)

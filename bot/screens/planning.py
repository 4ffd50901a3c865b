"""The steps of an officer's form that asks for somebody else's word: how long, by which plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

from aiogram.utils.formatting import Text, as_list

from bot.screens import plans
from bot.screens.filling import title
from bot.screens.names import HOLD_GROUNDS
from bot.screens.proposals import named
from bot.screens.screen import Button, Screen
from bot.screens.times import spanned, when
from bot.words import _
from core.holding import HoldGround, Milestone
from core.limits import Span, Unit

if TYPE_CHECKING:
    from core.district import District
    from core.views import LegView

OFFERED = {Unit.WORKING_DAYS: (1, 2, 3, 5, 10), Unit.DAYS: (1, 3, 5, 7, 10)}
HOURS = (6, 12, 24)
REVIEWS = (7, 14, 30)


def amounts(view: LegView, most: Span) -> Screen:
    """How much longer? Never longer than ``most``."""
    offered = [n for n in OFFERED.get(most.unit, HOURS) if n < most.amount]
    spans = [Span(n, most.unit) for n in (*offered, most.amount)]
    rows = tuple((Button(spanned(span), data=f"{span.amount:g}"),) for span in spans)
    lines = [
        title(view, _("申请延期")),
        _("时限用到八成以前可以申请，每件一般只延一次。需要延长多久？"),
    ]
    return Screen(as_list(*lines), rows)


def asked(view: LegView, district: District) -> Screen:
    """Somebody else decides now."""
    proposal = view.leg.proposal
    if proposal is None:
        return Screen(Text(_("已提交。")))
    told = _("{number} 已提交申请：{what}。由【{agency}】在 {at} 前决定，决定前一切照常。")
    return Screen(
        Text(
            "⚖️ ",
            told.format(
                number=view.call.number,
                what=named(proposal.act, proposal.facts),
                agency=district.tree.get(proposal.asked).short_name,
                at=when(proposal.due, district.calendar.zone),
            ),
        )
    )


def grounds(view: LegView) -> Screen:
    """Why can it not be done now?"""
    lines = [
        title(view, _("申请挂账")),
        _("现在办不了、要按计划办的事可以挂账，上级单位都同意才算。属于哪一种？"),
    ]
    rows = tuple((Button(_(HOLD_GROUNDS[one]), data=one.value),) for one in HoldGround)
    return Screen(as_list(*lines), rows)


def steps(view: LegView, so_far: Sequence[Milestone], zone: tzinfo) -> Screen:
    """By which steps, each with a date?"""
    lines = [
        title(view, _("申请挂账")),
        _("分几步办？每步写一行：日期 要做的事。例如：\n8月15日 完成招标"),
        *plans.steps(tuple(so_far), zone),
    ]
    if not so_far:
        return Screen(as_list(*lines))
    lines.append(_("还有就接着写；写好了请点「下一步」。"))
    on = Button(_("下一步"), data="done", style="primary")
    return Screen(as_list(*lines), ((on,), (Button(_("全部重写"), data="again"),)))


def reviews(view: LegView, most: int) -> Screen:
    """When does somebody look at the plan again? At most so many days off."""
    offered = sorted({n for n in REVIEWS if n < most} | {most})
    labels = [_("{n} 天后").format(n=n) for n in offered]
    rows = tuple((Button(s, data=str(n)),) for s, n in zip(labels, offered, strict=True))
    lines = [
        title(view, _("申请挂账")),
        _("什么时候复核这个计划？点一个，或者打一个日期。复核时会告诉呼叫人进展。"),
    ]
    return Screen(as_list(*lines), rows)


def ordered(view: LegView) -> Screen:
    """Work goes on."""
    told = _("已责成【{agency}】恢复办理 {number}，呼叫人也会收到。")
    return Screen(Text("▶️ ", told.format(agency=view.agency.short_name, number=view.call.number)))

"""The steps of an officer's form that asks for somebody else's word: how long, by which plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiogram.utils.formatting import Text, as_list

from bot.screens.filling import title
from bot.screens.proposals import named, spanned
from bot.screens.screen import Button, Screen
from bot.screens.times import when
from bot.words import _
from core.limits import Span, Unit

if TYPE_CHECKING:
    from core.district import District
    from core.views import LegView

OFFERED = {Unit.WORKING_DAYS: (1, 2, 3, 5, 10), Unit.DAYS: (1, 3, 5, 7, 10)}
HOURS = (6, 12, 24)


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
    told = _("已提交 {number} 的{what}申请，由【{agency}】在 {at} 前决定。决定前一切照常。")
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

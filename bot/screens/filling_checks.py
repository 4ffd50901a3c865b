"""Forms of who looks whether it is done and of who presses: questions and receipts."""

from __future__ import annotations

from aiogram.utils.formatting import Text, as_list

from bot.screens.filling import title
from bot.screens.screen import Button, Screen
from bot.words import N_, _
from core.views import LegView

SEEN = {"nothing": N_("完全没有办"), "partly": N_("办了，但没办好")}


def seen(view: LegView) -> Screen:
    """How much was done?"""
    standard = _("办结标准：{standard}").format(standard=view.item.done_standard)
    lines = [title(view, _("核查不通过")), standard, _("现场是哪一种？")]
    rows = tuple((Button(_(label), data=value),) for value, label in SEEN.items())
    return Screen(as_list(*lines), rows)


def failed(view: LegView) -> Screen:
    """It is the agency's again."""
    told = _("已退回【{agency}】重办 {number}，呼叫人也知道了。")
    return Screen(Text("❌ ", _of(told, view)))


def pressed(view: LegView) -> Screen:
    """The district's to follow up."""
    told = _("已督办 {number}，【{agency}】和呼叫人都知道了。结案前每个工作日早上催办。")
    return Screen(Text("🔺 ", _of(told, view)))


def reopened(view: LegView) -> Screen:
    """It is the agency's again."""
    return Screen(Text("🔓 ", _of(_("已重开 {number}，交回【{agency}】办理。"), view)))


def _of(told: str, view: LegView) -> str:
    return told.format(agency=view.agency.short_name, number=view.call.number)

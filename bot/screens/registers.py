"""Registers of the oversight: which there are, and one of them page by page; nobody's name."""

from __future__ import annotations

from datetime import datetime

from aiogram.utils.formatting import Bold, Text, as_list

from bot.screens import gestures, names
from bot.screens.cards import clipped
from bot.screens.easel import Easel
from bot.screens.masking import masked
from bot.screens.screen import Button, Screen
from bot.screens.times import day
from bot.words import N_, _
from core.agency import Agency
from core.intent import Intent
from core.registers import BY_CODE, REGISTERS, Line, Page

SIZE = 10
LONGEST_WORDS = 40
ACROSS = 2
TITLES = {
    "rejects": N_("不予受理"),
    "elsewhere": N_("转其他渠道"),
    "late": N_("受理超时"),
    "merges": N_("并案"),
    "withdrawn": N_("联系后撤回"),
    "returns": N_("退单"),
    "badreturns": N_("退单未获同意"),
    "misrouted": N_("误派改派"),
    "disputes": N_("责任争议"),
    "whistles": N_("上呼和吹哨"),
    "longer": N_("延期"),
    "holds": N_("挂账"),
    "false": N_("虚假办结"),
    "reworks": N_("重办"),
    "reopened": N_("重开"),
    "rebounds": N_("反弹"),
    "classes": N_("改事项"),
    "findings": N_("认定不合理"),
    "contested": N_("评价不计"),
    "leaders": N_("督办和半年以上挂账"),
}


def directory(agency: Agency, *, chat: int, easel: Easel) -> Screen:
    """All registers, two across."""
    buttons = [
        Button(_(TITLES[one.code]), data=_data(one.code, None, chat, easel)) for one in REGISTERS
    ]
    rows = tuple(tuple(buttons[n : n + ACROSS]) for n in range(0, len(buttons), ACROSS))
    head = _("📒 {agency} 台账：想看哪一本？").format(agency=agency.short_name)
    return Screen(Text(Bold(head)), rows)


def page(code: str, shown: Page, *, chat: int, now: datetime, easel: Easel) -> Screen:
    """One page, the newest first."""
    lines: list[Text | str] = [Bold(f"📒 {_(TITLES[code])}")]
    lines += [line(one, easel) for one in shown.lines] or [_("没有记录。")]
    turn = []
    if shown.before is not None:
        turn.append(Button(_("更早 ›"), data=_data(code, shown.before, chat, easel)))
    turn.append(Button(_("📒 所有台账"), data=easel.data(gestures.REGISTERS, 0, 0, chat=chat)))
    return Screen(as_list(*lines), (tuple(turn),))


def line(one: Line, easel: Easel) -> str:
    """When, which call, whose it is, and what was said of it."""
    entry, view = one.entry, one.view
    answers = entry.facts.get("triager") or entry.agency or view.leg.agency
    parts = (
        day(entry.at, easel.zone),
        view.call.number,
        names.item(view),
        view.community.short_name,
        f"【{easel.name_of(str(answers))}】",
        clipped(masked(_said(one)), LONGEST_WORDS),
    )
    return " · ".join(part for part in parts if part)


def read(extra: str) -> tuple[str, int | None] | None:
    """The register and the place of a button; None for a register there is no more."""
    code, _dot, before = extra.partition(".")
    return (code, int(before) or None) if code in BY_CODE else None


def _said(one: Line) -> str:
    if "intent" in one.entry.facts:
        was, now = (Intent(one.entry.facts[key]) for key in ("was", "intent"))
        return f"{_(names.INTENTS[was])} → {_(names.INTENTS[now])}"
    words = " ".join(piece.text for piece in one.entry.pieces if piece.text)
    told = one.entry.facts.get("reason") or one.entry.facts.get("why") or words
    return " ".join(str(told).split())


def _data(code: str, before: int | None, chat: int, easel: Easel) -> str:
    extra = f"{code}.{before or 0}"
    return easel.data(gestures.REGISTER, 0, 0, chat=chat, extra=extra)

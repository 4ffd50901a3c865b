"""The board of an agency: what is late, due today, waiting for others - one message, few taps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from aiogram.utils.formatting import Bold, Text, as_list

from bot.screens import gestures
from bot.screens.easel import Easel
from bot.screens.lists import line
from bot.screens.screen import Button, Screen
from bot.screens.times import when
from bot.words import N_, _
from core.agency import Agency
from core.standing import Standing
from core.views import LegView

MOST = 10
OPENED = 4
HEADS = (
    ("late", N_("🔴 已逾期 {n} 件，请先办")),
    ("to_verify", N_("🔍 请核查 {n} 件：到现场看一眼，办好没有")),
    ("today", N_("⏰ 今天到期 {n} 件")),
    ("later", N_("📂 其他在办 {n} 件")),
    ("waiting", N_("⏳ 等别人 {n} 件")),
)


def board(
    agency: Agency,
    standing: Standing,
    *,
    chat: int,
    now: datetime,
    easel: Easel,
    under: Sequence[Text | str] = (),
) -> Screen:
    """Sections with their lines, the most pressing first; ``under`` is what is late below.

    One button takes all that is new, others bring up the cards of what is late.
    """
    title = _("📋 {agency} 看板 {at}").format(agency=agency.short_name, at=when(now, easel.zone))
    lines: list[Text | str] = [Bold(title)]
    for section, head in HEADS:
        lines += _section(getattr(standing, section), _(head), now, easel)
    lines += under
    if standing.empty and not under:
        lines.append(_("没有待办的呼叫，辛苦了。"))
    else:
        lines += ["", _("看某一件：/call@{bot} 编号").format(bot=easel.bot_name)]
    return Screen(as_list(*lines), buttons=buttons(standing, chat, easel))


def nothing(agency: Agency, *, now: datetime, easel: Easel) -> Screen:
    """Nothing is open, here or below."""
    return board(agency, Standing(), chat=0, now=now, easel=easel)


def mine(views: tuple[LegView, ...], name: str, *, now: datetime, easel: Easel) -> Screen:
    """What one officer has signed and not finished."""
    if not views:
        return Screen(Text(_("{name}名下没有在办的呼叫。").format(name=name)))
    head = Bold(_("{name}签收、还没办完的 {n} 件：").format(name=name, n=len(views)))
    return Screen(as_list(head, *(line(view, now=now, easel=easel) for view in views[:30])))


def _section(views: list[LegView], head: str, now: datetime, easel: Easel) -> list[Text | str]:
    if not views:
        return []
    lines: list[Text | str] = ["", Bold(head.format(n=len(views)))]
    lines += [line(view, now=now, easel=easel) for view in views[:MOST]]
    if len(views) > MOST:
        lines.append(_("……另有 {n} 件").format(n=len(views) - MOST))
    return lines


def buttons(standing: Standing, chat: int, easel: Easel) -> tuple[tuple[Button, ...], ...]:
    """One that takes all that is new; others bring up the cards of what is late."""
    rows = [tuple(_opens(view, chat, easel) for view in standing.late[:OPENED])]
    count = len(standing.unsigned)
    if count:
        label = _("✅ 全部签收（{n} 件）").format(n=count)
        data = easel.data(gestures.ACKNOWLEDGE_ALL, 0, 0, chat=chat)
        rows.insert(0, (Button(label, data=data, style="success"),))
    return tuple(row for row in rows if row)


def _opens(view: LegView, chat: int, easel: Easel) -> Button:
    """Brings up the card, by the end of its number."""
    label = _("📄 {number}").format(number=view.call.number.rpartition("-")[2])
    return Button(label, data=easel.data(gestures.SHOW, view.leg.id, 0, chat=chat))

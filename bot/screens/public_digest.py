"""What the public is told in the district's channel: how it goes, never who, never where.

What anybody may read of one call is decided in ``bot.screens.public``; figures stand on calls
that are not restricted, and a figure so small that somebody could be known by it is not said.
"""

from __future__ import annotations

from collections.abc import Iterator

from aiogram.utils.formatting import Bold, Text, as_list

from bot.screens import links, public, told_stats
from bot.screens.asked_stats import named
from bot.screens.easel import Easel
from bot.screens.screen import Button, Screen
from bot.words import _
from core.assessment import on_time, rates_of
from core.periods import Stretch
from core.registers import Page
from core.stats import Report

MOST_ITEMS, MOST_HOLDS, READ = 5, 5, 6


def digest(report: Report, holds: Page, easel: Easel) -> Screen:
    """Raised, answered, in time, solved; what most called about; what waits and why."""
    today = report.asked_at.astimezone(easel.zone).date()
    weekly = report.period.stretch is Stretch.LAST_WEEK
    head = (
        _("📣 {district}呼应周报 · {period}") if weekly else _("📣 {district}呼应日报 · {period}")
    )
    named_so = {"district": report.agency.short_name, "period": named(report.period, today)}
    lines: list[Text | str] = [
        Bold(head.format(**named_so)),
        public.counted(report.calls, _("大家反映 {n} 件"), _("大家反映不足 {n} 件")),
        *_rates(report),
        *_items(report, easel),
        *_holds(holds, easel),
        "",
        _("有事请私聊 @{bot}；想知道一件事办到哪一步，把编号发过去就行。").format(
            bot=easel.bot_name
        ),
    ]
    button = Button(_("🔎 按编号查进展"), url=easel.links.start(links.FIND))
    return Screen(as_list(*lines), ((button,),))


def _rates(report: Report) -> Iterator[str]:
    """A share of very few says what became of each of them."""
    counts, rates = report.counts, rates_of(report.counts)
    for words, share, of in (
        (_("按时联系 {share}"), rates.response, counts.due),
        (_("按时办结 {share}"), on_time(counts), counts.ended),
        (_("解决 {share}"), rates.resolution, counts.judged),
        (_("满意 {share}"), rates.satisfaction, counts.rated),
    ):
        if of >= public.LEAST:
            yield words.format(share=told_stats.percent(share))


def _items(report: Report, easel: Easel) -> Iterator[str]:
    """Not what nobody has sorted yet, nor what so few called about that they could be known."""
    known = zip(report.items, told_stats.items(report, easel), strict=True)
    often = [one for (code, n), one in known if code and n >= public.LEAST]
    if often:
        told = _("；").join(f"{name} {calls}" for name, calls in often[:MOST_ITEMS])
        yield _("反映最多的：{list}").format(list=told)


def _holds(found: Page, easel: Easel) -> Iterator[str]:
    if not found.lines:
        return
    yield _("📌 正在挂账，一时办不了的：")
    yield from (public.held(one, easel) for one in found.lines[:MOST_HOLDS])
    if len(found.lines) > MOST_HOLDS or found.before is not None:
        yield _("全部：私聊 @{bot} 发 /holds").format(bot=easel.bot_name)

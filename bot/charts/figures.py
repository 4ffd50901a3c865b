"""The chart of ``/stats``: three rates, what is called about most, and where."""

from __future__ import annotations

from bot.charts.canvas import Bars, Panel, drawn
from bot.screens import told_stats
from bot.screens.easel import Easel
from bot.words import _
from core.assessment import on_time, rates_of
from core.stats import Report

MOST = 5


def chart(report: Report, easel: Easel) -> bytes:
    """As PNG; to be called in a thread."""
    today = report.asked_at.astimezone(easel.zone).date()
    head = told_stats.title(report, today).removeprefix("📊 ")
    panels: list[Panel] = [_rates(report)]
    if report.items:
        panels.append(_counted(_("呼叫最多的事项（件）"), told_stats.items(report, easel)))
    if len(report.places) > 1:
        panels.append(_counted(_("呼叫最多的地方（件）"), told_stats.places(report, easel)))
    below = _("呼叫 {calls} 件　在办 {open} 件　逾期 {late} 件").format(
        calls=report.calls, open=report.open, late=report.late
    )
    return drawn(head, panels, below=below)


def _rates(report: Report) -> Bars:
    rates = (*rates_of(report.counts), on_time(report.counts))
    labels = (_("响应率"), _("解决率"), _("满意率"), _("按时办结"))
    shares = [None if rate is None else 100 * rate for rate in rates]
    return Bars(_("三率和按时办结（%）"), labels, [shares], whole=100, form="{:.1f}")


def _counted(title: str, counted: list[tuple[str, int]]) -> Bars:
    shown = counted[:MOST]
    return Bars(title, [name for name, _n in shown], [[n for _name, n in shown]])

"""Instants as people in the district read them: local, short, in words."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from bot.words import N_, _
from core.limits import Span, Unit

WEEKDAYS = (
    *(N_("周一"), N_("周二"), N_("周三"), N_("周四"), N_("周五")),
    *(N_("周六"), N_("周日")),
)
MONTHS = (
    *(N_("1月"), N_("2月"), N_("3月"), N_("4月"), N_("5月"), N_("6月")),
    *(N_("7月"), N_("8月"), N_("9月"), N_("10月"), N_("11月"), N_("12月")),
)
DAY = timedelta(days=1)
SPANS = {
    Unit.MINUTES: N_("{n} 分钟"),
    Unit.HOURS: N_("{n} 小时"),
    Unit.DAYS: N_("{n} 天"),
    Unit.WORKING_HOURS: N_("{n} 个工作小时"),
    Unit.WORKING_DAYS: N_("{n} 个工作日"),
}


def when(at: datetime, zone: tzinfo) -> str:
    """For what stays on screen for days: ``6月14日（周日）16:30``, never "today"."""
    local = at.astimezone(zone)
    return _("{month}{day}日（{weekday}）{time}").format(
        month=_(MONTHS[local.month - 1]),
        day=local.day,
        weekday=_(WEEKDAYS[local.weekday()]),
        time=f"{local:%H:%M}",
    )


def soon(at: datetime, now: datetime, zone: tzinfo) -> str:
    """For what is read at once: ``今天 16:30``, ``明天 09:00``, else as ``when``."""
    local = at.astimezone(zone)
    days = (local.date() - now.astimezone(zone).date()).days
    near = {-1: _("昨天"), 0: _("今天"), 1: _("明天")}.get(days)
    return f"{near} {local:%H:%M}" if near else when(at, zone)


def by_then(at: datetime, now: datetime, zone: tzinfo) -> str:
    """For brackets: as ``soon``, but ``6月16日 09:30`` without the weekday's own brackets."""
    local = at.astimezone(zone)
    if abs((local.date() - now.astimezone(zone).date()).days) <= 1:
        return soon(at, now, zone)
    return _("{month}{day}日 {time}").format(
        month=_(MONTHS[local.month - 1]), day=local.day, time=f"{local:%H:%M}"
    )


def day(at: datetime, zone: tzinfo) -> str:
    """For plans, which may reach into another year: ``2026年6月14日``."""
    local = at.astimezone(zone)
    return _("{year}年{month}{day}日").format(
        year=local.year, month=_(MONTHS[local.month - 1]), day=local.day
    )


def clock(at: datetime, zone: tzinfo) -> str:
    """The time of day alone: ``10:32``."""
    return f"{at.astimezone(zone):%H:%M}"


def lasting(span: timedelta) -> str:
    """How long, in the largest unit that fits: ``3 天``, ``5 小时``, ``20 分钟``."""
    minutes = max(1, round(span.total_seconds() / 60))
    if minutes < 60:
        return _("{n} 分钟").format(n=minutes)
    if minutes < 48 * 60:
        return _("{n} 小时").format(n=round(minutes / 60))
    return _("{n} 天").format(n=round(minutes / 60 / 24))


def spanned(span: Span) -> str:
    """``3 个工作日``."""
    return _(SPANS[span.unit]).format(n=f"{span.amount:g}")

"""Instants as people in the district read them: local, short, in words."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from bot.words import _

WEEKDAYS = "一二三四五六日"
DAY = timedelta(days=1)


def when(at: datetime, zone: tzinfo) -> str:
    """For what stays on screen for days: ``6月14日（周日）16:30``, never "today"."""
    local = at.astimezone(zone)
    day = _("{month}月{day}日（周{weekday}）").format(
        month=local.month, day=local.day, weekday=_(WEEKDAYS[local.weekday()])
    )
    return f"{day}{local:%H:%M}"


def soon(at: datetime, now: datetime, zone: tzinfo) -> str:
    """For what is read at once: ``今天 16:30``, ``明天 09:00``, else as ``when``."""
    local = at.astimezone(zone)
    days = (local.date() - now.astimezone(zone).date()).days
    near = {-1: _("昨天"), 0: _("今天"), 1: _("明天")}.get(days)
    return f"{near} {local:%H:%M}" if near else when(at, zone)


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

"""What ``/stats`` is asked for: an agency by its name, and a period in words or as two dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from bot.words import N_, _
from core.agency import Agency
from core.periods import DAY, LONGEST, Period, Stretch, period_of

WORDS = {
    **dict.fromkeys(("今天", "今日", "today"), Stretch.TODAY),
    **dict.fromkeys(("昨天", "昨日", "yesterday"), Stretch.YESTERDAY),
    **dict.fromkeys(("本周", "这周", "本星期", "week"), Stretch.WEEK),
    **dict.fromkeys(("上周", "上星期", "lastweek"), Stretch.LAST_WEEK),
    **dict.fromkeys(("本月", "这个月", "month"), Stretch.MONTH),
    **dict.fromkeys(("上月", "上个月", "lastmonth"), Stretch.LAST_MONTH),
    **dict.fromkeys(("本季度", "本季", "这个季度", "quarter"), Stretch.QUARTER),
    **dict.fromkeys(("上季度", "上季", "上个季度", "lastquarter"), Stretch.LAST_QUARTER),
    **dict.fromkeys(("今年", "本年", "year"), Stretch.YEAR),
    **dict.fromkeys(("去年", "上年", "lastyear"), Stretch.LAST_YEAR),
}
NAMES = {
    Stretch.TODAY: N_("今天"),
    Stretch.YESTERDAY: N_("昨天"),
    Stretch.WEEK: N_("本周"),
    Stretch.LAST_WEEK: N_("上周"),
    Stretch.MONTH: N_("本月"),
    Stretch.LAST_MONTH: N_("上月"),
    Stretch.QUARTER: N_("本季度"),
    Stretch.LAST_QUARTER: N_("上季度"),
    Stretch.YEAR: N_("今年"),
    Stretch.LAST_YEAR: N_("去年"),
}
DATE = re.compile(r"(?:(\d{4})[年\-/.])?(\d{1,2})[月\-/.](\d{1,2})[日号]?(?!\d)")
BETWEEN = re.compile(r"[至到~～—–]+|(?<=[日号])-")


class Asked(NamedTuple):
    """The words for an agency, empty where none was named, and the period."""

    agency: str
    period: Period


def asked(args: str, today: date) -> Asked | str:
    """What these words ask for, or what is wrong with them; this week where no time is named."""
    words = args
    found = list(DATE.finditer(words))
    if found:
        words = BETWEEN.sub(" ", DATE.sub(" ", words))
        period = _between([_date(one, today) for one in found], today)
        if isinstance(period, str):
            return period
        return Asked(" ".join(words.split()), period)
    stretch, kept = Stretch.WEEK, []
    for word in words.split():
        if word.lower() in WORDS:
            stretch = WORDS[word.lower()]
        else:
            kept.append(word)
    return Asked(" ".join(kept), period_of(stretch, today))


def _between(dates: list[date | None], today: date) -> Period | str:
    known = [one for one in dates if one is not None]
    if len(known) != len(dates) or len(known) > 2:
        return usage()
    first, last = known[0], known[-1]
    if last < first:
        return _("结束日期早于开始日期。请把两个日期换一下再发。")
    if first > today:
        return _("这段时间还没有到。请换一个开始日期。")
    if (last - first) / DAY >= LONGEST:
        return _("一次最多看一年。请缩短时间，分几次看。")
    return Period(Stretch.DATES, first, last)


def _date(found: re.Match[str], today: date) -> date | None:
    """Without a year the last such day is meant: figures are of what has been."""
    year = int(found[1] or today.year)
    try:
        day = date(year, int(found[2]), int(found[3]))
    except ValueError:
        return None
    return day.replace(year=year - 1) if found[1] is None and day > today else day


def usage() -> str:
    """How the command is written."""
    return _(
        "请写明看哪个单位、哪段时间，例如：/stats 本周，/stats 西村街道 上月，"
        "/stats 2026-06-01 2026-06-30。"
        "时间可以写今天、昨天、本周、上周、本月、上月、本季度、上季度、今年、去年。"
    )


def unknown(words: str, how: str = "") -> str:
    """No agency is called so; ``how`` the command is written, if not as ``/stats`` is."""
    told = _("没有叫“{words}”的单位或时间。")
    return told.format(words=words) + (how or usage())


def which(found: Sequence[Agency]) -> str:
    """Several are called so."""
    names = "、".join(one.name for one in found)
    return _("有几个单位都对得上：{names}。请写全称再发一次。").format(names=names)


def not_yours(agency: Agency) -> str:
    """Whoever asks may not see these figures, or not here."""
    return _(
        "{agency}的统计不能在这里看。您可以看本单位和下级单位的：/stats；"
        "看其他单位，请联系区呼应办。"
    ).format(agency=agency.short_name)


def nobodys() -> str:
    """Whoever asks holds no post that sees figures."""
    return _("统计给各单位的经办人看。您的呼叫办到哪一步，请看 /mycalls。")


def named(period: Period, today: date) -> str:
    """``本周（6月15日—6月17日）``."""
    shown = period.until(today)
    dates = _day(shown.first, today)
    if shown.first != shown.last:
        dates = _("{first}—{last}").format(first=dates, last=_day(shown.last, today))
    name = NAMES.get(period.stretch)
    return _("{period}（{dates}）").format(period=_(name), dates=dates) if name else dates


def _day(day: date, today: date) -> str:
    if day.year != today.year:
        return f"{day:%Y-%m-%d}"
    return _("{month}月{day}日").format(month=day.month, day=day.day)

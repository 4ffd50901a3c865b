"""From when on a change counts, as people write it: ``明天 8:00 起``, ``2026-12-01``."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta, tzinfo

NEAR = {"今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2, "大后天": 3}
WEEKDAYS = "一二三四五六日天"
NEARBY = r"(?P<near>大后天|后天|明天|明日|今天|今日)"
IN_WEEK = r"(?P<next>下?)(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])"
DATED = r"(?:(?P<year>\d{4})[-/.年])?(?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})(?!\d)[日号]?"
HALF = r"(?P<half>上午|早上|中午|下午|晚上)?"
CLOCK = rf"(?:{HALF} ?(?P<hour>\d{{1,2}})(?:[:点时] ?(?P<minute>\d{{1,2}}|半)?分?)?)?"
SINCE = "(?:起|开始|生效|起生效|开始生效)?"
SAID = re.compile(rf"(?:从|自)? ?(?:{NEARBY}|{IN_WEEK}|{DATED}) ?{CLOCK} ?{SINCE}")
AFTERNOON = frozenset({"下午", "晚上"})


class BadMoment(Exception):
    """No moment that is still to come; ``past`` where it is over already."""

    def __init__(self, *, past: bool = False) -> None:
        super().__init__("past" if past else "unreadable")
        self.past = past


def effective(words: str, *, now: datetime, zone: tzinfo) -> datetime | None:
    """The instant these words name, aware UTC-comparable; None where there are no words.

    Without a time the day begins at 0:00; a day without a year is the next such day. Raises
    ``BadMoment`` for what cannot be read, and for what is over.
    """
    said = " ".join(unicodedata.normalize("NFKC", words).split())
    if not said or said in ("立即", "马上", "现在", "立即生效"):
        return None
    found = SAID.fullmatch(said)
    if found is None:
        raise BadMoment
    try:
        day = _day(found, now.astimezone(zone).date())
        at = datetime.combine(day, _clock(found), zone)
    except ValueError:
        raise BadMoment from None
    if at <= now:
        raise BadMoment(past=True)
    return at


def _day(found: re.Match[str], today: date) -> date:
    if found["near"]:
        return today + timedelta(days=NEAR[found["near"]])
    if found["weekday"]:
        return _weekday(found, today)
    month, day = int(found["month"]), int(found["day"])
    if found["year"]:
        return date(int(found["year"]), month, day)
    this_year = date(today.year, month, day)
    return this_year if this_year >= today else date(today.year + 1, month, day)


def _weekday(found: re.Match[str], today: date) -> date:
    wanted = min(WEEKDAYS.index(found["weekday"]), 6)
    monday = today - timedelta(days=today.weekday())
    day = monday + timedelta(days=wanted + (7 if found["next"] else 0))
    return day if day >= today or found["next"] else day + timedelta(days=7)


def _clock(found: re.Match[str]) -> time:
    if not found["hour"]:
        return time(0)
    hour = int(found["hour"])
    if found["half"] in AFTERNOON and hour < 12:
        hour += 12
    minute = found["minute"] or "0"
    return time(hour, 30 if minute == "半" else int(minute))

"""Dates as people type them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.flows.dated import dated
from core.worktime import WorkCalendar

NOW = datetime(2026, 6, 15, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "day", "title"),
    [
        ("8月15日 完成招标", (2026, 8, 15), "完成招标"),
        ("8月15号完成招标", (2026, 8, 15), "完成招标"),
        ("8月15日前：完成招标", (2026, 8, 15), "完成招标"),
        ("8/15 完成招标", (2026, 8, 15), "完成招标"),
        ("8-15，完成招标", (2026, 8, 15), "完成招标"),
        ("2027-03-01 施工", (2027, 3, 1), "施工"),
        ("2027年3月1日施工", (2027, 3, 1), "施工"),
        ("3月1日 施工", (2027, 3, 1), "施工"),
        ("6月15日 今天", (2026, 6, 15), "今天"),
        ("2026年6月1日 过去的", (2026, 6, 1), "过去的"),
        ("12月31日", (2026, 12, 31), ""),
    ],
)
def test_a_date_and_what_is_done_by_then(line, day, title):
    found = dated(line, now=NOW, calendar=WorkCalendar())

    assert (found.at.year, found.at.month, found.at.day) == day
    assert (found.at.hour, found.title) == (18, title)


@pytest.mark.parametrize("line", ["尽快", "2月30日 施工", "13月1日 施工", "15", "", "第3步 施工"])
def test_what_is_no_date_is_nothing(line):
    assert dated(line, now=NOW, calendar=WorkCalendar()) is None

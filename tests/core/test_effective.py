"""From when on a change counts, as people type it."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from core.effective import BadMoment, effective

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 6, 15, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("明天 8:00 起", "2026-06-16 08:00"),
        ("２０２６－１２－０１", "2026-12-01 00:00"),
        ("2026-12-1 18:00", "2026-12-01 18:00"),
        ("2026年7月1日0点起生效", "2026-07-01 00:00"),
        ("12月1日起", "2026-12-01 00:00"),
        ("1/3", "2027-01-03 00:00"),
        ("后天下午3点半", "2026-06-17 15:30"),
        ("下周一", "2026-06-22 00:00"),
        ("周三 9:30 开始", "2026-06-17 09:30"),
        ("从明天起", "2026-06-16 00:00"),
    ],
)
def test_a_moment_is_understood(said: str, means: str):
    at = effective(said, now=MONDAY, zone=ZONE)

    assert at is not None
    assert f"{at.astimezone(ZONE):%Y-%m-%d %H:%M}" == means


@pytest.mark.parametrize("said", ["", "  ", "立即", "马上"])
def test_without_a_moment_it_is_at_once(said: str):
    assert effective(said, now=MONDAY, zone=ZONE) is None


@pytest.mark.parametrize("said", ["2026-02-30", "改天", "明天 25:00", "2026-12-118:00", "昨天"])
def test_what_is_no_moment_is_refused(said: str):
    with pytest.raises(BadMoment) as found:
        effective(said, now=MONDAY, zone=ZONE)

    assert not found.value.past


@pytest.mark.parametrize("said", ["今天 9:00", "2026-06-14", "2020-01-01"])
def test_what_is_over_is_refused_as_over(said: str):
    with pytest.raises(BadMoment) as found:
        effective(said, now=MONDAY, zone=ZONE)

    assert found.value.past

"""What is wrong around the service is found by what causes it, and nothing else is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.health import Ill
from core.surroundings import Outside, around
from tests.core.playing import MONDAY


@pytest.mark.parametrize(
    ("seen", "ill"),
    [
        (Outside(reached=False, known=False), Ill.TOKEN_REFUSED),
        (Outside(reached=False), Ill.OUT_OF_REACH),
        (Outside(joins=False), Ill.JOINS_NOTHING),
        (Outside(hook="other.example"), Ill.HOOK_IN_THE_WAY),
        (Outside(hook="", wanted="ours.example"), Ill.HOOK_MISSING),
        (Outside(hook="a", wanted="a", error="502", failed_at=MONDAY), Ill.HOOK_FAILING),
        (Outside(hook="", pending=201), Ill.PILED_UP),
        (Outside(skew=timedelta(seconds=-31)), Ill.CLOCK_WRONG),
        (Outside(free=(1 << 30) - 1), Ill.DISK_FULL),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_wrong_is_found_and_nothing_else(seen: Outside, ill: Ill):
    assert [one.ill for one in around(seen, MONDAY)] == [ill]


def test_where_all_is_well_and_where_a_failure_is_over_nothing_is_found():
    sound = Outside(hook="a", wanted="a", free=1 << 40, skew=timedelta(seconds=2), pending=3)
    over = Outside(hook="a", wanted="a", error="502", failed_at=MONDAY - timedelta(days=1))

    assert around(sound, MONDAY) == around(over, MONDAY) == ()

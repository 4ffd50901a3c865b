"""The moments of death are silent unless named, and exact when named."""

from __future__ import annotations

import pytest

from core.failpoints import NoSuchMoment, armed


def deaths(wish: str, *moments: str) -> list[tuple[int, int]]:
    died, at = [], 0
    come_by = armed(wish, lambda code: died.append((code, at)))
    for moment in moments:
        at += 1
        come_by(moment)
    return died


def test_without_a_wish_nothing_happens():
    assert deaths("", "P1", "P1", "P2") == []


def test_the_named_moment_kills_at_the_named_hit_and_only_then():
    assert deaths("P2:2", "P1", "P2", "P1", "P2", "P2") == [(137, 4)]


@pytest.mark.parametrize("wish", ["P1", "P1:0", ":1", "P1:x", "P1:-1"])
def test_a_wish_nobody_understands_is_refused(wish):
    with pytest.raises(NoSuchMoment):
        armed(wish, print)

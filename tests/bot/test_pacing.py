"""Never faster than Telegram allows, in any window of time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.pacing import Limits, Pacing

PERSON, GROUP = 42, -1001
WISHES = st.lists(
    st.tuples(
        st.sampled_from([PERSON, 43, 44, GROUP, -1002]),
        st.floats(0, 3, allow_nan=False),
        st.integers(1, 10),
    ),
    max_size=200,
)


def spoken(wishes, limits: Limits) -> list[tuple[float, int]]:
    """When each message goes out if everybody waits exactly as long as pacing says."""
    pacing, now, said = Pacing(limits), 1000.0, []
    for lane, later, weight in wishes:
        now = max(now + later, pacing.opens(lane, weight))
        pacing.take(lane, now, weight)
        said += [(now, lane)] * weight
    return said


def most_within(moments: list[float], seconds: float) -> int:
    return max(
        (sum(1 for other in moments if at <= other < at + seconds) for at in moments), default=0
    )


@given(WISHES)
def test_never_more_than_thirty_a_second_in_all(wishes):
    said = spoken(wishes, Limits())

    assert most_within([at for at, _ in said], 1.0) <= 30


@given(WISHES)
def test_never_more_than_twenty_a_minute_in_a_group(wishes):
    said = spoken(wishes, Limits(chat_burst=20))

    assert most_within([at for at, lane in said if lane == GROUP], 60.0) <= 20


@given(st.lists(st.floats(0, 3, allow_nan=False), max_size=200))
def test_one_a_second_in_a_chat_after_a_short_burst(pauses):
    said = spoken([(PERSON, pause, 1) for pause in pauses], Limits())

    assert most_within([at for at, _ in said], 5.0) <= 5
    assert most_within([at for at, _ in said], 60.0) <= 60


def test_a_quiet_person_may_be_told_five_things_at_once():
    assert [at for at, _ in spoken([(PERSON, 0, 1)] * 5, Limits())] == [1000.0] * 5


def test_a_busy_lane_is_closed_and_opens_again():
    pacing = Pacing(Limits())
    for _ in range(3):
        pacing.take(GROUP, 1000.0)

    assert pacing.closed(1000.0) == {GROUP: 1003.05}
    assert pacing.closed(1003.1) == {}


def test_one_flooded_lane_holds_nobody_else():
    pacing = Pacing(Limits())

    pacing.flooded(GROUP, 1000.0, 30.0)

    assert pacing.closed(1029.0) == {GROUP: 1030.0}
    assert pacing.room(1000.0) == 30


def test_three_flooded_lanes_within_ten_seconds_hold_everybody():
    pacing = Pacing(Limits())

    for lane, at in ((GROUP, 1000.0), (-1002, 1004.0), (PERSON, 1009.0)):
        pacing.flooded(lane, at, 30.0)

    assert pacing.room(1010.0) == 0
    assert pacing.opens(99) == 1039.0


def test_three_floods_of_one_lane_hold_only_that_lane():
    pacing = Pacing(Limits())

    for at in (1000.0, 1001.0, 1002.0):
        pacing.flooded(GROUP, at, 5.0)

    assert pacing.room(1003.0) == 30


def test_without_limits_nobody_waits():
    pacing = Pacing(Limits(per_second=0, chat_per_second=0, group_per_minute=0))

    for _ in range(100):
        pacing.take(GROUP, 1000.0)

    assert pacing.opens(GROUP) == 0.0
    assert pacing.closed(1000.0) == {}


def test_lanes_long_quiet_are_forgotten():
    pacing = Pacing(Limits(per_second=0))

    for lane in range(3000):
        pacing.take(lane, 1000.0 + lane)

    assert len(pacing._lanes) <= 1001

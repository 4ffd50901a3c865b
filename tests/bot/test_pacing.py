"""Never faster than Telegram allows, in any window of time, whenever requests arrive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hypothesis import example, given
from hypothesis import strategies as st

from bot.delivery.pacing import AHEAD, LONGEST, Limits, Pacing
from bot.delivery.window import DRIFT
from core.pace import EVERYBODY

PERSON, GROUP = 42, -1001
AN_INSTANT = 1e-6


@dataclass(frozen=True)
class Wish:
    """A message, ``later`` seconds after the one before; how long it and its answer travel.

    ``noted`` seconds after its answer the couriers know of it.
    """

    lane: int
    later: float = 0.0
    weight: int = 1
    going: float = 0.0
    coming: float = 0.0
    noted: float = 0.0


def seconds(most: float) -> st.SearchStrategy[float]:
    return st.floats(0, most, allow_nan=False)


WISHES = st.lists(
    st.builds(
        Wish,
        st.sampled_from([PERSON, GROUP, -1002, *range(100, 140)]),
        later=seconds(0.5),
        weight=st.sampled_from([1, 1, 1, 3, 10]),
        going=seconds(2),
        coming=seconds(2),
        noted=seconds(0.2),
    ),
    max_size=200,
)


class Couriers:
    """Several processes that share what the database keeps; one message in a chat at a time."""

    def __init__(self, limits: Limits, many: int = 1) -> None:
        self.pacings = [Pacing(limits) for _ in range(many)]
        self.kept: dict[int, Sequence[float]] = {}
        self.under_way: list[tuple[float, int, Pacing]] = []
        self.arrived: list[tuple[float, int]] = []

    def say(self, wishes: Sequence[Wish]) -> Sequence[tuple[float, int]]:
        """When each message arrives, everybody waiting exactly as long as pacing says."""
        now = 1000.0
        for number, wish in enumerate(wishes):
            pacing = self.pacings[number % len(self.pacings)]
            now = self._opens(wish, pacing, now + wish.later)
            at = max(now, pacing.opens(wish.lane, wish.weight))
            pacing.take(wish.lane, at, wish.weight)
            self._keep(pacing, wish.lane)
            self.arrived += [(at + wish.going, wish.lane)] * wish.weight
            answered = at + wish.going + wish.coming
            pacing.answered(wish.lane, answered)
            self.under_way.append((answered + wish.noted, wish.lane, pacing))
        return sorted(self.arrived)

    def _opens(self, wish: Wish, pacing: Pacing, now: float) -> float:
        """The first moment at which this may be claimed."""
        while True:
            self._note(now)
            pacing.recall(self.kept, now)
            spoken_to = any(lane == wish.lane for _, lane, _ in self.under_way)
            opens = pacing.opens(wish.lane, wish.weight) - AHEAD
            if opens <= now and not spoken_to:
                return now
            moments = [opens, *(noted for noted, _, _ in self.under_way)]
            now = min(moment for moment in moments if moment > now)

    def _note(self, now: float) -> None:
        for each in [one for one in self.under_way if one[0] <= now]:
            self.under_way.remove(each)
            _, lane, pacing = each
            pacing.recall(self.kept, now)
            pacing.landed(lane)
            self._keep(pacing, lane)

    def _keep(self, pacing: Pacing, lane: int) -> None:
        self.kept |= pacing.memory([lane])


def most_within(moments: Sequence[float], seconds: float) -> int:
    """The most that any window of that length sees, its end left out."""
    return max(
        (sum(1 for other in moments if at <= other < at + seconds) for at in moments), default=0
    )


def by_lane(arrived: Sequence[tuple[float, int]]) -> Mapping[int, list[float]]:
    found = defaultdict(list)
    for at, lane in arrived:
        found[lane].append(at)
    return found


@given(WISHES, st.integers(1, 3))
@example([Wish(100 + n, going=n % 2 * 0.9, coming=0.9 - n % 2 * 0.9) for n in range(99)], 1)
def test_however_long_requests_travel_no_more_than_thirty_arrive_in_a_second(wishes, processes):
    arrived = Couriers(Limits(), processes).say(wishes)

    assert most_within([at for at, _ in arrived], 1.0) <= 30


@given(WISHES, st.integers(1, 3))
@example([Wish(GROUP, going=n % 2 * 1.9, coming=1.9 - n % 2 * 1.9) for n in range(60)], 2)
def test_however_long_they_travel_no_group_gets_more_than_twenty_a_minute(wishes, processes):
    lanes = by_lane(Couriers(Limits(chat_burst=20), processes).say(wishes))

    for lane in (GROUP, -1002):
        assert most_within(lanes[lane], 60.0) <= 20


@given(WISHES)
@example([Wish(PERSON, going=n % 2 * 0.9, coming=0.9 - n % 2 * 0.9) for n in range(60)])
def test_one_a_second_in_a_chat_after_a_short_burst(wishes):
    light = [Wish(w.lane, w.later, 1, w.going, w.coming, w.noted) for w in wishes]

    moments = by_lane(Couriers(Limits()).say(light))[PERSON]

    assert most_within(moments, 5.0) <= 5
    assert most_within(moments, 60.0) <= 60


@given(st.floats(0, 0.01), st.floats(0, 0.05))
def test_all_that_a_full_window_loses_is_the_way_there_and_back(travels, noted):
    wishes = [Wish(n, going=travels / 2, coming=travels / 2, noted=noted) for n in range(100, 400)]

    arrived = [at for at, _ in Couriers(Limits()).say(wishes)]

    took = (arrived[-1] - arrived[29]) / (270 / 30)
    assert took <= 1 + DRIFT + travels + AN_INSTANT


def test_a_quiet_person_may_be_told_five_things_at_once():
    assert [at for at, _ in Couriers(Limits()).say([Wish(PERSON)] * 5)] == [1000.0] * 5


def test_what_was_said_closes_a_busy_lane_from_its_answer_on():
    pacing = Pacing(Limits())
    for _ in range(3):
        pacing.take(GROUP, 1000.0)
        pacing.answered(GROUP, 1000.4)
        pacing.landed(GROUP)

    assert pacing.closed(1003.0) == [GROUP]
    assert pacing.opens(GROUP) == 1000.4 + 3 * (1 + DRIFT)
    assert pacing.closed(1003.4) == []


def test_what_nobody_knows_the_answer_to_may_arrive_until_the_last_moment():
    crashed, successor = Pacing(Limits(per_second=1)), Pacing(Limits(per_second=1))
    crashed.take(PERSON, 1000.0)

    successor.recall(crashed.memory([PERSON]), 1001.0)

    assert successor.opens(43) == 1000.0 + LONGEST + 1 + DRIFT


def test_what_could_not_be_written_down_counts_as_still_under_way():
    pacing = Pacing(Limits(per_second=1))
    pacing.take(PERSON, 1000.0)
    kept = pacing.memory([PERSON])
    pacing.answered(PERSON, 1000.1)
    pacing.landed(PERSON)

    pacing.recall(kept, 1000.2)

    assert kept[EVERYBODY] == (1000.0 + LONGEST,)
    assert pacing.opens(43) > 1000.0 + LONGEST


def test_one_flooded_lane_holds_nobody_else():
    pacing = Pacing(Limits())

    pacing.flooded(GROUP, 1000.0, 30.0)

    assert pacing.closed(1029.0) == [GROUP]
    assert pacing.opens(GROUP) == 1030.0
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
    assert pacing.closed(1000.0) == []


def test_lanes_long_quiet_are_forgotten():
    pacing = Pacing(Limits(per_second=0))

    for lane in range(3000):
        pacing.take(lane, 1000.0 + lane)
        pacing.answered(lane, 1000.0 + lane)
        pacing.landed(lane)

    assert len(pacing._lanes) <= 1001

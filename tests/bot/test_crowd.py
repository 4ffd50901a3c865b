"""Few are spoken to at once while few wait, and whoever is slow keeps nobody waiting."""

from __future__ import annotations

from bot.delivery.crowd import AT_ONCE, FEW, GROWS, MANY, SLOW, Crowd

NOW = 1000.0


def crowd_of(*began: float, since: float = 0.0) -> Crowd:
    crowd = Crowd(since)
    for lane, at in enumerate(began):
        crowd.enter(lane, at)
    return crowd


def test_while_few_wait_one_is_spoken_to_at_a_time():
    assert crowd_of().room(NOW, FEW) == 1
    assert crowd_of(NOW).room(NOW, FEW) == 0


def test_when_many_wait_many_are_spoken_to_at_once():
    assert crowd_of(NOW).room(NOW, FEW + 4) == 4
    assert crowd_of(NOW).room(NOW, MANY) == AT_ONCE - 1


def test_whoever_has_just_begun_speaks_to_one_at_a_time_and_to_one_more_by_and_by():
    crowd = crowd_of(since=NOW)

    rooms = [crowd.room(NOW + n * GROWS, MANY) for n in (0, 1, 2, AT_ONCE)]

    assert rooms == [1, 2, 3, AT_ONCE]


def test_who_takes_long_to_answer_keeps_nobody_else_waiting():
    crowd = crowd_of(NOW, NOW)

    (first, second) = crowd.wakes(NOW)

    assert crowd.room(first, 1) == 1
    assert first == second == NOW + SLOW


def test_even_slow_ones_are_not_without_number():
    assert crowd_of(*[NOW - 9] * AT_ONCE).room(NOW, MANY) == 0


def test_who_answered_makes_room():
    crowd = crowd_of(NOW)

    crowd.leave(0)

    assert not crowd
    assert crowd.room(NOW, 1) == 1

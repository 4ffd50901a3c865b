"""A district comes to the same report, in however many parts it is lived through."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from bot.office.beside import Failed
from bot.office.living import Part, Worded, lived
from core.agency import AgencyKind
from core.lifecycle import Action
from core.people import Party
from simulation.behaviour import read
from simulation.parts import places_by_part
from simulation.reminding import Reminder, Telling
from simulation.result import Result, result_of
from simulation.running import Scenario
from simulation.traffic import Traffic
from tests.core.playing import liwan

DAYS = Scenario(date(2026, 6, 15), 2, calls_a_year=80_000)
CROWDED = replace(liwan(), ladder=replace(liwan().ladder, digest=1))
EVERYTHING = Worded(frozenset((party, action) for party in Party for action in Action))
CHAT, ELSEWHERE, SOMEBODY = -1, -2, 3
TEN = 600


async def in_parts(parts: int) -> Result:
    """What two days of all streets come to, in a chat of which two reminders are a crowd."""
    places = places_by_part(CROWDED.tree, parts)
    those = [Part(CROWDED, read(), DAYS, EVERYTHING, each) for each in places]
    books = [await part(lambda share: None) for part in those]
    assert len({*map(id, books)}) == parts
    return result_of(books, CROWDED, DAYS)


async def test_three_parts_come_to_what_one_does():
    one, two, three = [await in_parts(parts) for parts in (1, 2, 3)]

    assert two == one
    assert three == one
    assert one.digests > 10
    assert one.boards > 100


def test_parts_in_processes_of_their_own_come_to_the_same():
    day, shares = replace(DAYS, days=1, calls_a_year=5_000), []

    beside = lived(CROWDED, read(), day, parts=2, passed=shares.append)

    assert beside == lived(CROWDED, read(), day, parts=1)
    assert shares[-1] == 1.0


def test_what_goes_wrong_in_a_part_is_told():
    nobody_signs = replace(read(), delays={})

    with pytest.raises(Failed, match="KeyError: 'sign'"):
        lived(CROWDED, nobody_signs, DAYS, parts=2)


@pytest.mark.parametrize("parts", [1, 2, 3, 7])
def test_every_community_is_in_one_part_with_its_whole_street(parts: int):
    tree = liwan().tree
    shares = places_by_part(tree, parts)
    streets = [
        {tree.ancestor(code, AgencyKind.STREET).code for code in places} for places in shares
    ]

    assert Counter(code for places in shares for code in places) == Counter(
        one.code for one in tree.of_kind(AgencyKind.COMMUNITY)
    )
    assert sum(map(len, streets)) == len(set().union(*streets))
    assert max(map(len, shares)) - min(map(len, shares)) < 15


def test_there_are_no_more_parts_than_streets():
    assert len(places_by_part(liwan().tree, 99)) == len(liwan().tree.of_kind(AgencyKind.STREET))


def told(*logs: dict[int, list[Reminder]]) -> Telling:
    """What these parts say, where two reminders in a chat stay messages of their own."""
    telling = Telling(most=2, traffic=Traffic())
    telling.tell(logs)
    return telling


def owed(leg: int, *, chat: int = CHAT, edits: bool = False, gathers: bool = True) -> Reminder:
    return Reminder(chat, leg, "finish.red", edits, gathers)


def test_a_chat_crowded_by_two_parts_together_hears_one_digest():
    telling = told({TEN: [owed(1), owed(2), owed(3, chat=ELSEWHERE)]}, {TEN: [owed(1)]})

    assert telling.digests == 1
    assert telling.traffic.minutes == {CHAT: {TEN: 1}, ELSEWHERE: {TEN: 1}}
    assert telling.stages == {"finish.red": 1}


def test_reminders_of_another_minute_crowd_nobody():
    assert told({TEN: [owed(1), owed(2)]}, {TEN + 1: [owed(1)]}).digests == 0


def test_what_is_urgent_is_said_beside_a_digest():
    telling = told({TEN: [owed(1), owed(2), owed(3), owed(4, gathers=False)]})

    assert (telling.digests, telling.traffic.posts) == (1, 2)


def test_a_reminder_takes_the_place_of_the_last_that_was_said():
    said = told({TEN: [owed(1)], TEN + 1: [owed(1, edits=True)]})
    swallowed = told({TEN: [owed(1), owed(2), owed(3)], TEN + 1: [owed(1, edits=True)]})

    assert (said.traffic.posts, said.traffic.edits) == (1, 1)
    assert (swallowed.traffic.posts, swallowed.traffic.edits) == (2, 0)


def test_the_same_leg_of_two_parts_is_two():
    telling = told({TEN: [owed(1)]}, {TEN + 1: [owed(1, edits=True)]})

    assert (telling.traffic.posts, telling.traffic.edits) == (2, 0)


def test_what_is_said_in_private_is_counted_apart():
    telling = told({TEN: [owed(n, chat=SOMEBODY) for n in range(3)] + [owed(3)]})

    assert (telling.traffic.privately, telling.traffic.posts, telling.digests) == (1, 1, 1)

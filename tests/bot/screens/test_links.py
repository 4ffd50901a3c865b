"""Start links are lookup keys of one purpose: unguessable, and worthless by themselves (S7)."""

from __future__ import annotations

import random

from bot.commands import menus
from bot.screens import links
from bot.screens.links import Links
from bot.screens.taps import Tap

LINKS = Links(b"k" * 32, "huying_bot")
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"


def payload(link: str) -> str:
    """What Telegram hands over when the link is opened."""
    return link.partition("?start=")[2]


def test_a_link_reads_back_as_what_it_was_drawn_for():
    drawn = payload(LINKS.duty(links.RETURN, 71, 3))

    assert LINKS.read(drawn) == Tap(links.RETURN, 71, 3)


def test_a_link_of_another_key_is_unknown():
    other = Links(b"x" * 32, "huying_bot")

    assert LINKS.read(payload(other.duty(links.RETURN, 71, 3))) is None


def test_changing_one_letter_makes_a_link_unknown():
    drawn = payload(LINKS.duty(links.RESOLVE, 71, 3))

    for place in range(2, len(drawn)):
        for letter in "0z_":
            bent = drawn[:place] + letter + drawn[place + 1 :]
            assert bent == drawn or LINKS.read(bent) is None


def test_ten_thousand_guesses_open_nothing():
    dice = random.Random(7)

    guesses = ("d_" + "".join(dice.choices(LETTERS, k=dice.randint(0, 62))) for _ in range(10_000))

    assert not any(LINKS.read(guess) for guess in guesses)


def test_menus_stay_within_telegrams_limits():
    for menu in menus({3001}):
        for command in menu["commands"]:
            assert command["command"].isascii()
            assert command["command"].islower()
            assert 1 <= len(command["description"]) <= 256

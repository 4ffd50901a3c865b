"""Two matters in one telling: found where the words say so, and in real letters hardly ever."""

from __future__ import annotations

import csv
import random

import pytest

from bot.simplifying import simplified
from core.guide import Guide
from tests.core.playing import liwan
from tests.core.test_suggesting import SAID
from tests.journeys.real_input import folder

GUIDE = Guide(liwan(), simplified)
LETTERS = ("complaints-labelled.csv", "complaints-replied.csv")
MOST_OF_840, LEAST_FOUND = 3, 0.9
JOINTS = ("。还有一件事，", "。另外一件事：", "。另外，", "。还有，")


def test_another_matter_that_is_called_one_is_cut_off():
    cut = GUIDE.two_matters("我家楼下的路灯坏了三天。还有一件事，楼下垃圾堆了好几天没人收")

    assert cut == ("我家楼下的路灯坏了三天。", "楼下垃圾堆了好几天没人收")


def test_nothing_of_the_joint_stays_behind():
    cut = GUIDE.two_matters("楼下路灯不亮了，另外还有一件事，对面餐馆油烟很大")

    assert cut == ("楼下路灯不亮了", "对面餐馆油烟很大")


@pytest.mark.parametrize(
    "words",
    [
        "我家楼下的路灯坏了三天，另外对面楼的路灯也不亮",
        "楼下烧烤店油烟很大。还有，他们半夜才收档，油烟一直飘上来",
        "路灯坏了",
        "",
    ],
)
def test_more_of_the_same_is_one_matter(words):
    assert GUIDE.two_matters(words) is None


def test_besides_in_a_long_letter_says_nothing():
    short = "楼下的路灯坏了三天。另外，楼下垃圾堆了好几天没人收"

    assert GUIDE.two_matters(short)
    assert GUIDE.two_matters(short.replace("三天", "三天" + "，晚上很黑" * 25)) is None


@pytest.mark.parametrize("joint", JOINTS)
def test_made_up_sentences_joined_are_nearly_always_found(joint):
    rng, category = random.Random(7), {i.code: i.category for i in liwan().catalogue.items}
    pairs = [rng.sample(sorted(SAID), 2) for _n in range(600)]
    told = [
        rng.choice(SAID[a]) + joint + rng.choice(SAID[b])
        for a, b in pairs
        if category[a] != category[b]
    ]

    found = sum(GUIDE.two_matters(words) is not None for words in told)

    assert found / len(told) >= LEAST_FOUND


@pytest.mark.skipif(
    not all((folder() / name).is_file() for name in LETTERS), reason="TESTS_DATA names no letters"
)
def test_of_840_real_letters_at_most_three_are_asked_about():
    asked = 0
    for name in LETTERS:
        with (folder() / name).open(encoding="utf-8-sig", newline="") as lines:
            told = (f"{row['subject']}\n{row['text']}" for row in csv.DictReader(lines))
            asked += sum(GUIDE.two_matters(words) is not None for words in told)

    assert asked <= MOST_OF_840

"""What a caller wants, by their words, and which limits that gives."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace

import pytest

from core.catalogue import Urgency
from core.intent import Intent, class_of, guessed
from tests.builders import a_call
from tests.core.playing import liwan
from tests.journeys.real_input import folder

LETTERS = "complaints-replied.csv"
SAID = {
    Intent.HELP: ["楼下的路灯坏了三天", "谢谢社区，垃圾还是没有人来收", "你好，有人在吗"],
    Intent.CONSULT: ["请问老人卡怎么办理", "想问一下小孩打疫苗要带什么", "咨询入户要哪些材料"],
    Intent.COMPLAINT: ["投诉物业乱收费", "楼下烧烤店天天扰民，没法睡觉"],
    Intent.REPORT: ["我要举报有人无证行医", "检举工地偷排泥浆"],
    Intent.SUGGESTION: ["建议在路口装个红绿灯", "提个意见，公园能不能晚点关门"],
    Intent.PRAISE: ["表扬清洁工陈阿姨，每天扫得干干净净", "给居委会点赞，送一面锦旗"],
}
LIMITS = liwan().limits
ITEMS = liwan().catalogue
LAMP, FLOOD = ITEMS.get("10"), ITEMS.get("11")


@pytest.mark.parametrize(("intent", "words"), [(i, w) for i, said in SAID.items() for w in said])
def test_words_that_say_what_they_want_are_understood(intent, words):
    assert guessed(words) is intent


def test_praise_that_also_wants_something_is_not_only_praise():
    assert guessed("先给社区点赞，但是楼下垃圾没人收，希望解决") is Intent.HELP


def test_a_question_has_the_limits_of_a_question():
    assert class_of(LAMP, a_call(intent=Intent.CONSULT), LIMITS) is Urgency.CONSULT
    assert class_of(LAMP, a_call(), LIMITS) is LAMP.urgency


def test_what_is_urgent_stays_urgent_whatever_it_is_called():
    idea, praise = a_call(intent=Intent.SUGGESTION), a_call(intent=Intent.PRAISE, danger=True)

    assert class_of(FLOOD, idea, LIMITS) is FLOOD.urgency is Urgency.P1
    assert class_of(LAMP, praise, LIMITS) is Urgency.P0


def test_a_report_has_limits_of_its_own_with_named_people_alone():
    report = a_call(intent=Intent.REPORT)

    assert class_of(LAMP, report, LIMITS) is LAMP.urgency
    assert class_of(LAMP, replace(report, restricted=True), LIMITS) is Urgency.REPORT


@pytest.mark.skipif(not (folder() / LETTERS).is_file(), reason="TESTS_DATA names no letters")
def test_of_real_letters_guessed_by_their_text_few_say_another_thing_in_their_title():
    told = {"咨询": Intent.CONSULT, "建议": Intent.SUGGESTION, "举报": Intent.REPORT}
    pairs: Counter[bool] = Counter()
    with (folder() / LETTERS).open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            titled = {intent for word, intent in told.items() if word in row["subject"]}
            guess = guessed(row["text"])
            if len(titled) == 1 and guess in told.values():
                pairs[guess in titled] += 1

    assert pairs[True] >= 45
    assert pairs[True] / pairs.total() > 0.9

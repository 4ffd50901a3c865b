"""The catalogues: complete, faithful to their placeholders, and short enough for Telegram."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from bot.flows.dressing import LONGEST_LABEL
from bot.screens import buttons, judging, look, names
from bot.words import LANGUAGES, LOCALES, SOURCE, _, language_of, speaking

ROOT = Path(__file__).parents[2]
TRANSLATED = [language for language in LANGUAGES if language != SOURCE]
TOAST = 200
# What stands in the place of a placeholder: a name of the district, a number, a time.
A_FACT = "西村街道第一社区居民"
IN_A_ROW_OF_THREE = 14


@cache
def catalogue(language: str) -> Catalog:
    file = LOCALES / language / "LC_MESSAGES" / "huying.po"
    with file.open("rb") as source:
        return read_po(source, locale=language)


@cache
def said(folder: Path) -> frozenset[str]:
    """The sentences in the sources below a folder."""
    found = extract_from_dir(str(folder), keywords={"_": None, "N_": None})
    return frozenset(str(message) for _file, _line, message, *_rest in found)


def written() -> frozenset[str]:
    """Every sentence there is."""
    return said(ROOT / "bot")


def translations(language: str) -> dict[str, str]:
    return {str(m.id): str(m.string) for m in catalogue(language) if m.id}


def placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"\{\w*\}", text))


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_translated(language):
    known = {m.id for m in catalogue(language) if m.string and not m.fuzzy}

    missing = written() - known

    assert not missing


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_sentence_is_translated_that_nobody_says(language):
    surplus = set(translations(language)) - written()

    assert not surplus
    assert not catalogue(language).obsolete


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_keep_the_placeholders(language):
    changed = {
        message: said
        for message, said in translations(language).items()
        if placeholders(message) != placeholders(said)
    }

    assert not changed


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_stand_as_far_from_their_neighbours(language):
    glued = {
        message
        for message, said in translations(language).items()
        if (message[0] == " " and said[0] != " ") or (message[-1] == " " and said[-1] != " ")
    }

    assert not glued


def test_hong_kong_chinese_is_written_in_its_own_characters():
    quoted = re.compile("「区」")  # what the sheet itself must say

    foreign = {
        sign
        for said in translations("zh_Hant_HK").values()
        for sign in quoted.sub("", said)
        if "一" <= sign <= "鿿" and not sign.encode("big5hkscs", "ignore")
    }

    assert not foreign


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_may_answer_a_tap_fits_into_a_toast(language):
    answers = [*said(ROOT / "bot" / "flows"), *said(ROOT / "bot" / "handlers")]
    answers += SAID_OF_REFUSALS

    with speaking(language):
        filled = [re.sub(r"\{\w*\}", A_FACT, _(answer)) for answer in answers]

    assert [text for text in filled if len(text) > TOAST] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_are_short_enough_to_be_typed(language):
    with speaking(language):
        labels = [_(label) for label in LABELS]

    assert [label for label in labels if len(label) > LONGEST_LABEL] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_three_buttons_stand_side_by_side_below_a_card(language):
    drawn = [*buttons.TAPPED.values(), *buttons.OPENED.values()]

    with speaking(language):
        labels = [_(label) for _word, label in drawn]

    assert [label for label in labels if len(label) > IN_A_ROW_OF_THREE] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_of_one_choice_differ(language):
    with speaking(language):
        for table in (judging.STARS, names.VERDICTS.values(), names.CONCLUSIONS.values()):
            labels = [_(label) for label in table]

            assert len(set(labels)) == len(labels)


def test_no_sentence_is_put_together_before_it_is_looked_up():
    formatted = [
        f"{file.relative_to(ROOT)}:{call.lineno}"
        for file in (ROOT / "bot").rglob("*.py")
        for call in calls(file, "_", "N_")
        if isinstance(call.args[0], ast.JoinedStr)
    ]

    assert not formatted


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("zh-hant", "zh_Hant_HK"),
        ("zh-hk", "zh_Hant_HK"),
        ("zh-TW", "zh_Hant_HK"),
        ("yue", "zh_Hant_HK"),
        ("zh-hans", SOURCE),
        ("zh-CN", SOURCE),
        ("zh", SOURCE),
        ("fr", SOURCE),
        (None, SOURCE),
    ],
)
def test_the_language_of_an_app(code, language):
    assert language_of(code) == language


def calls(file: Path, *functions: str) -> Iterator[ast.Call]:
    """Every call of these functions in a source file."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if node.func.id in functions and node.args:
            yield node


def drawn_labels() -> Iterator[str]:
    """What is written on a button or a key where it is drawn."""
    for file in (ROOT / "bot").rglob("*.py"):
        for button in calls(file, "Button", "Key"):
            looked_up = button.args[0]
            given = looked_up.args if isinstance(looked_up, ast.Call) else []
            if given and isinstance(given[0], ast.Constant):
                yield str(given[0].value)


LABELS = [
    *drawn_labels(),
    *judging.STARS,
    *names.VERDICTS.values(),
    *names.CONCLUSIONS.values(),
    *names.GROUNDS.values(),
    *look.NAMES.values(),
]
SAID_OF_REFUSALS = [
    str(call.args[0].value)
    for call in calls(ROOT / "bot" / "refusals.py", "_", "N_")
    if isinstance(call.args[0], ast.Constant)
]

"""Whatever comes in, nothing falls over, nothing is let in, and words come back as they were (C5).

``SEED`` fixes the examples. By default the counts of tier A; the storms run ``FUZZ`` times more.
"""

from __future__ import annotations

import csv
import io
import json
import os

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.intake.sorting import chatter, sorted_in
from bot.intake.worker import Undecodable, decoded
from bot.screens.links import Links
from bot.screens.ruling import SHEETS
from bot.screens.taps import Tap, Taps
from bot.spreadsheets import Form, written
from core.incoming import InboxRow
from core.portions import WORDS_IN_A_PORTION, chunks
from storage.sheets_file import Grid
from storage.sheets_sent import sent
from tests.bot.flows.visiting import Visitor
from tests.bot.raw import message, tap
from tests.builders import NOON
from tests.storms.killing import SEED

MORE = int(os.environ.get("FUZZ", "10"))
CHAT = -1001
TAPS, LINKS = Taps(b"a key of the tests"), Links(b"a key of the tests", "huying_bot")
GENUINE = TAPS.data(Tap("ack", 7, 3), CHAT)
PAYLOAD = LINKS.duty("done", 7, 3).partition("start=")[2]
ODD = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.just({}))
BOT = Visitor().bot
TEXT = st.text(st.characters(codec="utf-8"), max_size=300)
CELLS, COMPUTED = 40, "=+-@\t\r\n\0＝＋－＠"
SHORT = st.text(st.characters(codec="utf-8"), max_size=12)
EVIL = st.builds(str.__add__, st.sampled_from(("", *COMPUTED)), SHORT)
CALENDAR = Grid("", [["日期", "安排", "说明"], ["2031-01-01", "休", "元旦"]])
ODD_NAMES = st.one_of(
    TEXT,
    st.builds(
        "{}{}".format, st.sampled_from(("../../", "/etc/", "\0", "\u202e", "日历" * 150)), TEXT
    ),
)


def times(number: int, more: int = 1):
    """So many examples; the seed is told where one fails."""
    checks = list(HealthCheck)
    return settings(max_examples=number * more, deadline=None, suppress_health_check=checks)


@st.composite
def mutated(draw, raw):
    """An update with one to three of its values made odd, moved away or doubled."""
    update = json.loads(json.dumps(raw))
    for _ in range(draw(st.integers(1, 3))):
        place = update
        while True:
            key = draw(st.sampled_from(sorted(place)))
            if not isinstance(place[key], dict) or not place[key] or draw(st.booleans()):
                break
            place = place[key]
        if key == "update_id":
            continue
        if draw(st.booleans()):
            place[key] = draw(ODD)
        else:
            place[draw(st.text(max_size=8))] = place.pop(key)
    return update


@st.composite
def bent(draw, genuine: str):
    """Something like it: cut, grown, with other characters, or nothing like it at all."""
    if draw(st.integers(0, 4)) == 0:
        return draw(TEXT)[:64]
    letters = list(genuine)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(letters)))
        letters[at : at + draw(st.integers(0, 2))] = draw(st.text("v1:_0az é\0", max_size=2))
    return "".join(letters)


def kept(update) -> None:
    """It is sorted in, and then decoded, unknown, or said to be undecodable; nothing else."""
    if not isinstance(chatter(update), bool):
        raise AssertionError(update)
    row = sorted_in(update, bot_id=7)
    try:
        decoded(InboxRow(**_row(row), attempts=0, received_at=NOON), BOT)
    except Undecodable:
        return


def _row(raw):
    return {name: getattr(raw, name) for name in ("bot_id", "update_id", "lane", "kind", "body")}


def unread(data: str) -> None:
    """Only what was signed for this chat is read."""
    if data != GENUINE:
        assert TAPS.read(data, CHAT) is None
    assert TAPS.read(data, CHAT - 1) is None


def unopened(payload: str) -> None:
    """Only what was signed is opened."""
    found = LINKS.read(payload)
    assert found is None or payload.removeprefix("d_") == PAYLOAD.removeprefix("d_")


def unchanged(words: str) -> None:
    """Cut into portions that fit, and whole again."""
    long = words * 40
    cut = chunks(long)
    assert "".join(cut) == long
    assert all(0 < len(each) <= WORDS_IN_A_PORTION for each in cut)


def uncomputed(cells: list[str]) -> None:
    """In a workbook every cell is words; in a csv none begins like something to be computed."""
    rows = [["说明"], *([cell] for cell in cells)]
    sheet = load_workbook(io.BytesIO(written(rows, Form.XLSX, "说明"))).active
    assert sheet is not None
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    said = written(rows, Form.CSV, "说明").decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(said, newline="")))
    assert len(read) == len(rows)
    assert not any(row and row[0][:1] in COMPUTED for row in read if row and row[0])


def no_way_out(name: str) -> None:
    """A file's name says at most which of the known sheets it is; it is never a path."""
    found = sent([CALENDAR], words=SHEETS, hints=[name])
    assert found.sheet in SHEETS.values()


FUZZ = {
    "updates": (st.sampled_from([message(1), tap(1)]).flatmap(mutated), kept, 200),
    "callback data": (bent(GENUINE), unread, 1_000),
    "deep links": (bent(PAYLOAD), unopened, 500),
    "words": (TEXT, unchanged, 500),
    f"{CELLS} cells": (st.lists(EVIL, min_size=CELLS, max_size=CELLS), uncomputed, 25),
    "file names": (ODD_NAMES, no_way_out, 250),
}


def run(name: str, more: int) -> int:
    """So many times; how many examples held."""
    examples, holds, number = FUZZ[name]
    print(f"\nSEED={SEED}")  # noqa: T201 - to see the same examples again
    held = []

    def holds_again(example: object) -> None:
        holds(example)
        held.append(True)

    seed(SEED)(times(number, more)(given(examples)(holds_again)))()
    return len(held)


@pytest.mark.parametrize("name", FUZZ)
def test_odd_input_does_no_harm(name):
    assert run(name, 1) > 0


@pytest.mark.storm
@pytest.mark.parametrize("name", FUZZ)
def test_a_storm_of_odd_input_does_no_harm(name):
    assert run(name, MORE) > 0


async def test_an_odd_update_never_ends_the_road_and_never_makes_a_call():
    """Through the real dispatcher: what it says of odd names, captions and payloads."""
    lin = await Visitor().moves_in()
    for words in ODD_WORDS:
        await lin.sends(document={"file_id": "f", "file_unique_id": "u", "file_name": words})
        await lin.says(f"/start {words}"[:64])
        await lin.forges(words[:64] or "x", lin.sees.id)

    assert lin.calls == []


ODD_WORDS = (
    "",
    "\0",
    "../../etc/passwd",
    "=1+1",
    "<b>",
    "‮gpj.exe",
    "🧑🏽‍🚒" * 20,
    "%s%n",
    "d_",
    "a" * 255,
)

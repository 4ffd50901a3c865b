"""Every refusal that rests on a rule prints where it stands, and ``/rule`` tells what it says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.refusals import sentence
from bot.screens.clauses import RESTS_ON
from bot.screens.easel import Easel
from core import errors
from core.mistakes import MistakeCode, SheetMistakes
from storage.sheets import Over
from tests.bot.group.room import TAPS, Room
from tests.core.playing import EXAMPLE, MONDAY, SU, liwan

SU_AT = SU.account or 0
EASEL = Easel(TAPS, "huying_bot", liwan())


def test_a_refusal_prints_its_clause():
    said = sentence(errors.AlreadyReturned(), easel=EASEL, now=MONDAY)

    assert said.endswith("（依据：《呼应工作规则（示例）》第12条）")


def test_a_district_without_the_sheet_prints_none():
    easel = replace(EASEL, district=replace(liwan(), clauses={}))

    assert "依据" not in sentence(errors.AlreadyReturned(), easel=easel, now=MONDAY)


@pytest.mark.parametrize("about", sorted(set(RESTS_ON.values())))
def test_the_example_names_a_clause_for_every_refusal_that_rests_on_one(about: str):
    assert about in liwan().clauses


async def test_a_rule_is_asked_for_by_a_word(room: Room):
    await room.says(SU, SU_AT, "/rule 退单")

    said = room.last(SU_AT).text
    assert "退单：《呼应工作规则（示例）》第12条" in said
    assert "写明理由、依据和建议单位" in said


async def test_a_clause_is_changed_like_any_other_sheet(room: Room):
    sheet = "条款,依据,内容\n退单,《荔湾区呼应办法》第三条,退一次\n"
    await room.says(SU, SU_AT, f"/sheet 条款\n{sheet}")
    await room.taps(SU, SU_AT, "确认")

    await room.says(SU, SU_AT, "/rule 退单")

    assert "退单：《荔湾区呼应办法》第三条" in room.last(SU_AT).text


def test_a_clause_too_long_for_a_tap_is_a_mistake_with_its_row():
    text = f"条款,依据,内容\n退单,{'第' * 61},\n"

    with pytest.raises(SheetMistakes) as found:
        Over(EXAMPLE)({"clauses.csv": text})

    (mistake,) = found.value.mistakes
    assert (mistake.row, mistake.column, mistake.code) == (2, "依据", MistakeCode.TOO_LONG)

"""The lists sheet: four lists in one, each row by its own code."""

from __future__ import annotations

import pytest

from core.lists import ListKind
from core.mistakes import MistakeCode, SheetMistakes
from storage.sheets import read_district
from storage.sheets_folder import LaidOver
from tests.core.playing import EXAMPLE

HEAD = "清单,编号,名称,别名,事项,牵头,依据,说明\n"


def lists(rows: str):
    return read_district(LaidOver(EXAMPLE, {"lists.csv": HEAD + rows})).lists


def test_items_are_named_by_code_or_name_and_agencies_by_any_of_their_names():
    (row,) = lists("街道权责,1,保洁,清扫、扫街,垃圾堆积、清运中断,城管局,《清单》第1项,\n")

    assert (row.kind, row.items, row.lead) == (ListKind.STREET, ("1",), "BM01")
    assert row.aliases == ("清扫", "扫街")
    assert lists("街道权责,1,保洁,,2、3,,,\n")[0].items == ("2", "3")


def test_one_code_is_good_in_each_list():
    assert len(lists("协助,1,甲事,,,,,\n禁止,1,乙事,,,,,\n")) == 2


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("随便,1,甲事,,,,,", MistakeCode.UNKNOWN_WORD),
        ("协助,1,,,,,,", MistakeCode.CELL_EMPTY),
        ("协助,1,甲事,,99,,,", MistakeCode.UNKNOWN_ITEM),
        ("协助,1,甲事,,,天文台,,", MistakeCode.UNKNOWN_AGENCY),
        ("协助,1,甲事,,,,,\n协助,1,乙事,,,,,", MistakeCode.DUPLICATE),
    ],
)
def test_what_is_wrong_is_named(row: str, code: MistakeCode):
    with pytest.raises(SheetMistakes) as found:
        lists(row + "\n")

    assert [mistake.code for mistake in found.value.mistakes] == [code]

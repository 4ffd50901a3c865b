"""The ladder sheet: the district's own figures, tighter ones of agencies, mistakes by name."""

from __future__ import annotations

import shutil
from datetime import time
from pathlib import Path

import pytest

from core.catalogue import Urgency
from core.ladder import USUAL
from core.limits import Span, Unit
from core.mistakes import MistakeCode, SheetMistakes
from storage.sheets import read_district

EXAMPLE = Path(__file__).parents[2] / "examples" / "liwan"
HEAD = "单位,项目,数值,计量,说明\n"
STREET = "440103006"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The example district, to be changed."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "district"))


def ladders(folder: Path, *rows: str):
    """The district with this ladder sheet."""
    (folder / "ladder.csv").write_text(HEAD + "\n".join(rows), encoding="utf-8")
    return read_district(folder)


def mistakes(folder: Path, *rows: str) -> list[tuple[int, MistakeCode]]:
    """What is wrong with this ladder sheet."""
    with pytest.raises(SheetMistakes) as found:
        ladders(folder, *rows)
    return [(mistake.row, mistake.code) for mistake in found.value.mistakes]


def test_without_a_sheet_the_usual_ladder_stands(folder):
    (folder / "ladder.csv").unlink()

    assert read_district(folder).ladder == USUAL


def test_the_example_says_the_usual_figures():
    assert read_district(EXAMPLE).ladder == USUAL


def test_a_district_sets_its_own_figures(folder):
    told = ladders(folder, ",提醒,60,%,", ",急办点名,15,分钟,", ",免打扰,22:00-07:00,,")

    assert told.ladder.near == 0.6
    assert told.ladder.pages[Urgency.P1] == Span(15, Unit.MINUTES)
    assert (told.ladder.quiet_from, told.ladder.quiet_until) == (time(22), time(7))


def test_an_agency_may_be_tighter_than_the_district_whatever_the_order_of_rows(folder):
    told = ladders(folder, "逢源街道,提醒,70,%,", "逢源街道,未签收再催,2,工作小时,", ",提醒,75,%,")

    own = told.ladder_of(STREET)
    assert (own.near, own.again) == (0.7, Span(2, Unit.WORKING_HOURS))
    assert told.ladder_of("440103006114").near == 0.75


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("逢源街道,提醒,90,%,", MistakeCode.LOOSER),
        ("逢源街道,红色最迟,2,工作日,", MistakeCode.LOOSER),
        ("逢源街道,告知P1,24,小时,", MistakeCode.LOOSER),
        ("逢源街道,每日上限,5,次,", MistakeCode.DISTRICT_ROW),
        ("逢源街道,提醒,0,%,", MistakeCode.BAD_NUMBER),
        (",提醒,100,%,", MistakeCode.OUT_OF_RANGE),
        (",红色,90,%,", MistakeCode.OUT_OF_RANGE),
        (",未签收再催,4,小时,", MistakeCode.UNKNOWN_WORD),
        (",免打扰,08:00-21:30,,", MistakeCode.BAD_NIGHT),
        (",提示,50,%,", MistakeCode.ROW_UNKNOWN),
        ("没有的街道,提醒,50,%,", MistakeCode.UNKNOWN_AGENCY),
    ],
)
def test_what_would_loosen_or_switch_off_is_named(folder, row, code):
    assert mistakes(folder, row) == [(2, code)]

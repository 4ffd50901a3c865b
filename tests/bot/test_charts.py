"""Pictures that phones show whole, in letters that come along with us."""

from __future__ import annotations

import struct
import subprocess
import sys
import warnings

import pytest

from bot.charts.canvas import Bars, Columns, Grid, drawn

LABELS = ("垃圾堆积、清运中断", "路燈不亮（繁體）", "占用公共部位、违规装修以及别的")
BARS = Bars("呼叫最多的事项（件）", LABELS, [[9, 4, None]])
LONGER_SIDE = 1280


def size(picture: bytes) -> tuple[int, int]:
    assert picture.startswith(b"\x89PNG\r\n")
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


@pytest.mark.parametrize(
    "panel",
    [
        BARS,
        Bars("三率", LABELS, [[1, 2, 3], [3, 2, 1]], ("现在", "改后"), whole=100, form="{:.1f}"),
        Columns("每天逾期", [f"6/{n}" for n in range(1, 31)], [list(range(30))]),
        Columns("没有一天", [], [[]]),
        Grid("消息", LABELS, ["9时", "10时"], [[0, 1], [15, 2], [0, 0]]),
        Bars("什么都没有", [], [[]]),
    ],
)
def test_every_letter_has_its_shape(panel):
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # matplotlib warns of every letter its font lacks
        picture = drawn("荔湾区 · 本周（6月8日—6月14日）", [panel], below="呼叫 3 件")

    assert size(picture)[0] == 960


def test_the_chart_of_a_district_is_not_made_smaller_by_telegram():
    rates = Bars("三率", ["响应率", "解决率", "满意率", "按时办结"], [[1, 2, 3, 4]])
    five = Bars("五项", [*LABELS, *LABELS][:5], [[5, 4, 3, 2, 1]])

    assert max(size(drawn("荔湾区", [rates, five, five], below="呼叫"))) <= LONGER_SIDE


def test_nobody_who_draws_nothing_waits_for_matplotlib():
    program = (
        "import sys; from bot.lean import import_aiogram; import_aiogram()\n"
        "import bot.errands, bot.assembly, bot.office.simulated_charts\n"
        "sys.exit('matplotlib' in sys.modules or 'numpy' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0

"""What a simulation came to, as pictures: nudges, what was late, how busy the groups were.

Of two runs both stand side by side in every picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.charts.canvas import Bars, Columns, Grid, Panel, drawn
from bot.office.simulated import CLOCKS, RATES, STAGES

if TYPE_CHECKING:
    from core.district import District
    from simulation.result import Result

RUNS = ("现在", "改后")
MORNING, NIGHT = 7, 23
MOST, WORST, BUSIEST = 14, 10, 10


def write(folder: Path, results: Sequence[Result], district: District) -> tuple[Path, ...]:
    """Write every picture as PNG into the folder, which is made; which files those are."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, title, panels in _pictures(results, district):
        file = folder / f"{name}.png"
        file.write_bytes(drawn(title, panels))
        written.append(file)
    return tuple(written)


def _pictures(
    results: Sequence[Result], district: District
) -> Iterator[tuple[str, str, list[Panel]]]:
    runs = RUNS[: len(results)] if len(results) > 1 else ()
    yield "nudges", "模拟：催办", [_nudges(results, runs)]
    yield "late", "模拟：逾期", [_late(results, runs), _agencies(results, runs, district)]
    yield "messages", "模拟：群里的消息", [*_crowded(results, runs, district)]
    if len(results) > 1:
        yield "compared", "模拟：规则改前改后", _compared(results, runs)


def _nudges(results: Sequence[Result], runs: Sequence[str]) -> Bars:
    stages = list(dict.fromkeys(stage for result in results for stage in result.nudges))
    stages.sort(key=lambda stage: [-result.nudges.get(stage, 0) for result in results])
    counts = [[result.nudges.get(stage, 0) for stage in stages[:MOST]] for result in results]
    return Bars("每一级催办的次数", [_stage(one) for one in stages[:MOST]], counts, runs)


def _stage(stage: str) -> str:
    clock, _, rung = stage.partition(".")
    return f"{CLOCKS.get(clock, clock)}·{STAGES.get(rung, rung)}"


def _late(results: Sequence[Result], runs: Sequence[str]) -> Columns:
    days = [f"{day.month}/{day.day}" for day in results[0].late]
    return Columns(
        "每天到期未办的时限（个）", days, [[*one.late.values()] for one in results], runs
    )


def _agencies(results: Sequence[Result], runs: Sequence[str], district: District) -> Bars:
    worst = [one.agency for one in results[0].agencies][:WORST]
    shares = [
        [100 * known[code].share if code in known else None for code in worst]
        for known in ({one.agency: one for one in result.agencies} for result in results)
    ]
    names = [district.tree.get(code).short_name for code in worst]
    return Bars("按时率最低的单位（%）", names, shares, runs, whole=100, form="{:.0f}")


def _crowded(results: Sequence[Result], runs: Sequence[str], district: District) -> Iterator[Grid]:
    codes = [*results[0].crowded][:BUSIEST]
    names = [district.tree.get(code).short_name for code in codes]
    hours = [f"{hour}时" for hour in range(MORNING, NIGHT)]
    for n, result in enumerate(results):
        counts = [result.crowded.get(code, (0,) * 24)[MORNING:NIGHT] for code in codes]
        head = "最忙的群，各钟点一小时最多几条"
        yield Grid(f"{head}（{runs[n]}）" if runs else head, names, hours, counts)


def _compared(results: Sequence[Result], runs: Sequence[str]) -> list[Panel]:
    shares = [[None if rate is None else 100 * rate for rate in one.rates] for one in results]
    totals = ("催办", "群里新消息", "群里编辑", "私聊消息", "到期未办")
    counts = [
        [sum(one.nudges.values()), one.posts, one.edits, one.privately, sum(one.late.values())]
        for one in results
    ]
    return [
        Bars("三率（%）", RATES, shares, runs, whole=100, form="{:.1f}"),
        Bars("总量（次、条、个）", totals, counts, runs),
    ]

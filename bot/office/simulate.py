"""``huying simulate``: a district tries its rules before it announces them."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.office.asked import Config, end, in_words, settings_of
from bot.office.simulated import compared, lines, report, side_by_side

if TYPE_CHECKING:
    from bot.office.simulated import Line
    from core.district import District
    from simulation.behaviour import Behaviour
    from simulation.result import Result
    from simulation.running import Scenario

MONDAY = datetime(2026, 6, 15)  # noqa: DTZ001 - a date of the command line
SPANS = {"day": 1, "week": 7, "month": 30, "year": 365}
Span = Annotated[str, typer.Argument(help="模拟多久：day、week、month、year")]
Begins = Annotated[datetime, typer.Option("--begins", formats=["%Y-%m-%d"], help="从哪一天开始")]
Calls = Annotated[int, typer.Option("--calls", min=1, help="一年多少件呼叫")]
Seed = Annotated[int, typer.Option("--seed", help="同一个数，同一份报告")]
Habits = Annotated[Path | None, typer.Option("--behaviour", help="居民和经办人的习惯（TOML）")]
Other = Annotated[Path | None, typer.Option("--what-if", help="另一套辖区表格，并列比较")]
Sets = Annotated[
    list[str] | None, typer.Option("--set", help="改一项时限再比较，例如 “P2 finish=3wd”")
]
Parts = Annotated[
    int | None,
    typer.Option("--parts", min=1, help="分几份同时算，默认每个处理器一份；只影响快慢，报告一样"),
]
Out = Annotated[Path | None, typer.Option("--csv", help="把全部数字写进这个 CSV 文件")]

Charts = Annotated[Path | None, typer.Option("--charts", help="把图表（PNG）存进这个文件夹")]


def simulate(
    span: Span = "week",
    begins: Begins = MONDAY,
    calls: Calls = 300_000,
    seed: Seed = 1,
    behaviour: Habits = None,
    what_if: Other = None,
    changes: Sets = None,
    parts: Parts = None,
    out: Out = None,
    charts: Charts = None,
    config: Config = None,
) -> None:
    """按现在的规则把一天、一周、一月或一年过一遍，看会催办多少、谁会逾期、群里多忙。"""
    from simulation.running import Scenario
    from storage.sheets import read_district

    if span not in SPANS:
        end(f"没有“{span}”这个时长，请用 day、week、month 或 year。")
    settings, habits = settings_of(config), _habits(behaviour)
    with in_words():
        district = read_district(settings.district.folder)
        other = read_district(what_if) if what_if else district if changes else None
    if other is not None:
        other = _changed(other, changes or [])
    scenario = Scenario(begins.date(), SPANS[span], calls, seed)
    tried = [one for one in (district, other) if one is not None]
    found = [_lived(one, habits, scenario, parts) for one in tried]
    tables = [[*lines(result, one)] for result, one in zip(found, tried, strict=True)]
    typer.echo(report(found[0], district))
    if len(found) > 1:
        typer.echo(side_by_side(*tables))
    if out is not None:
        _write(out, *tables)
    if charts is not None:
        from bot.office.simulated_charts import write

        files = write(charts, found, district)
        typer.echo(f"图表已存好：{'、'.join(str(file) for file in files)}")


def _habits(file: Path | None) -> Behaviour:
    from simulation.behaviour import USUAL, BadBehaviour, read

    try:
        return read(file or USUAL)
    except BadBehaviour as bad:
        end(f"习惯文件里这一处看不懂：{bad.where}。请对照 simulation/usual.toml 改正后再试。")


def _changed(district: District, changes: list[str]) -> District:
    from simulation.changing import BadChange, changed

    limits = district.limits
    for told in changes:
        try:
            limits = changed(limits, told)
        except BadChange:
            end(f"“{told}”看不懂。请写成 “P2 finish=3wd”，单位用 min、h、d、wh、wd。")
    return replace(district, limits=limits)


def _lived(district: District, habits: Behaviour, scenario: Scenario, parts: int | None) -> Result:
    """One run, with a bar that says how far its slowest part is."""
    from rich.console import Console
    from rich.progress import Progress

    from bot.office.beside import Lost
    from bot.office.living import lived

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("模拟中", total=1.0)

        def passed(share: float) -> None:
            progress.update(task, completed=share)

        try:
            return lived(district, habits, scenario, parts=parts, passed=passed)
        except Lost:
            progress.stop()
            end(
                "模拟的一部分中途被系统结束了，多半是内存不够。请缩短时长，或减少 --calls 后再试。"
            )


def _write(file: Path, now: list[Line], then: list[Line] | None = None) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as lines_out:
        rows = csv.writer(lines_out)
        if then is None:
            rows.writerow(("部分", "项目", "数值"))
            rows.writerows(now)
            return
        rows.writerow(("部分", "项目", "现在", "改后"))
        rows.writerows((*line, figure) for line, figure in compared(now, then))

"""``huying district``: a whole district from the national division file, in one command."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.office.asked import Config, end, in_words, settings_of

if TYPE_CHECKING:
    from storage.divisions import Division, Slip

Source = Annotated[Path, typer.Argument(help="区划文件：编码、名称、级别、上级（csv 或 xlsx）")]
Target = Annotated[Path, typer.Argument(help="把辖区资料写进这个新文件夹")]
Like = Annotated[
    Path | None, typer.Option("--like", help="部门、事项、时限等照这个文件夹；默认是现在的资料")
]
Prefix = Annotated[str, typer.Option("--prefix", help="公共编号的开头，例如 LW")]
WORDS = {
    "columns_missing": "没有“编码”和“名称”两列，请在第一行补上列名（编码、名称、级别、上级）。",
    "no_district": "区（district）这一级应当正好一行，请改正。",
    "bad_code": "编码“{value}”不是 6、9 或 12 位数字，请改正。",
    "no_name": "编码“{value}”没有名称，请填上。",
    "unknown_level": "“{value}”的级别看不懂，请写区、街道或社区（district、street、community）。",
    "unknown_parent": "上级“{value}”不在文件里，或者级别不对，请改正。",
    "duplicate_code": "编码“{value}”重复，请删去一行或改正。",
    "duplicate_name": "同一个上级之下有两个“{value}”。",
    "doubled_ending": "“{value}”的结尾多写了一个字。",
    "other_ending": "名称以“{value}”结尾，多数以“{usual}”结尾。",
    "other_start": "编号从 {value} 起，多数街道从 {usual} 起。",
    "elsewhere": "编码“{value}”不以上级“{usual}”开头。",
    "empty_street": "“{value}”下面没有社区。",
}


def district(
    source: Source,
    target: Target,
    like: Like = None,
    prefix: Prefix = "",
    config: Config = None,
) -> None:
    """由区划文件写出整个辖区的资料文件夹；文件里的差错逐行指出，原样保留。"""
    from storage.district_folder import borrowed, sheets_of, write
    from storage.sheets import read_district
    from storage.sheets_folder import LaidOver

    found = _divisions(source)
    model = like or settings_of(config).district.folder
    if target.exists():
        end(f"{target} 已经存在，不会覆盖。请换一个文件夹。")
    sheets = sheets_of(found, model, prefix.upper())
    with in_words():
        read_district(LaidOver(target, sheets))
        write(sheets, target)
    counted = {word: sum(1 for each in found if each.kind == word) for word in _kinds()}
    told = "、".join(f"{n} 个{_kinds()[word]}" for word, n in counted.items())
    typer.echo(f"已写到 {target}：{told}。检查通过，可以在 district.folder 里写上它。")
    if names := borrowed(sheets, model):
        typer.echo(f"这些名称是照搬的，请在 agencies.csv 里改正：{'、'.join(names)}。")


def _divisions(source: Path) -> list[Division]:
    from bot.lean import import_aiogram

    import_aiogram()
    from bot.screens.sheets import unfit
    from core.sent_sheets import NotASheet
    from storage.divisions import STOPPING, divisions_of
    from storage.sheets_child import grids_now

    try:
        grid = grids_now(source.read_bytes())[0]
    except FileNotFoundError:
        end(f"没有找到 {source}。")
    except NotASheet as bad:
        end(unfit(bad.why))
    found, slips = divisions_of(grid.rows)
    stopping = [slip for slip in slips if slip.code in STOPPING]
    if stopping:
        end(*map(_told, stopping), f"共 {len(stopping)} 处要改，没有写出。")
    for slip in slips:
        typer.echo(f"注意：{_told(slip)}")
    if slips:
        typer.echo(f"以上 {len(slips)} 处照文件原样写出，没有改动。")
    return found


def _told(slip: Slip) -> str:
    words = WORDS[slip.code].format(value=slip.value, usual=slip.usual)
    return f"第 {'、'.join(_spans(slip.rows))} 行：{words}" if slip.rows else words


def _spans(rows: Sequence[int]) -> Iterator[str]:
    """Rows in a row as 25–97."""
    for _key, run in groupby(enumerate(sorted(rows)), key=lambda pair: pair[1] - pair[0]):
        first, *others = (row for _, row in run)
        yield f"{first}–{others[-1]}" if others else str(first)


def _kinds() -> dict[str, str]:
    return {"district": "区", "street": "街道", "community": "社区"}

"""The ladder sheet: how soon who is reminded. A district may do without it, or leave rows out.

A row without an agency is the district's; an agency's own row may only be tighter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from core.agency import AgencyTree
from core.catalogue import GRADES, Urgency
from core.ladder import USUAL, Ladder
from core.limits import Span, Unit
from core.mistakes import Mistake, MistakeCode
from storage.sheets_cells import Row, nearest, plain
from storage.sheets_folder import Folder
from storage.sheets_rules import UNITS
from storage.sheets_table import Shape, read_table
from storage.sheets_times import session

LADDER = Shape(
    "ladder.csv", {"单位": False, "项目": True, "数值": True, "计量": False, "说明": False}
)
WORD_OF = {unit: word for word, unit in UNITS.items()}
PERCENT, TIMES = "%", "次"


class Line(NamedTuple):
    """A row: which part of the ladder, within which figures; ``of`` where it has several."""

    part: str
    least: float = 0.0
    most: float = 0.0
    of: Urgency | None = None


SHARES = {
    "看板提示": Line("board", 1, 99),
    "提醒": Line("near", 1, 99),
    "红色": Line("red", 101, 1000),
}
COUNTS = {"每日上限": Line("pings", 1, 20), "汇总条数": Line("digest", 1, 100)}
SPANS = {
    "红色最迟": Line("red_after"),
    "特急点名": Line("pages", of=Urgency.P0),
    "急办点名": Line("pages", of=Urgency.P1),
    "未签收再催": Line("again"),
    **{f"告知{urgency.value}": Line("words", of=urgency) for urgency in GRADES},
    "告知挂账": Line("hold_word"),
}
QUIET = "免打扰"
KNOWN = (*SHARES, *COUNTS, *SPANS, QUIET)
DISTRICT_ONLY = frozenset({*COUNTS, QUIET})


def read_ladders(
    folder: Folder, tree: AgencyTree | None, mistakes: list[Mistake]
) -> tuple[Ladder, dict[str, Ladder]]:
    """The district's ladder, and by code those of agencies that have a tighter one."""
    if not (folder / LADDER.file).is_file() or tree is None:
        return USUAL, {}
    rows = read_table(folder, LADDER, mistakes).rows
    names = {name: one.code for one in tree.agencies for name in (*one.aliases, one.name)}
    district, own = USUAL, [row for row in rows if row.text("单位")]
    for row in rows:
        if not row.text("单位"):
            district = _with(row, district)
    ladders: dict[str, Ladder] = {}
    for row in own:
        said = plain(row.text("单位"))
        code = names.get(said, said)
        if code not in tree.by_code:
            close = nearest(said, (*names, *tree.by_code))
            row.wrong("单位", MistakeCode.UNKNOWN_AGENCY, value=said, close=close)
        else:
            ladders[code] = _tighter(row, ladders.get(code, district), district)
    return district, ladders


def _tighter(row: Row, own: Ladder, district: Ladder) -> Ladder:
    """The agency's ladder with this row, unless the row is the district's alone or looser."""
    name = plain(row.text("项目"))
    if name in DISTRICT_ONLY:
        row.wrong("单位", MistakeCode.DISTRICT_ROW, value=name)
        return own
    changed = _with(row, own)
    if changed is not own and _figure(changed, name) > _figure(district, name):
        row.wrong("数值", MistakeCode.LOOSER, value=row.text("数值"), most=_said(district, name))
        return own
    return changed


def _with(row: Row, ladder: Ladder) -> Ladder:
    """The ladder with what this row says; the same where it says nothing sound."""
    name = plain(row.text("项目"))
    if name in SHARES:
        return _share(row, SHARES[name], ladder)
    if name in COUNTS:
        figure = _within(row, COUNTS[name])
        return ladder if figure is None else _changed(ladder, COUNTS[name], int(figure))
    if name in SPANS:
        return _span(row, SPANS[name], ladder)
    if name == QUIET:
        return _quiet(row, ladder)
    row.wrong("项目", MistakeCode.ROW_UNKNOWN, value=name, close=nearest(name, KNOWN))
    return ladder


def _share(row: Row, line: Line, ladder: Ladder) -> Ladder:
    figure = _within(row, line)
    return ladder if figure is None else _changed(ladder, line, figure / 100)


def _within(row: Row, line: Line) -> float | None:
    figure = row.figure("数值")
    if figure is None or line.least <= figure <= line.most:
        return figure
    bounds = {"least": f"{line.least:g}", "most": f"{line.most:g}"}
    row.wrong("数值", MistakeCode.OUT_OF_RANGE, value=row.text("数值"), **bounds)
    return None


def _span(row: Row, line: Line, ladder: Ladder) -> Ladder:
    """In the unit the ladder has there: so one figure is tighter than another, or looser."""
    figure, unit = row.figure("数值"), _part(ladder, line).unit
    said = plain(row.text("计量"))
    if said and said != WORD_OF[unit]:
        row.wrong("计量", MistakeCode.UNKNOWN_WORD, value=said, allowed=WORD_OF[unit])
        return ladder
    return ladder if figure is None else _changed(ladder, line, Span(figure, unit))


def _quiet(row: Row, ladder: Ladder) -> Ladder:
    said = plain(row.text("数值"))
    night = session(said)
    if night is None or night[0] <= night[1]:
        row.wrong("数值", MistakeCode.BAD_NIGHT, value=said)
        return ladder
    return replace(ladder, quiet_from=night[0], quiet_until=night[1])


def _changed(ladder: Ladder, line: Line, value: Any) -> Ladder:
    if line.of is None:
        return replace(ladder, **{line.part: value})
    several: Mapping[Urgency, Any] = getattr(ladder, line.part)
    changed: dict[str, Any] = {line.part: {**several, line.of: value}}
    return replace(ladder, **changed)


def _part(ladder: Ladder, line: Line) -> Any:
    part = getattr(ladder, line.part)
    return part if line.of is None else part[line.of]


def _figure(ladder: Ladder, name: str) -> float:
    part = _part(ladder, SHARES.get(name) or SPANS[name])
    return part.amount if isinstance(part, Span) else part


def _said(ladder: Ladder, name: str) -> str:
    part = _part(ladder, SHARES.get(name) or SPANS[name])
    if isinstance(part, Span):
        return f"{part.amount:g} {WORD_OF[Unit(part.unit)]}"
    return f"{part * 100:g}{PERCENT}"

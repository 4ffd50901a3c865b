"""The grids sheet: into which grids a community is divided. A district may do without it."""

from __future__ import annotations

from collections.abc import Iterable

from core.agency import AgencyKind, AgencyTree
from core.grids import Grid
from core.mistakes import Mistake, MistakeCode
from storage.sheets_cells import Row, first_of_its_kind, nearest, plain
from storage.sheets_folder import Folder
from storage.sheets_places import boundary_of, centre_of
from storage.sheets_table import Shape, read_table

GRIDS = Shape(
    "grids.csv",
    {
        "编码": True,
        "名称": True,
        "社区": True,
        "网格员": False,
        "纬度": False,
        "经度": False,
        "边界": False,
    },
)
LONGEST = 20


def read_grids(
    folder: Folder, tree: AgencyTree | None, mistakes: list[Mistake]
) -> tuple[Grid, ...]:
    """The grids in the order of the sheet; nothing where there is no sheet.

    Name and worker stand on the card's line of the place: each is at most 20 characters long.
    """
    if not (folder / GRIDS.file).is_file():
        return ()
    rows = read_table(folder, GRIDS, mistakes).rows
    first_of_its_kind(rows, "编码")
    _check_names(rows)
    return tuple(_grid(row, tree) for row in rows)


def _grid(row: Row, tree: AgencyTree | None) -> Grid:
    for column in ("名称", "网格员"):
        if len(row.text(column)) > LONGEST:
            length = str(len(row.text(column)))
            row.wrong(column, MistakeCode.TOO_LONG, value=length, most=str(LONGEST))
    if not any(row.text(column) for column in ("纬度", "经度", "边界")):
        row.wrong("边界", MistakeCode.PLACE_MISSING)
    return Grid(
        code=plain(row.text("编码")),
        name=row.text("名称"),
        community=_community(row, tree),
        worker=row.text("网格员"),
        centre=centre_of(row),
        boundary=boundary_of(row),
    )


def _community(row: Row, tree: AgencyTree | None) -> str:
    code = row.code("社区")
    if not code or tree is None:
        return code
    known = {one.code: one for one in tree.of_kind(AgencyKind.COMMUNITY)}
    if code not in known:
        called = {name: one.code for one in known.values() for name in (one.name, one.short_name)}
        close = called.get(code) or nearest(code, known)
        row.wrong("社区", MistakeCode.UNKNOWN_COMMUNITY, value=code, close=close)
    return code


def _check_names(rows: Iterable[Row]) -> None:
    """A name is good for one grid of its community: a card shows it alone."""
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        key = plain(row.text("社区")), row.text("名称")
        if key[1] and key in seen:
            row.wrong("名称", MistakeCode.DUPLICATE, value=key[1], first=str(seen[key]))
        seen.setdefault(key, row.number)

"""The lists sheet: street powers, community duties, assistance, what is forbidden."""

from __future__ import annotations

from collections.abc import Iterable

from core.agency import AgencyTree
from core.catalogue import Catalogue
from core.lists import Listed, ListKind
from core.mistakes import Mistake, MistakeCode
from storage.sheets_cells import Row, nearest, plain, split
from storage.sheets_folder import Folder
from storage.sheets_table import Shape, read_table

LISTS = Shape(
    "lists.csv",
    {
        "清单": True,
        "编号": True,
        "名称": True,
        "别名": False,
        "事项": False,
        "牵头": False,
        "依据": False,
        "说明": False,
    },
)
KINDS = {
    "街道权责": ListKind.STREET,
    "社区职责": ListKind.COMMUNITY,
    "协助": ListKind.ASSIST,
    "禁止": ListKind.FORBIDDEN,
}


def read_lists(
    folder: Folder, catalogue: Catalogue, tree: AgencyTree | None, mistakes: list[Mistake]
) -> tuple[Listed, ...]:
    """The rows in the order of the sheet; nothing where there is no sheet."""
    if not (folder / LISTS.file).is_file():
        return ()
    rows = read_table(folder, LISTS, mistakes).rows
    _check_codes(rows)
    return tuple(_row(row, catalogue, tree) for row in rows)


def _row(row: Row, catalogue: Catalogue, tree: AgencyTree | None) -> Listed:
    return Listed(
        kind=row.choice("清单", KINDS) or ListKind.ASSIST,
        code=plain(row.text("编号")),
        name=row.text("名称"),
        items=_items(row, catalogue),
        lead=_lead(row, tree),
        clause=row.text("依据"),
        aliases=split(row.text("别名")),
    )


def _items(row: Row, catalogue: Catalogue) -> tuple[str, ...]:
    """By code or by name: a name may hold the sign between two of them."""
    names = {plain(item.name): item.code for item in catalogue.items}
    whole = plain(row.text("事项"))
    parts = (whole,) if whole in names else map(plain, split(row.text("事项")))
    found = []
    for said in filter(None, parts):
        code = names.get(said, said)
        if catalogue.items and code not in catalogue.by_code:
            close = nearest(said, [*catalogue.by_code, *names])
            row.wrong("事项", MistakeCode.UNKNOWN_ITEM, value=said, close=close)
        found.append(code)
    return tuple(found)


def _lead(row: Row, tree: AgencyTree | None) -> str:
    said = plain(row.text("牵头"))
    if not said or tree is None:
        return ""
    names = {plain(name): one.code for one in tree.agencies for name in (one.name, *one.aliases)}
    code = names.get(said, said)
    if code not in tree.by_code:
        close = nearest(said, names)
        row.wrong("牵头", MistakeCode.UNKNOWN_AGENCY, value=said, close=close)
    return code


def _check_codes(rows: Iterable[Row]) -> None:
    """A code is good for one row of its list."""
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        key = plain(row.text("清单")), plain(row.text("编号"))
        if key[1] and key in seen:
            row.wrong("编号", MistakeCode.DUPLICATE, value=key[1], first=str(seen[key]))
        seen.setdefault(key, row.number)

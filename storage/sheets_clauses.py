"""The clauses sheet: where each rule stands. A district may do without it."""

from __future__ import annotations

from collections.abc import Mapping

from core.clauses import Clause
from core.mistakes import Mistake, MistakeCode
from storage.sheets_cells import first_of_its_kind
from storage.sheets_folder import Folder
from storage.sheets_table import Shape, read_table

CLAUSES = Shape("clauses.csv", {"条款": True, "依据": True, "内容": False})
LONGEST = 60


def read_clauses(folder: Folder, mistakes: list[Mistake]) -> Mapping[str, Clause]:
    """Clauses by what they are about; nothing where there is no sheet.

    A clause is printed below what somebody taps: it is at most 60 characters long.
    """
    if not (folder / CLAUSES.file).is_file():
        return {}
    table = read_table(folder, CLAUSES, mistakes)
    found: dict[str, Clause] = {}
    for row in first_of_its_kind(table.rows, "条款"):
        name, clause = row.text("条款"), row.text("依据")
        if len(clause) > LONGEST:
            row.wrong("依据", MistakeCode.TOO_LONG, value=str(len(clause)), most=str(LONGEST))
        found[name] = Clause(name, clause, row.text("内容"))
    return found

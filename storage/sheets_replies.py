"""The replies sheet: what agencies say often. A district may do without it."""

from __future__ import annotations

from core.canned import CannedAnswer
from core.catalogue import Catalogue
from core.lifecycle import Status
from core.mistakes import Mistake, MistakeCode
from storage.sheets_cells import Row, nearest, plain
from storage.sheets_folder import Folder
from storage.sheets_table import Shape, read_table

REPLIES = Shape("replies.csv", {"事项": False, "时机": False, "内容": True, "说明": False})
MOMENTS = {"办理中": Status.IN_PROGRESS, "办结后": Status.RESOLVED}
LONGEST = 500


def read_replies(
    folder: Folder, catalogue: Catalogue, mistakes: list[Mistake]
) -> tuple[CannedAnswer, ...]:
    """The canned answers in the order of the sheet; nothing where there is no sheet."""
    if not (folder / REPLIES.file).is_file():
        return ()
    rows = read_table(folder, REPLIES, mistakes).rows
    return tuple(_answer(row, catalogue) for row in rows)


def _answer(row: Row, catalogue: Catalogue) -> CannedAnswer:
    item, words = plain(row.text("事项")), row.text("内容")
    if item and catalogue.items and item not in catalogue.by_code:
        close = nearest(item, catalogue.by_code)
        row.wrong("事项", MistakeCode.UNKNOWN_ITEM, value=item, close=close)
    if len(words) > LONGEST:
        row.wrong("内容", MistakeCode.TOO_LONG, value=str(len(words)), most=str(LONGEST))
    return CannedAnswer(row.number, words, item, row.choice("时机", MOMENTS))

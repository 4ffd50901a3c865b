"""The features sheet: what is on in which street. A district may do without it."""

from __future__ import annotations

from core.agency import AgencyKind, AgencyTree
from core.features import Feature, Features
from core.mistakes import Mistake, MistakeCode
from storage.sheets_cells import Row, nearest, plain
from storage.sheets_folder import Folder
from storage.sheets_table import Shape, read_table

FEATURES = Shape("features.csv", {"功能": True, "街道": False, "状态": True})
NAMES = {
    "反映": Feature.CALLS,
    "同感": Feature.SUPPORTERS,
    "话题": Feature.TOPICS,
    "简报": Feature.BRIEFS,
}
STATES = {"开": True, "关": False}


def read_features(folder: Folder, tree: AgencyTree | None, mistakes: list[Mistake]) -> Features:
    """A row without a street is for all that are not named; of two rows the later one counts."""
    if not (folder / FEATURES.file).is_file():
        return Features()
    said: dict[tuple[Feature, str], bool] = {}
    for row in read_table(folder, FEATURES, mistakes).rows:
        feature, on = row.choice("功能", NAMES), row.choice("状态", STATES)
        street = _street(row, tree)
        if feature is not None and on is not None:
            said[feature, street] = on
    return Features(said)


def _street(row: Row, tree: AgencyTree | None) -> str:
    word = plain(row.text("街道"))
    if not word or tree is None:
        return ""
    streets = tree.of_kind(AgencyKind.STREET)
    named = {name: one.code for one in streets for name in (one.code, one.name, one.short_name)}
    if word not in named:
        row.wrong("街道", MistakeCode.UNKNOWN_AGENCY, value=word, close=nearest(word, named))
    return named.get(word, "")

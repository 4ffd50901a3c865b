"""Where something is, as the cells of a sheet say it: a centre, and an outline by its corners."""

from __future__ import annotations

import re

from core.agency import Point
from core.mistakes import MistakeCode
from storage.sheets_cells import Row, plain, split

CORNERS = re.compile(r"[;；|｜\n]")
WITHIN_CORNER = re.compile(r"[,，、\s]+")


def centre_of(row: Row) -> Point | None:
    """The middle, from 纬度 and 经度; None where both are empty or one is wrong."""
    latitude, longitude = row.text("纬度"), row.text("经度")
    if not latitude and not longitude:
        return None
    column = "纬度" if _degrees(latitude, 90) is None else "经度"
    return _point(row, column, latitude, longitude)


def boundary_of(row: Row) -> tuple[Point, ...]:
    """The outline, from 边界: corners as ``纬度 经度``, at least three."""
    written = split(row.text("边界"), CORNERS)
    if 0 < len(written) < 3:
        row.wrong("边界", MistakeCode.BOUNDARY_SHORT)
    return tuple(corner for text in written if (corner := _corner(row, text)))


def _corner(row: Row, text: str) -> Point | None:
    latitude, longitude, *rest = [*WITHIN_CORNER.split(text), ""]
    return _point(row, "边界", latitude, "" if any(rest) else longitude)


def _point(row: Row, column: str, latitude: str, longitude: str) -> Point | None:
    north, east = _degrees(latitude, 90), _degrees(longitude, 180)
    if north is not None and east is not None:
        return Point(north, east)
    row.wrong(column, MistakeCode.BAD_COORDINATE, value=f"{latitude} {longitude}".strip())
    return None


def _degrees(text: str, most: float) -> float | None:
    figure = plain(text)
    if not re.fullmatch(r"-?\d+(\.\d+)?", figure) or abs(float(figure)) > most:
        return None
    return float(figure)

"""Which grid a call lies in, as one short part of the line of its place on a card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.screens.names import clean
from bot.words import _
from core.discretion import sees_grid

if TYPE_CHECKING:
    from core.district import District
    from core.grids import Within
    from core.views import LegView


def part(view: LegView, agency: str, district: District) -> str:
    """What the group of this agency reads of the grid; nothing where it may not or there is none.

    Worked out from the place and the sheet each time: nothing is kept with the call.
    """
    if not sees_grid(district.tree, view, agency):
        return ""
    found = district.grid_at(view.call.community, view.call.point)
    return told(found) if found else ""


def told(found: Within) -> str:
    """``网格：沙面1号（张敏），靠近2号网格``."""
    grid, worker = clean(found.grid.short_name), clean(found.grid.worker)
    named = _("{grid}（{worker}）").format(grid=grid, worker=worker) if worker else grid
    line = _("网格：{grid}").format(grid=named)
    if found.beside is None:
        return line
    return line + _("，靠近{grid}网格").format(grid=clean(found.beside.short_name))

"""Draws panels one below the other as a PNG, with the one font that comes along.

matplotlib costs a second and a half of processor time and some seventy megabytes to import, so
it is imported when something is drawn first, in the thread that draws.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Inches: 960 pixels. Telegram makes photos smaller whose longer side exceeds 1280.
WIDTH, DPI = 6.0, 160
HEAD, GAP, TITLE, ROW, PLAIN, FOOT = 0.6, 0.3, 0.42, 0.33, 2.2, 0.42
LEFT, RIGHT, BELOW = 0.36, 0.6, 0.25
SIZE, SMALL, LARGE = 13, 11, 17
INK, FAINT, RULE = "#1f2933", "#6b7785", "#d8dee5"
COLOURS = ("#2f6db5", "#e08a2e", "#3c9a6b")
LONGEST = 11


@dataclass(frozen=True, slots=True)
class Bars:
    """One bar a row, the first on top; ``values`` has one list for each of ``series``.

    ``whole`` is how far the axis goes, as 100 for shares; None for as far as the longest bar.
    """

    title: str
    labels: Sequence[str]
    values: Sequence[Sequence[float | None]]
    series: Sequence[str] = ()
    whole: float | None = None
    form: str = "{:g}"
    foot: float = 0.0

    @property
    def height(self) -> float:
        """Inches."""
        return max(1, len(self.labels)) * ROW * max(1, 0.75 * len(self.values))


@dataclass(frozen=True, slots=True)
class Columns:
    """One column a day: ``labels`` are thinned out where there are many."""

    title: str
    labels: Sequence[str]
    values: Sequence[Sequence[float]]
    series: Sequence[str] = ()
    height: float = PLAIN
    foot: float = BELOW


@dataclass(frozen=True, slots=True)
class Grid:
    """A square for every row and column, the darker the more."""

    title: str
    rows: Sequence[str]
    columns: Sequence[str]
    values: Sequence[Sequence[float]]
    foot: float = BELOW

    @property
    def height(self) -> float:
        """Inches."""
        return max(1.0, 0.32 * len(self.rows))


Panel = Bars | Columns | Grid


def drawn(title: str, panels: Sequence[Panel], *, below: str = "") -> bytes:
    """The picture as PNG; to be called in a thread, which imports what it takes."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    family = _family()
    room = sum(TITLE + panel.height + panel.foot + GAP for panel in panels)
    height = HEAD + room + (FOOT if below else 0)
    figure = Figure(figsize=(WIDTH, height), dpi=DPI, facecolor="white")
    FigureCanvasAgg(figure)
    figure.text(
        *(0.04, 1 - 0.3 / height, title), fontsize=LARGE, color=INK, va="center", family=family
    )
    top = height - HEAD
    for panel in panels:
        top -= TITLE + panel.height
        place = (LEFT, top / height, RIGHT, panel.height / height)
        _DRAW[type(panel)](figure.add_axes(place), panel, family)
        top -= panel.foot + GAP
    if below:
        figure.text(
            *(0.04, 0.2 / height, below), fontsize=SMALL, color=FAINT, va="center", family=family
        )
    written = io.BytesIO()
    figure.savefig(written, format="png")
    return written.getvalue()


@cache
def _family() -> str:
    """The font is taken as a file: its package would change matplotlib for everybody."""
    from matplotlib import font_manager

    found = find_spec("zhplot")
    places = found.submodule_search_locations if found else None
    if not places:
        raise FileNotFoundError("zhplot")
    file = Path(places[0]) / "fonts" / "NotoSansSC-Regular.ttf"
    font_manager.fontManager.addfont(file)
    return str(font_manager.FontProperties(fname=file).get_name())


def _bars(axes: Axes, panel: Bars, family: str) -> None:
    most = max((value or 0 for values in panel.values for value in values), default=0)
    whole = panel.whole or 1.18 * most or 1.0
    thick = 0.72 / len(panel.values)
    for n, values in enumerate(panel.values):
        at = [row + (n - (len(panel.values) - 1) / 2) * thick for row in range(len(values))]
        axes.barh(at, [value or 0 for value in values], thick, color=COLOURS[n])
        for place, value in zip(at, values, strict=True):
            said = "—" if value is None else panel.form.format(value)
            axes.text(*((value or 0) + whole * 0.015, place, said), va="center", **_small(family))
    axes.set_xlim(0, whole * (1.14 if panel.whole else 1))
    axes.set_ylim(max(1, len(panel.labels)) - 0.5, -0.5)
    axes.set_yticks(range(len(panel.labels)), [_short(one) for one in panel.labels])
    axes.set_xticks([])
    _dressed(axes, panel.title, panel.series, family)


def _columns(axes: Axes, panel: Columns, family: str) -> None:
    from matplotlib.ticker import MaxNLocator

    for n, values in enumerate(panel.values):
        wide = 0.8 / len(panel.values)
        at = [day + (n - (len(panel.values) - 1) / 2) * wide for day in range(len(values))]
        axes.bar(at, values, wide, color=COLOURS[n])
    step = math.ceil(len(panel.labels) / 7) or 1
    shown = range(0, len(panel.labels), step)
    axes.set_xticks(list(shown), [panel.labels[n] for n in shown])
    axes.yaxis.grid(visible=True, color=RULE)
    axes.set_axisbelow(True)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    _dressed(axes, panel.title, panel.series, family)


def _grid(axes: Axes, panel: Grid, family: str) -> None:
    axes.imshow([[*row] for row in panel.values], cmap="Blues", aspect="auto", vmin=0)
    most = max((value for row in panel.values for value in row), default=0)
    for y, row in enumerate(panel.values):
        for x, value in enumerate(row):
            if value:
                ink = "white" if value > 0.6 * most else INK
                axes.text(
                    x, y, f"{value:g}", ha="center", va="center", **_small(family) | {"color": ink}
                )
    axes.set_yticks(range(len(panel.rows)), [_short(one) for one in panel.rows])
    step = math.ceil(len(panel.columns) / 8) or 1
    shown = range(0, len(panel.columns), step)
    axes.set_xticks(list(shown), [panel.columns[n] for n in shown])
    _dressed(axes, panel.title, (), family)


def _dressed(axes: Axes, title: str, series: Sequence[str], family: str) -> None:
    axes.set_title(
        title, loc="left", x=(0.04 - LEFT) / RIGHT, fontsize=SIZE + 1, color=INK, family=family
    )
    for side in axes.spines.values():
        side.set_visible(False)
    axes.tick_params(length=0, labelsize=SIZE, colors=INK)
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set_fontfamily(family)
    if len(series) > 1:
        names: Any = [axes.containers[n] for n in range(len(series))]
        font = {"family": family, "size": SMALL}
        axes.legend(names, series, loc="lower right", bbox_to_anchor=(1.06, 1.0), frameon=False,
                    ncols=len(series), prop=font)  # fmt: skip


def _small(family: str) -> dict[str, Any]:
    return {"fontsize": SMALL, "color": INK, "family": family}


def _short(label: str) -> str:
    return label if len(label) <= LONGEST else label[: LONGEST - 1] + "…"


_DRAW: dict[type, Any] = {Bars: _bars, Columns: _columns, Grid: _grid}

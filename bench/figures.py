"""Figures: what was measured, beside what; as a table for people and a file for machines."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

WIDTH = 100
LATEST = Path(__file__).parent / "latest.json"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number; ``ratio`` is the figure divided by what ``baseline`` names."""

    name: str
    figure: float
    unit: str
    baseline: str = ""
    ratio: float | None = None


def beside(name: str, figure: float, unit: str, baseline: str, other: float) -> Figure:
    """A figure and how it stands to another one, or to a first mark."""
    return Figure(name, figure, unit, baseline, figure / other if other else None)


def show(figures: Iterable[Figure]) -> None:
    """Print them as a table."""
    table = Table("figure", "", "unit", "beside", "ratio")
    for column in (1, 4):
        table.columns[column].justify = "right"
    for one in figures:
        ratio = "" if one.ratio is None else f"{one.ratio:.2f}"
        table.add_row(one.name, told(one.figure), one.unit, one.baseline, ratio)
    Console(width=WIDTH).print(table)


def told(figure: float) -> str:
    """Three digits that count."""
    return f"{figure:,.0f}" if figure >= 100 or figure == int(figure) else f"{figure:.3g}"


def keep(figures: Iterable[Figure], file: Path = LATEST) -> None:
    """Write them down; figures of earlier runs that were not measured now stay."""
    kept = json.loads(file.read_text(encoding="utf-8")) if file.exists() else []
    known = {one["name"]: one for one in kept} | {one.name: asdict(one) for one in figures}
    file.write_text(json.dumps([*known.values()], indent=2) + "\n", encoding="utf-8")

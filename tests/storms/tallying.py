"""What the storms of one run found, by invariant: shown at the end, one line each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass


@dataclass(slots=True)
class Line:
    """How often an invariant was looked at, and how often it did not hold."""

    cases: int = 0
    violations: int = 0


LINES: dict[str, Line] = {}


def count(invariant: str, cases: int, violations: int = 0) -> None:
    """Add to the line of this invariant."""
    line = LINES.setdefault(invariant, Line())
    line.cases += cases
    line.violations += violations


def carried() -> dict[str, tuple[int, ...]]:
    """What one of several workers found, as plain values that go from process to process."""
    return {name: astuple(line) for name, line in LINES.items()}


def add(found: Mapping[str, tuple[int, ...]]) -> None:
    """What a worker found, to what the others did."""
    for name, (cases, violations) in found.items():
        count(name, cases, violations)

"""``python -m bench.residents LETTERS.csv``: when residents call, counted from letters.

Only counts leave the letters: how many were raised in each hour of each weekday (of those whose
time is told), smoothed by half a letter so that no hour is quite silent, and how often the
suggester thinks first of each item. It prints the two tables that begin ``simulation/usual.toml``.
How long the city took to answer is printed beside, in days, as quantiles.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path

from core.suggesting import Suggester
from storage.sheets import read_district

DISTRICT = Path(__file__).parents[1] / "examples" / "liwan"
QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)


def main(file: str) -> None:
    """The command line."""
    with Path(file).open(encoding="utf-8-sig") as lines:
        letters = list(csv.DictReader(lines))
    raised = [at for one in letters if (at := _time(one["raised_at"]))]
    hours = Counter((at.weekday(), at.hour) for at in raised)
    print("calls = [")
    for day in range(7):
        print(f"  [{', '.join(str(hours[day, hour] + 0.5) for hour in range(24))}],")
    print("]\n\n[items]")
    for code, count in sorted(_items(letters).items(), key=lambda pair: int(pair[0])):
        print(f'"{code}" = {count}')
    print("\n# days until the answer:", _quantiles(letters))


def _items(letters: list[dict[str, str]]) -> Counter[str]:
    catalogue = read_district(DISTRICT).catalogue
    suggester = Suggester(catalogue)
    counts = Counter({item.code: 1 for item in catalogue.items})
    for one in letters:
        words = f"{one['subject']}\n{one['text']}"
        counts.update(item.code for item in suggester.best(words, 1))
    return counts


def _quantiles(letters: list[dict[str, str]]) -> dict[float, float]:
    pairs = [(_time(one["raised_at"]), _time(one["replied_at"])) for one in letters]
    days = sorted((b - a).total_seconds() / 86400 for a, b in pairs if a and b)
    return {q: round(days[int(q * (len(days) - 1))], 1) for q in QUANTILES}


def _time(told: str) -> datetime | None:
    return datetime.fromisoformat(told) if told else None


if __name__ == "__main__":
    main(sys.argv[1])

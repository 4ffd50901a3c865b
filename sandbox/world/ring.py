"""A numbered list that forgets its oldest entries, so that a long run does not eat the memory."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


class Ring:
    """Keeps the last ``size`` rows; rows are numbered from 1 and the numbers never come back."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._rows: list[Json] = []
        self.last = 0

    def append(self, row: Json) -> Json:
        """Number the row (``seq``) and keep it."""
        self.last += 1
        row["seq"] = self.last
        if len(self._rows) < self._size:
            self._rows.append(row)
        else:
            self._rows[(self.last - 1) % self._size] = row
        return row

    def after(self, seq: int, limit: int | None = None) -> list[Json]:
        """The rows after that number which are still kept, oldest first."""
        first = max(seq + 1, self.last - len(self._rows) + 1, 1)
        stop = self.last + 1 if limit is None else min(self.last + 1, first + limit)
        return [self._rows[(number - 1) % self._size] for number in range(first, stop)]

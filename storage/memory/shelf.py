"""A table in memory: a dictionary that can be undone, and be asked by more than its key.

Undoing takes as long as what is undone, and an answer as long as it is itself, however much the
table holds: a simulated year fills it with hundreds of thousands of calls.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import datetime
from heapq import heappop, heappush
from typing import Any, TypeVar

Key = TypeVar("Key")
Kept = TypeVar("Kept")
GONE: Any = object()


class Undo:
    """What was written since the first transaction or savepoint that is open began."""

    def __init__(self) -> None:
        self.open = 0
        self.written: list[tuple[Shelf[Any, Any], Any, Any]] = []

    def begin(self) -> int:
        """Remember from here on; gives the mark to go back to."""
        self.open += 1
        return len(self.written)

    def end(self) -> None:
        """Nothing is undone to that mark any more."""
        self.open -= 1
        if not self.open:
            self.written.clear()

    def back(self, mark: int) -> None:
        """As it was then."""
        while len(self.written) > mark:
            shelf, key, value = self.written.pop()
            shelf.put(key, value)


class Lookup:
    """The keys of those records that have a value of their own under ``of``; None for others."""

    def __init__(self, of: Callable[[Any], Hashable | None]) -> None:
        self._of = of
        self._keys: dict[Hashable, dict[Any, None]] = {}
        self._values: frozenset[Any] | None = None

    def moved(self, key: Any, before: Any, after: Any) -> None:
        """A record was put there, or went."""
        was = None if before is GONE else self._of(before)
        now = None if after is GONE else self._of(after)
        if was == now:
            return
        self._values = None
        if was is not None:
            there = self._keys[was]
            del there[key]
            if not there:
                del self._keys[was]
        if now is not None:
            self._keys.setdefault(now, {})[key] = None

    def keys(self, value: Hashable) -> Iterable[Any]:
        """Those that have this value, in order."""
        return sorted(self._keys.get(value, ()))

    def values(self) -> frozenset[Any]:
        """Every value there is."""
        if self._values is None:
            self._values = frozenset(self._keys)
        return self._values

    def first(self) -> list[Any]:
        """The first key of every value there is."""
        return [min(keys) for keys in self._keys.values()]

    def __contains__(self, value: object) -> bool:
        return value in self._keys

    def __iter__(self) -> Any:
        return iter(self._keys)


class Timetable:
    """The keys of records by the moment under ``of``, earliest first; None is never."""

    def __init__(self, of: Callable[[Any], datetime | None]) -> None:
        self._of = of
        self._heap: list[tuple[datetime, Any]] = []

    def moved(self, key: Any, before: Any, after: Any) -> None:
        """What stood there before is passed over when its moment comes."""
        now = None if after is GONE else self._of(after)
        if now is not None and (before is GONE or self._of(before) != now):
            heappush(self._heap, (now, key))

    def until(self, now: datetime, shelf: Mapping[Any, Any]) -> list[Any]:
        """The keys whose moment has come."""
        come: dict[tuple[datetime, Any], None] = {}
        while self._heap and self._heap[0][0] <= now:
            at, key = heappop(self._heap)
            if key in shelf and self._of(shelf[key]) == at:
                come[at, key] = None
        for one in come:
            heappush(self._heap, one)
        return [key for _, key in come]


class Shelf(dict[Key, Kept]):
    """``lookups`` by name; other ways to change it than those below are not for it."""

    def __init__(self, undo: Undo, **lookups: Lookup | Timetable) -> None:
        super().__init__()
        self._undo = undo
        self._lookups = lookups

    def by(self, name: str) -> Any:
        """One of its lookups."""
        return self._lookups[name]

    def having(self, name: str, value: Hashable) -> list[Kept]:
        """The records that have this value there, in the order of their keys."""
        return [self[key] for key in self.by(name).keys(value)]

    def put(self, key: Any, value: Any) -> None:
        """As it is from now on, whatever it was; not to be undone."""
        for lookup in self._lookups.values():
            lookup.moved(key, self.get(key, GONE), value)
        if value is GONE:
            dict.pop(self, key, None)
        else:
            dict.__setitem__(self, key, value)

    def __setitem__(self, key: Key, value: Kept) -> None:
        if self._undo.open:
            self._undo.written.append((self, key, self.get(key, GONE)))
        self.put(key, value)

    def __delitem__(self, key: Key) -> None:
        before = self[key]
        if self._undo.open:
            self._undo.written.append((self, key, before))
        self.put(key, GONE)

    def setdefault(self, key: Key, value: Any = None) -> Any:
        """What is there, or now is."""
        if key not in self:
            self[key] = value
        return self[key]

    def pop(self, key: Key, *default: Any) -> Any:
        """Take it away."""
        if key not in self and default:
            return default[0]
        value = self[key]
        del self[key]
        return value

    def clear(self) -> None:
        """Take all away."""
        for key in list(self):
            del self[key]

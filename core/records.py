"""A frozen record with some of its fields changed, for a sixth of what ``dataclasses`` takes.

A leg has some fifty fields and is copied seven times for one reminder. ``dataclasses.replace``
looks each of them up by name, and a frozen record's own beginning sets each by name again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

Record = TypeVar("Record")
Put = Callable[[Any, Any], None]


class _Layout(NamedTuple):
    """How all fields of a kind are read at once, and how each is put into a new one."""

    read: Callable[[Any], tuple[Any, ...]]
    puts: tuple[Put, ...]
    put: Mapping[str, Put]


def replace(record: Record, **changes: Any) -> Record:
    """As ``dataclasses.replace``, of records with slots and no ``__post_init__``.

    ``KeyError`` for what is no field of it.
    """
    kind: Any = type(record)
    layout = _layout(kind)
    changed: Record = object.__new__(kind)
    for put, value in zip(layout.puts, layout.read(record), strict=True):
        put(changed, value)
    for name, value in changes.items():
        layout.put[name](changed, value)
    return changed


@cache
def _layout(kind: type[Any]) -> _Layout:
    if hasattr(kind, "__post_init__"):
        raise TypeError(kind)
    names = [field.name for field in fields(kind)]
    puts = {name: getattr(kind, name).__set__ for name in names}
    return _Layout(attrgetter(*names), tuple(puts.values()), puts)

"""A frozen record with some of its fields changed, for a twentieth of what ``dataclasses`` takes.

A leg has some sixty fields and is copied several times for one reminder. ``dataclasses.replace``
looks each of them up by name, and a frozen record's own beginning sets each by name again. Here a
record is filled while it is loose: of a kind with the same slots that may still be changed, whose
slots CPython fills in a tenth of the time. Then it is given its own kind, and is frozen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, fields, make_dataclass
from functools import cache
from typing import Any, NamedTuple, TypeVar

Record = TypeVar("Record")


class _Loose(NamedTuple):
    """A kind that may be changed: how one is made of its fields, and how another is copied."""

    made: Callable[..., Any]
    copied: Callable[[Any], Any]


def replace(record: Record, **changes: Any) -> Record:
    """As ``dataclasses.replace``, of records with slots and no ``__post_init__``.

    ``AttributeError`` for what is no field of it.
    """
    kind: Any = type(record)
    changed = _loose(kind).copied(record)
    for name, value in changes.items():
        setattr(changed, name, value)
    changed.__class__ = kind
    return changed  # type: ignore[no-any-return]


def made(kind: Callable[..., Record], values: Mapping[str, Any]) -> Record:
    """As ``kind(**values)``, of the same kinds."""
    record = _loose(kind).made(**values)
    record.__class__ = kind
    return record  # type: ignore[no-any-return]


@cache
def _loose(kind: Any) -> _Loose:
    if hasattr(kind, "__post_init__"):
        raise TypeError(kind)
    alike = [
        (one.name, Any, field(default=one.default, default_factory=one.default_factory))
        for one in fields(kind)
    ]
    loose = make_dataclass(kind.__name__, alike, slots=True, eq=False)
    return _Loose(loose, _copying(loose, [one.name for one in fields(kind)]))


def _copying(loose: type, names: list[str]) -> Callable[[Any], Any]:
    """Written out field by field, as ``dataclasses`` writes what it makes: a loop takes four times
    as long.
    """
    lines = ["def copied(record):", "loose = new(kind)"]
    lines += [f"loose.{name} = record.{name}" for name in names]
    known: dict[str, Any] = {"new": object.__new__, "kind": loose}
    exec("\n ".join([*lines, "return loose"]), known)  # noqa: S102 - names of fields, no input
    return known["copied"]  # type: ignore[no-any-return]

"""Between rows and records: enums by value, points, pieces and origins as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import Row, Table
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlmodel import SQLModel

from core.agency import Point
from core.call import Medium, Origin, Piece

Kind = TypeVar("Kind", bound=StrEnum)


def table(row: type[SQLModel]) -> Table:
    """The Core table behind a row class: objects are not made where statements do."""
    return SQLModel.metadata.tables[str(row.__tablename__)]


def upsert(into: Table, *keys: str, fixed: tuple[str, ...] = ()) -> Insert:
    """Insert, or replace what stands under these keys but for ``fixed``.

    Written in the PostgreSQL dialect, whose ``ON CONFLICT`` SQLite speaks as well.
    """
    statement = insert(into)
    replaced = {
        column.name: statement.excluded[column.name]
        for column in into.columns
        if column.name not in keys and column.name not in fixed
    }
    return statement.on_conflict_do_update(index_elements=list(keys), set_=replaced)


def record_of(row: Row[Any], **changed: Any) -> dict[str, Any]:
    """The fields of a row, some of them put in the words of the domain."""
    return {**row._mapping, **changed}


def values_of(record: Any, **changed: Any) -> dict[str, Any]:
    """The fields of a record as columns, some of them put in the words of the database."""
    return {**{name: getattr(record, name) for name in record.__slots__}, **changed}


def maybe(kind: type[Kind], value: str | None) -> Kind | None:
    """An enum member by its value, None for none."""
    return None if value is None else kind(value)


def value_of(member: StrEnum | None) -> str | None:
    """The value of an enum member, None for none."""
    return None if member is None else member.value


def point_of(latitude: float | None, longitude: float | None) -> Point | None:
    """A place where both of its numbers are known."""
    if latitude is None or longitude is None:
        return None
    return Point(latitude, longitude)


def place(point: Point | None) -> dict[str, float | None]:
    """The two columns of a place."""
    if point is None:
        return {"latitude": None, "longitude": None}
    return {"latitude": point.latitude, "longitude": point.longitude}


def origin_of(chat: int | None, message: int | None) -> Origin | None:
    """Where something was said, if that is known."""
    return None if chat is None or message is None else Origin(chat, message)


def plain(pieces: Sequence[Piece]) -> list[dict[str, Any]]:
    """Pieces as JSON, what is empty left out."""
    return [_plain_piece(piece) for piece in pieces]


def pieces_of(plain_pieces: Sequence[Mapping[str, Any]]) -> tuple[Piece, ...]:
    """Pieces as they were."""
    return tuple(_piece(piece) for piece in plain_pieces)


def _plain_piece(piece: Piece) -> dict[str, Any]:
    written: dict[str, Any] = {"medium": piece.medium.value}
    if piece.point is not None:
        written["point"] = [piece.point.latitude, piece.point.longitude]
    for name in ("text", "file", "album"):
        if value := getattr(piece, name):
            written[name] = value
    return written


def _piece(written: Mapping[str, Any]) -> Piece:
    point = written.get("point")
    return Piece(
        medium=Medium(written["medium"]),
        text=written.get("text", ""),
        file=written.get("file", ""),
        point=None if point is None else Point(*point),
        album=written.get("album", ""),
    )

"""The tables of the administrators' desk: versions of the sheets, and errands."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables import _json, _key, _moment


class SheetVersionRow(SQLModel, table=True):
    """One version of a sheet of the district; ``text`` is the whole of it as csv."""

    __tablename__ = "sheet_versions"
    __table_args__ = (
        UniqueConstraint("sheet", "version"),
        Index("ix_sheet_versions_effective", "effective_from", "sheet", "version"),
    )
    id: int | None = _key()
    sheet: str = Field(sa_type=Text)
    version: int
    text: str = Field(sa_type=Text)
    effective_from: datetime = _moment(nullable=False)
    made_by: int | None = Field(default=None, sa_type=BigInteger)
    made_by_name: str = Field(sa_type=Text)
    why: str = Field(sa_type=Text)
    created_at: datetime = _moment(nullable=False)
    restores: int | None = None
    withdrawn_at: datetime | None = _moment()


class ErrandRow(SQLModel, table=True):
    """A file to be read or to be written, for whoever asked; ``text`` is a sheet as csv."""

    __tablename__ = "errands"
    __table_args__ = (Index("ix_errands_state", "state", "id"),)
    id: int | None = _key()
    kind: str = Field(sa_type=Text)
    account: int = Field(sa_type=BigInteger)
    chat: int = Field(sa_type=BigInteger)
    message: int = Field(sa_type=BigInteger)
    at: datetime = _moment(nullable=False)
    facts: dict[str, Any] = _json()
    text: str = Field(sa_type=Text)
    state: str = Field(sa_type=Text)
    tries: int

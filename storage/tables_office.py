"""The tables of the office: what administrators did, seals, bans, and who is to be forgotten."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Index, Text
from sqlmodel import Field, SQLModel

from storage.moment import Key, Moment


def _key() -> Any:
    return Field(default=None, sa_column=Column(Key, primary_key=True, autoincrement=True))


def _moment(nullable: bool = True) -> Any:
    return Field(default=None, sa_column=Column(Moment, nullable=nullable))


def _json() -> Any:
    return Field(sa_column=Column(JSON, nullable=False))


class ActRow(SQLModel, table=True):
    """An act on no call: append only, by trigger, and one chain of all of them."""

    __tablename__ = "acts"
    id: int | None = _key()
    at: datetime = _moment(nullable=False)
    actor: int | None = Field(default=None, sa_type=BigInteger)
    actor_name: str = Field(sa_type=Text)
    deed: str = Field(sa_type=Text)
    subject: str = Field(sa_type=Text)
    facts: dict[str, Any] = _json()
    prev_hash: str = Field(sa_type=Text)
    hash: str = Field(sa_type=Text)


class SealRow(SQLModel, table=True):
    """What the journal and the acts held at the end of a day: up to which rows, and their hash."""

    __tablename__ = "seals"
    id: int | None = _key()
    at: datetime = _moment(nullable=False)
    entry: int = Field(sa_type=BigInteger)
    act: int = Field(sa_type=BigInteger)
    entries: int = Field(sa_type=BigInteger)
    acts: int = Field(sa_type=BigInteger)
    hash: str = Field(sa_type=Text)


class ErasureRow(SQLModel, table=True):
    """Whose data was erased, so that a restored backup forgets them again; nothing they said."""

    __tablename__ = "erasures"
    id: int | None = _key()
    account: int = Field(sa_type=BigInteger)
    at: datetime = _moment(nullable=False)
    calls: list[int] = _json()
    waiting: list[int] = _json()


class BanRow(SQLModel, table=True):
    """Who may raise no calls, until when, why; ``appeal`` is what they said against it."""

    __tablename__ = "bans"
    __table_args__ = (Index("ix_bans_account", "account", "id"),)
    id: int | None = _key()
    account: int = Field(sa_type=BigInteger)
    by: int = Field(sa_type=BigInteger)
    by_name: str = Field(sa_type=Text)
    at: datetime = _moment(nullable=False)
    until: datetime = _moment(nullable=False)
    reason: str = Field(sa_type=Text)
    lifted_at: datetime | None = _moment()
    appeal: str = Field(sa_type=Text)


class ChannelRow(SQLModel, table=True):
    """A channel that the bot administers; ``bound_at`` makes it the district's."""

    __tablename__ = "channels"
    chat: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    title: str = Field(sa_type=Text)
    posts: bool
    every: str = Field(sa_type=Text)
    bound_at: datetime | None = _moment()


class PetitionRow(SQLModel, table=True):
    """What one person asks for and a second one must agree to; ``due`` is when it lapses."""

    __tablename__ = "petitions"
    __table_args__ = (Index("ix_petitions_fate", "fate", "due"),)
    id: int | None = _key()
    asked: str = Field(sa_type=Text)
    subject: str = Field(sa_type=Text)
    by: int = Field(sa_type=BigInteger)
    by_name: str = Field(sa_type=Text)
    at: datetime = _moment(nullable=False)
    due: datetime = _moment(nullable=False)
    facts: dict[str, Any] = _json()
    fate: str = Field(sa_type=Text)
    settled_at: datetime | None = _moment()
    settled_by: str = Field(sa_type=Text)

"""The hot tables: updates in, messages out, lanes, conversations and postings."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Column, Double, Index, Text, false, text
from sqlmodel import Field, SQLModel

from storage.moment import Key, Moment

NEW = "state = 'new'"
OWED = "settled_at IS NULL"
SET_ASIDE = "state IN ('dead', 'unknown', 'held')"


def _partial(name: str, *columns: str, where: str) -> Index:
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


def _id() -> Any:
    return Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))


def _moment(nullable: bool = True) -> Any:
    return Field(default=None, sa_column=Column(Moment, nullable=nullable))


def _json() -> Any:
    return Field(sa_column=Column(JSON, nullable=False))


class InboxRow(SQLModel, table=True):
    """An update as it came (I2); every head of a lane has ``head`` set, few others do."""

    __tablename__ = "inbox"
    __table_args__ = (
        _partial("ix_inbox_lane", "lane", "update_id", where=NEW),
        _partial("ix_inbox_heads", "update_id", "lane", where=f"head AND {NEW}"),
        _partial("ix_inbox_set_aside", "state", "update_id", where="state IN ('dead', 'ignored')"),
    )
    bot_id: int = _id()
    update_id: int = _id()
    lane: int = Field(sa_type=BigInteger)
    kind: str = Field(sa_type=Text)
    body: str = Field(sa_type=Text)
    received_at: datetime = _moment(nullable=False)
    state: str = Field(sa_type=Text)
    head: bool
    attempts: int
    not_before: datetime | None = _moment()
    error: str = Field(sa_type=Text)


class OutboxRow(SQLModel, table=True):
    """A message owed until ``settled_at``; every head of a lane has ``head``, few others do."""

    __tablename__ = "outbox"
    __table_args__ = (
        _partial("ix_outbox_lane", "lane", "id", where=OWED),
        _partial("ix_outbox_heads", "rank", "id", where=f"head AND {OWED}"),
        _partial("ix_outbox_coalesce", "coalesce", where="state = 'ready'"),
        _partial("ix_outbox_sending", "id", where="state = 'sending'"),
        _partial("ix_outbox_set_aside", "state", "id", where=SET_ASIDE),
    )
    id: int | None = Field(
        default=None, sa_column=Column(Key, primary_key=True, autoincrement=True)
    )
    lane: int = Field(sa_type=BigInteger)
    kind: str = Field(sa_type=Text)
    policy: str = Field(sa_type=Text)
    rank: int
    payload: dict[str, Any] = _json()
    dedupe: str | None = Field(default=None, sa_type=Text, unique=True)
    coalesce: str | None = Field(default=None, sa_type=Text)
    state: str = Field(sa_type=Text)
    head: bool
    attempts: int
    created_at: datetime = _moment(nullable=False)
    not_before: datetime | None = _moment()
    settled_at: datetime | None = _moment()
    message: int | None = Field(default=None, sa_type=BigInteger)
    error: str = Field(sa_type=Text)
    owner: str = Field(sa_column=Column(Text, nullable=False, server_default=""))
    doubted: bool = Field(sa_column=Column(Boolean, nullable=False, server_default=false()))


class LeaseRow(SQLModel, table=True):
    """Who does what only one may do, until when on the database's clock (seconds since 1970)."""

    __tablename__ = "leases"
    name: str = Field(sa_type=Text, primary_key=True)
    owner: str = Field(sa_type=Text)
    epoch: int = Field(sa_type=BigInteger)
    until: float = Field(sa_type=Double)


class PaceRow(SQLModel, table=True):
    """When a chat was spoken to lately, in seconds since 1970; 0 is everybody together (I12)."""

    __tablename__ = "paces"
    lane: int = _id()
    times: list[float] = _json()


class LaneRow(SQLModel, table=True):
    """A chat that has to wait as a whole."""

    __tablename__ = "lanes"
    lane: int = _id()
    paused_until: datetime = _moment(nullable=False)


class InstanceRow(SQLModel, table=True):
    """The one row that says which life of the database this is: a restore begins another (D8)."""

    __tablename__ = "instance"
    id: int = _id()
    epoch: int = Field(sa_type=BigInteger)
    held_since: datetime | None = _moment()
    restore_point: datetime | None = _moment()


class ConversationRow(SQLModel, table=True):
    """Where somebody is in a flow."""

    __tablename__ = "conversations"
    __table_args__ = (Index("ix_conversations_touched", "touched_at"),)
    account: int = _id()
    flow: str = Field(sa_type=Text)
    step: str = Field(sa_type=Text)
    draft_id: str = Field(sa_type=Text)
    token: int = Field(sa_type=BigInteger)
    touched_at: datetime = _moment(nullable=False)
    draft: dict[str, Any] = _json()
    trail: list[Any] = _json()


class PostingRow(SQLModel, table=True):
    """Which message shows which leg."""

    __tablename__ = "postings"
    __table_args__ = (
        _partial(
            "ix_postings_cards", "leg_id", "chat", "message", where="purpose = 'card' AND NOT lost"
        ),
        _partial("ix_postings_nudges", "leg_id", "chat", where="purpose = 'nudge' AND NOT lost"),
        _partial("ix_postings_topics", "leg_id", "chat", where="purpose = 'topic' AND NOT lost"),
        _partial(
            "ix_postings_phone_tasks",
            "leg_id",
            "chat",
            where="purpose = 'phone_task' AND NOT lost",
        ),
    )
    chat: int = _id()
    message: int = _id()
    leg_id: int = Field(sa_type=BigInteger)
    purpose: str = Field(sa_type=Text)
    lost: bool
    thread: int | None = Field(default=None, sa_type=BigInteger)

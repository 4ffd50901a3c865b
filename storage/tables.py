"""The tables of the domain: what was raised, who answers, what happened, who people are."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlmodel import Field, SQLModel

from storage.moment import Key, Moment

# The acts of ``core.registers``; a new one needs an index of its own.
REGISTERED = (
    "action IN ('reject', 'redirect', 'dispatch_late', 'merge', 'withdraw', 'let_go', 'return', "
    "'decline', 'agree', 'convene', 'call_up', 'extend', 'hold', 'fail', 'rework', "
    "'reopen', 'reopen_by_hand', 'reopen_above', 'came_back', 'reclass', 'reclass_above', "
    "'retype', 'retype_above', "
    "'find_unreasonable', 'set_aside', 'press', 'press_by_hand')"
)


def _partial(name: str, *columns: str, where: str) -> Index:
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


def _key() -> Any:
    return Field(default=None, sa_column=Column(Key, primary_key=True, autoincrement=True))


def _of(target: str) -> Any:
    return Field(sa_column=Column(BigInteger, ForeignKey(target), nullable=False))


def _moment(nullable: bool = True) -> Any:
    return Field(default=None, sa_column=Column(Moment, nullable=nullable))


def _json() -> Any:
    return Field(sa_column=Column(JSON, nullable=False))


class CallRow(SQLModel, table=True):
    """One matter; ``draft_id`` is unique so that a draft becomes one call (I5)."""

    __tablename__ = "calls"
    __table_args__ = (
        Index("ix_calls_caller", "caller", "id"),
        Index("ix_calls_raised", "raised_at", "id"),
        _partial("ix_calls_open_of_caller", "caller", "id", where="closed_at IS NULL"),
        _partial(
            "ix_calls_near", "item", "community", "raised_at", "id", where="closed_at IS NULL"
        ),
    )
    id: int | None = _key()
    number: str = Field(unique=True, sa_type=Text)
    draft_id: str = Field(unique=True, sa_type=Text)
    caller: int = Field(sa_type=BigInteger)
    caller_name: str = Field(sa_type=Text)
    name_shown: str = Field(sa_type=Text)
    item: str = Field(sa_type=Text)
    urgency: str = Field(sa_type=Text)
    danger: bool
    community: str = Field(sa_type=Text)
    address: str = Field(sa_type=Text)
    latitude: float | None = None
    longitude: float | None = None
    details: str = Field(sa_type=Text)
    pieces: list[Any] = _json()
    raised_at: datetime = _moment(nullable=False)
    urged_at: datetime | None = _moment()
    closed_at: datetime | None = _moment()
    linked: int | None = Field(default=None, sa_type=BigInteger)
    link: str | None = Field(default=None, sa_type=Text)
    supporters: int
    restricted: bool
    raised_by: int | None = Field(default=None, sa_type=BigInteger)
    claim: str = Field(sa_type=Text)
    phone: str = Field(sa_type=Text)
    avoids: str = Field(sa_type=Text)
    intent: str = Field(sa_type=Text)


class SupporterRow(SQLModel, table=True):
    """A resident who stands by a call; ``id`` is the order of joining."""

    __tablename__ = "supporters"
    __table_args__ = (
        UniqueConstraint("call_id", "account"),
        Index("ix_supporters_account", "account", "id"),
    )
    id: int | None = _key()
    call_id: int = _of("calls.id")
    account: int = Field(sa_type=BigInteger)
    name: str = Field(sa_type=Text)
    since: datetime = _moment(nullable=False)


class LegRow(SQLModel, table=True):
    """One agency answering one caller; ``revision`` is the compare-and-set.

    ``rare`` holds what few legs have (``storage.rare``), so that the hot row stays narrow.
    """

    __tablename__ = "legs"
    __table_args__ = (
        Index("ix_legs_call", "call_id", "id"),
        _partial("ix_legs_open", "agency", "finish_due", "id", where="status <> 'closed'"),
        _partial("ix_legs_next_due", "next_due", "id", where="next_due IS NOT NULL"),
        _partial("ix_legs_to_verify", "verifier", "id", where="status = 'verifying'"),
    )
    id: int | None = _key()
    call_id: int = _of("calls.id")
    agency: str = Field(sa_type=Text)
    status: str = Field(sa_type=Text)
    version: int
    revision: int
    parent_id: int | None = Field(default=None, sa_type=BigInteger, foreign_key="legs.id")
    caller_agency: str | None = Field(default=None, sa_type=Text)
    adjudicator: str | None = Field(default=None, sa_type=Text)
    clause: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)
    dispatched_at: datetime | None = _moment()
    sign_due: datetime | None = _moment()
    contact_due: datetime | None = _moment()
    finish_due: datetime | None = _moment()
    review_due: datetime | None = _moment()
    signed_at: datetime | None = _moment()
    signed_by: str = Field(sa_type=Text)
    signer: int | None = Field(default=None, sa_type=BigInteger)
    contacted_at: datetime | None = _moment()
    resolved_at: datetime | None = _moment()
    closed_at: datetime | None = _moment()
    conclusion: str | None = Field(default=None, sa_type=Text)
    outcome: str | None = Field(default=None, sa_type=Text)
    rework: int
    returns: int
    nudges: int
    next_due: datetime | None = _moment()
    verifier: str | None = Field(default=None, sa_type=Text)
    rare: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))


class JournalRow(SQLModel, table=True):
    """Append only, by trigger; ``hash`` covers the entry and ``prev_hash`` (I23).

    Only what was said may go, with its ``salt``; its ``digest`` stays (``storage.chain``).
    """

    __tablename__ = "journal"
    __table_args__ = (
        Index("ix_journal_call", "call_id", "id"),
        _partial("ix_journal_registers", "action", "id", where=REGISTERED),
    )
    id: int | None = _key()
    call_id: int = _of("calls.id")
    leg_id: int = Field(sa_type=BigInteger)
    action: str = Field(sa_type=Text)
    at: datetime = _moment(nullable=False)
    actor: int | None = Field(default=None, sa_type=BigInteger)
    actor_name: str = Field(sa_type=Text)
    agency: str | None = Field(default=None, sa_type=Text)
    before: str | None = Field(default=None, sa_type=Text)
    after: str | None = Field(default=None, sa_type=Text)
    facts: dict[str, Any] = _json()
    pieces: list[Any] = _json()
    origin_chat: int | None = Field(default=None, sa_type=BigInteger)
    origin_message: int | None = Field(default=None, sa_type=BigInteger)
    prev_hash: str = Field(sa_type=Text)
    hash: str = Field(sa_type=Text)
    salt: str = Field(sa_column=Column(Text, nullable=False, server_default=""))
    digest: str = Field(sa_column=Column(Text, nullable=False, server_default=""))


class RatingRow(SQLModel, table=True):
    """One rating a leg and round (R5)."""

    __tablename__ = "ratings"
    __table_args__ = (UniqueConstraint("leg_id", "round"),)
    id: int | None = _key()
    leg_id: int = _of("legs.id")
    round: int
    by: int = Field(sa_type=BigInteger)
    verdict: str = Field(sa_type=Text)
    stars: int
    words: str = Field(sa_type=Text)
    rated_at: datetime = _moment(nullable=False)


class ResidentRow(SQLModel, table=True):
    """Somebody who spoke to the bot in private."""

    __tablename__ = "residents"
    account: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    name: str = Field(sa_type=Text)
    consented_at: datetime | None = _moment()
    reachable: bool
    language: str = Field(sa_type=Text)
    member_of: str | None = Field(default=None, sa_type=Text)
    called: str = Field(sa_column=Column(Text, nullable=False, server_default=""))
    banned_until: datetime | None = _moment()
    phone: str = Field(sa_column=Column(Text, nullable=False, server_default=""))


class OfficerRow(SQLModel, table=True):
    """A person acting for an agency; ``id`` is the order of joining."""

    __tablename__ = "officers"
    __table_args__ = (
        UniqueConstraint("account", "agency"),
        Index("ix_officers_agency", "agency", "id"),
    )
    id: int | None = _key()
    account: int = Field(sa_type=BigInteger)
    agency: str = Field(sa_type=Text)
    name: str = Field(sa_type=Text)
    post: str = Field(sa_type=Text)
    since: datetime | None = _moment()
    away_until: datetime | None = _moment()
    substitute: int | None = Field(default=None, sa_type=BigInteger)
    turn: int = Field(sa_column=Column(Integer, nullable=False, server_default="0"))


class GroupRow(SQLModel, table=True):
    """Where an agency answers."""

    __tablename__ = "groups"
    agency: str = Field(sa_type=Text, primary_key=True)
    chat: int = Field(sa_type=BigInteger, unique=True)
    title: str = Field(sa_type=Text)
    bound_by: int = Field(sa_type=BigInteger)
    bound_at: datetime = _moment(nullable=False)
    thread: int | None = Field(default=None, sa_type=BigInteger)
    suspended: bool
    topics: bool
    board: int | None = Field(default=None, sa_type=BigInteger)
    muted: bool = Field(sa_column=Column(Boolean, nullable=False, server_default=false()))


class FootingRow(SQLModel, table=True):
    """What the bot may do in a group."""

    __tablename__ = "footings"
    chat: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    makes_topics: bool
    pins: bool


class CodeRow(SQLModel, table=True):
    """A one-time code as issued."""

    __tablename__ = "codes"
    code: str = Field(sa_type=Text, primary_key=True)
    purpose: str = Field(sa_type=Text)
    agency: str = Field(sa_type=Text)
    issued_by: int = Field(sa_type=BigInteger)
    expires_at: datetime = _moment(nullable=False)
    post: str = Field(sa_type=Text)
    used_at: datetime | None = _moment()


class NumberRow(SQLModel, table=True):
    """The last number given out on a day."""

    __tablename__ = "numbers"
    day: date = Field(primary_key=True)
    last: int


class MarkRow(SQLModel, table=True):
    """How far something has come that happens once for every moment."""

    __tablename__ = "marks"
    name: str = Field(sa_type=Text, primary_key=True)
    at: datetime = _moment(nullable=False)

"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.moment import Moment

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_REFUSES = {
    "sqlite": (
        """
        CREATE TRIGGER journal_{act} BEFORE {act} ON journal
        BEGIN SELECT RAISE(ABORT, 'the journal is append only'); END
        """
    ),
    "postgresql": (
        """
        CREATE TRIGGER journal_{act} BEFORE {act} ON journal
        FOR EACH STATEMENT EXECUTE FUNCTION journal_refuses()
        """
    ),
}
_REFUSAL = """
    CREATE FUNCTION journal_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the journal is append only'; END $$
"""
_ACTS = {"sqlite": ("UPDATE", "DELETE"), "postgresql": ("UPDATE", "DELETE", "TRUNCATE")}


def upgrade() -> None:
    """The first tables, and the triggers that keep the journal append only."""
    _create_tables()
    dialect = op.get_bind().dialect.name
    if dialect == "postgresql":
        op.execute(_REFUSAL)
    for act in _ACTS[dialect]:
        op.execute(_REFUSES[dialect].format(act=act))


def _create_tables() -> None:
    op.create_table(
        "calls",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("draft_id", sa.Text(), nullable=False),
        sa.Column("caller", sa.BigInteger(), nullable=False),
        sa.Column("caller_name", sa.Text(), nullable=False),
        sa.Column("name_shown", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("urgency", sa.Text(), nullable=False),
        sa.Column("danger", sa.Boolean(), nullable=False),
        sa.Column("community", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("pieces", sa.JSON(), nullable=False),
        sa.Column("raised_at", Moment(), nullable=False),
        sa.Column("urged_at", Moment(), nullable=True),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("draft_id"),
        sa.UniqueConstraint("number"),
    )
    op.create_index("ix_calls_caller", "calls", ["caller", "id"], unique=False)
    op.create_index(
        "ix_calls_open_of_caller",
        "calls",
        ["caller", "id"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "codes",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("issued_by", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("used_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "conversations",
        sa.Column("account", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("flow", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("draft_id", sa.Text(), nullable=False),
        sa.Column("token", sa.BigInteger(), nullable=False),
        sa.Column("touched_at", Moment(), nullable=False),
        sa.Column("draft", sa.JSON(), nullable=False),
        sa.Column("trail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("account"),
    )
    op.create_index("ix_conversations_touched", "conversations", ["touched_at"], unique=False)
    op.create_table(
        "groups",
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("bound_by", sa.BigInteger(), nullable=False),
        sa.Column("bound_at", Moment(), nullable=False),
        sa.Column("thread", sa.BigInteger(), nullable=True),
        sa.Column("suspended", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("agency"),
        sa.UniqueConstraint("chat"),
    )
    op.create_table(
        "inbox",
        sa.Column("bot_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("lane", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("received_at", Moment(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("head", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", Moment(), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("bot_id", "update_id"),
    )
    op.create_index(
        "ix_inbox_heads",
        "inbox",
        ["update_id", "lane"],
        unique=False,
        sqlite_where=sa.text("head AND state = 'new'"),
        postgresql_where=sa.text("head AND state = 'new'"),
    )
    op.create_index(
        "ix_inbox_lane",
        "inbox",
        ["lane", "update_id"],
        unique=False,
        sqlite_where=sa.text("state = 'new'"),
        postgresql_where=sa.text("state = 'new'"),
    )
    op.create_table(
        "lanes",
        sa.Column("lane", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("paused_until", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("lane"),
    )
    op.create_table(
        "numbers",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day"),
    )
    op.create_table(
        "officers",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("account", sa.BigInteger(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("since", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("account", "agency"),
    )
    op.create_index("ix_officers_agency", "officers", ["agency", "id"], unique=False)
    op.create_table(
        "outbox",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("lane", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("dedupe", sa.Text(), nullable=True),
        sa.Column("coalesce", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("head", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("not_before", Moment(), nullable=True),
        sa.Column("settled_at", Moment(), nullable=True),
        sa.Column("message", sa.BigInteger(), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("dedupe"),
    )
    op.create_index(
        "ix_outbox_coalesce",
        "outbox",
        ["coalesce"],
        unique=False,
        sqlite_where=sa.text("state = 'ready'"),
        postgresql_where=sa.text("state = 'ready'"),
    )
    op.create_index(
        "ix_outbox_heads",
        "outbox",
        ["rank", "id"],
        unique=False,
        sqlite_where=sa.text("head AND settled_at IS NULL"),
        postgresql_where=sa.text("head AND settled_at IS NULL"),
    )
    op.create_index(
        "ix_outbox_lane",
        "outbox",
        ["lane", "id"],
        unique=False,
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_index(
        "ix_outbox_sending",
        "outbox",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state = 'sending'"),
        postgresql_where=sa.text("state = 'sending'"),
    )
    op.create_table(
        "postings",
        sa.Column("chat", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("leg_id", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("lost", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("chat", "message"),
    )
    op.create_index(
        "ix_postings_cards",
        "postings",
        ["leg_id", "chat", "message"],
        unique=False,
        sqlite_where=sa.text("purpose = 'card' AND NOT lost"),
        postgresql_where=sa.text("purpose = 'card' AND NOT lost"),
    )
    op.create_table(
        "residents",
        sa.Column("account", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("consented_at", Moment(), nullable=True),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("account"),
    )
    op.create_table(
        "journal",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("call_id", sa.BigInteger(), nullable=False),
        sa.Column("leg_id", sa.BigInteger(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("actor", sa.BigInteger(), nullable=True),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("pieces", sa.JSON(), nullable=False),
        sa.Column("origin_chat", sa.BigInteger(), nullable=True),
        sa.Column("origin_message", sa.BigInteger(), nullable=True),
        sa.Column("prev_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"],
            ["calls.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_journal_call", "journal", ["call_id", "id"], unique=False)
    op.create_table(
        "legs",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("call_id", sa.BigInteger(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("caller_agency", sa.Text(), nullable=True),
        sa.Column("adjudicator", sa.Text(), nullable=True),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("dispatched_at", Moment(), nullable=True),
        sa.Column("sign_due", Moment(), nullable=True),
        sa.Column("contact_due", Moment(), nullable=True),
        sa.Column("finish_due", Moment(), nullable=True),
        sa.Column("review_due", Moment(), nullable=True),
        sa.Column("signed_at", Moment(), nullable=True),
        sa.Column("signed_by", sa.Text(), nullable=False),
        sa.Column("contacted_at", Moment(), nullable=True),
        sa.Column("resolved_at", Moment(), nullable=True),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.Column("conclusion", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("rework", sa.Integer(), nullable=False),
        sa.Column("returns", sa.Integer(), nullable=False),
        sa.Column("nudges", sa.Integer(), nullable=False),
        sa.Column("next_due", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["call_id"],
            ["calls.id"],
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["legs.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_legs_call", "legs", ["call_id", "id"], unique=False)
    op.create_index(
        "ix_legs_next_due",
        "legs",
        ["next_due", "id"],
        unique=False,
        sqlite_where=sa.text("next_due IS NOT NULL"),
        postgresql_where=sa.text("next_due IS NOT NULL"),
    )
    op.create_index(
        "ix_legs_open",
        "legs",
        ["agency", "finish_due", "id"],
        unique=False,
        sqlite_where=sa.text("status <> 'closed'"),
        postgresql_where=sa.text("status <> 'closed'"),
    )
    op.create_table(
        "ratings",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("leg_id", sa.BigInteger(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("by", sa.BigInteger(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("rated_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["leg_id"],
            ["legs.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("leg_id", "round"),
    )


def downgrade() -> None:
    """The way back."""
    op.drop_table("ratings")
    op.drop_index(
        "ix_legs_open",
        table_name="legs",
        sqlite_where=sa.text("status <> 'closed'"),
        postgresql_where=sa.text("status <> 'closed'"),
    )
    op.drop_index(
        "ix_legs_next_due",
        table_name="legs",
        sqlite_where=sa.text("next_due IS NOT NULL"),
        postgresql_where=sa.text("next_due IS NOT NULL"),
    )
    op.drop_index("ix_legs_call", table_name="legs")
    op.drop_table("legs")
    op.drop_index("ix_journal_call", table_name="journal")
    op.drop_table("journal")
    op.drop_table("residents")
    op.drop_index(
        "ix_postings_cards",
        table_name="postings",
        sqlite_where=sa.text("purpose = 'card' AND NOT lost"),
        postgresql_where=sa.text("purpose = 'card' AND NOT lost"),
    )
    op.drop_table("postings")
    op.drop_index(
        "ix_outbox_sending",
        table_name="outbox",
        sqlite_where=sa.text("state = 'sending'"),
        postgresql_where=sa.text("state = 'sending'"),
    )
    op.drop_index(
        "ix_outbox_lane",
        table_name="outbox",
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.drop_index(
        "ix_outbox_heads",
        table_name="outbox",
        sqlite_where=sa.text("head AND settled_at IS NULL"),
        postgresql_where=sa.text("head AND settled_at IS NULL"),
    )
    op.drop_index(
        "ix_outbox_coalesce",
        table_name="outbox",
        sqlite_where=sa.text("state = 'ready'"),
        postgresql_where=sa.text("state = 'ready'"),
    )
    op.drop_table("outbox")
    op.drop_index("ix_officers_agency", table_name="officers")
    op.drop_table("officers")
    op.drop_table("numbers")
    op.drop_table("lanes")
    op.drop_index(
        "ix_inbox_lane",
        table_name="inbox",
        sqlite_where=sa.text("state = 'new'"),
        postgresql_where=sa.text("state = 'new'"),
    )
    op.drop_index(
        "ix_inbox_heads",
        table_name="inbox",
        sqlite_where=sa.text("head AND state = 'new'"),
        postgresql_where=sa.text("head AND state = 'new'"),
    )
    op.drop_table("inbox")
    op.drop_table("groups")
    op.drop_index("ix_conversations_touched", table_name="conversations")
    op.drop_table("conversations")
    op.drop_table("codes")
    op.drop_index(
        "ix_calls_open_of_caller",
        table_name="calls",
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.drop_index("ix_calls_caller", table_name="calls")
    op.drop_table("calls")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION journal_refuses")

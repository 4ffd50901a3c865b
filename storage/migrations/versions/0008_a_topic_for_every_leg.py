"""Topics of legs, boards that are pinned, and what the bot may do in a group."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None
TOPICS = sa.text("purpose = 'topic' AND NOT lost")


def upgrade() -> None:
    """Groups that have topics, messages that stand in one, rights as Telegram told them."""
    op.add_column(
        "groups", sa.Column("topics", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("groups", sa.Column("board", sa.BigInteger(), nullable=True))
    op.add_column("postings", sa.Column("thread", sa.BigInteger(), nullable=True))
    op.create_index(
        "ix_postings_topics",
        "postings",
        ["leg_id", "chat"],
        sqlite_where=TOPICS,
        postgresql_where=TOPICS,
    )
    op.create_table(
        "footings",
        sa.Column("chat", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("makes_topics", sa.Boolean(), nullable=False),
        sa.Column("pins", sa.Boolean(), nullable=False),
    )


def downgrade() -> None:
    """The way back."""
    op.drop_table("footings")
    op.drop_index("ix_postings_topics", "postings")
    op.drop_column("postings", "thread")
    op.drop_column("groups", "board")
    op.drop_column("groups", "topics")

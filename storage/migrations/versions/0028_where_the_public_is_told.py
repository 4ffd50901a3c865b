"""Channels: where the public is told how it goes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.moment import Moment

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Channels that the bot administers; there are none before."""
    op.create_table(
        "channels",
        sa.Column("chat", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("posts", sa.Boolean(), nullable=False),
        sa.Column("every", sa.Text(), nullable=False),
        sa.Column("bound_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("chat"),
    )


def downgrade() -> None:
    """The way back."""
    op.drop_table("channels")

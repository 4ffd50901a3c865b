"""Reminders that are edited, groups that are muted, the order of the roster."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None
NUDGES = sa.text("purpose = 'nudge' AND NOT lost")


def upgrade() -> None:
    """Find the last reminder of a leg; remember who is muted, and who is called first."""
    op.create_index(
        "ix_postings_nudges",
        "postings",
        ["leg_id", "chat"],
        sqlite_where=NUDGES,
        postgresql_where=NUDGES,
    )
    op.add_column(
        "groups", sa.Column("muted", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("officers", sa.Column("turn", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    """The way back."""
    op.drop_column("officers", "turn")
    op.drop_column("groups", "muted")
    op.drop_index("ix_postings_nudges", "postings")

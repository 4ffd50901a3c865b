"""Calls in the order they were raised: figures of a week do not read a year."""

from __future__ import annotations

from alembic import op

revision = "0022"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """An index."""
    op.create_index("ix_calls_raised", "calls", ["raised_at", "id"])


def downgrade() -> None:
    """The way back."""
    op.drop_index("ix_calls_raised", table_name="calls")

"""What one person asks for and a second one must agree to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.moment import Key, Moment

revision = "0018"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Petitions."""
    op.create_table(
        "petitions",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("by", sa.BigInteger(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("due", Moment(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("fate", sa.Text(), nullable=False),
        sa.Column("settled_at", Moment(), nullable=True),
        sa.Column("settled_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_petitions_fate", "petitions", ["fate", "due"])


def downgrade() -> None:
    """The way back."""
    op.drop_index("ix_petitions_fate", table_name="petitions")
    op.drop_table("petitions")

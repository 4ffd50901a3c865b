"""How fast we spoke: when each chat was spoken to lately, for all processes and across starts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """How fast we spoke."""
    op.create_table(
        "paces",
        sa.Column("lane", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("times", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("lane"),
    )


def downgrade() -> None:
    """The way back."""
    op.drop_table("paces")

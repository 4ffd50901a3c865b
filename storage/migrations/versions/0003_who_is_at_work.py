"""Who is at work: leases, who sends a row, and whether it may have arrived before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Who is at work: leases, who sends a row, and whether it may have arrived before."""
    op.create_table(
        "leases",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.add_column("outbox", sa.Column("owner", sa.Text(), nullable=False, server_default=""))
    op.add_column(
        "outbox", sa.Column("doubted", sa.Boolean(), nullable=False, server_default=sa.false())
    )


def downgrade() -> None:
    """The way back."""
    op.drop_column("outbox", "doubted")
    op.drop_column("outbox", "owner")
    op.drop_table("leases")

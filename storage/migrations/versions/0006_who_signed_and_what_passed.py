"""Who signed a leg, by account; and which moments of the day have passed for good."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.moment import Moment

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Who signed, and what has passed."""
    op.add_column("legs", sa.Column("signer", sa.BigInteger(), nullable=True))
    op.create_table(
        "marks",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )


def downgrade() -> None:
    """The way back."""
    op.drop_table("marks")
    op.drop_column("legs", "signer")

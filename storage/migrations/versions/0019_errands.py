"""What takes longer than a step: files to be read, files to be written."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.moment import Key, Moment

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Errands."""
    op.create_table(
        "errands",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("account", sa.BigInteger(), nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("message", sa.BigInteger(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_errands_state", "errands", ["state", "id"])


def downgrade() -> None:
    """The way back."""
    op.drop_index("ix_errands_state", table_name="errands")
    op.drop_table("errands")

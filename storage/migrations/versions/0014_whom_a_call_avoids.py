"""The agency that a call is about, which has no part in it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A call says whom it avoids; none of those there are does."""
    op.add_column("calls", sa.Column("avoids", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """The way back."""
    op.drop_column("calls", "avoids")

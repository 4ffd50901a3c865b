"""The number a resident left for their calls."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Empty for everybody who left none."""
    op.add_column("residents", sa.Column("phone", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """The way back."""
    op.drop_column("residents", "phone")

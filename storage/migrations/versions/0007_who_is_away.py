"""Who is away and who stands in; who is a verified Party member."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.moment import Moment

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Who is away, and who is a member."""
    op.add_column("officers", sa.Column("away_until", Moment(), nullable=True))
    op.add_column("officers", sa.Column("substitute", sa.BigInteger(), nullable=True))
    op.add_column("residents", sa.Column("member_of", sa.Text(), nullable=True))


def downgrade() -> None:
    """The way back."""
    op.drop_column("residents", "member_of")
    op.drop_column("officers", "substitute")
    op.drop_column("officers", "away_until")

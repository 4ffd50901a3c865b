"""What the caller of each call wants: to ask, to be helped, to complain …"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Calls of before are for help: nobody was asked, and their limits stay as they are."""
    op.add_column("calls", sa.Column("intent", sa.Text(), nullable=False, server_default="help"))


def downgrade() -> None:
    """The way back."""
    op.drop_column("calls", "intent")

"""Messages that say what an agency tells a caller by phone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None
TASKS = sa.text("purpose = 'phone_task' AND NOT lost")


def upgrade() -> None:
    """The open task of a leg in a chat is found at once."""
    op.create_index(
        "ix_postings_phone_tasks",
        "postings",
        ["leg_id", "chat"],
        sqlite_where=TASKS,
        postgresql_where=TASKS,
    )


def downgrade() -> None:
    """The way back."""
    op.drop_index("ix_postings_phone_tasks", "postings")

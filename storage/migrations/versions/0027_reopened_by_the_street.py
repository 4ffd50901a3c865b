"""The register of what was reopened knows the calls that a street took up again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None
BEFORE = (
    "action IN ('reject', 'redirect', 'dispatch_late', 'merge', 'withdraw', 'let_go', 'return', "
    "'decline', 'agree', 'convene', 'call_up', 'extend', 'hold', 'fail', 'rework', "
    "'reopen', 'reopen_by_hand', 'came_back', 'reclass', 'reclass_above', "
    "'retype', 'retype_above', "
    "'find_unreasonable', 'set_aside', 'press', 'press_by_hand')"
)
AFTER = BEFORE.replace("'came_back'", "'reopen_above', 'came_back'")


def upgrade() -> None:
    """The same index with one act more."""
    _indexed(AFTER)


def downgrade() -> None:
    """The way back."""
    _indexed(BEFORE)


def _indexed(which: str) -> None:
    where = sa.text(which)
    op.drop_index("ix_journal_registers", "journal")
    op.create_index(
        "ix_journal_registers",
        "journal",
        ["action", "id"],
        sqlite_where=where,
        postgresql_where=where,
    )

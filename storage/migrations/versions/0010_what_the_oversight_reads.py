"""Registers of the oversight are read out of the journal; verifiers have a list."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None
REGISTERED = sa.text(
    "action IN ('reject', 'redirect', 'dispatch_late', 'merge', 'withdraw', 'let_go', 'return', "
    "'decline', 'agree', 'convene', 'call_up', 'extend', 'hold', 'fail', 'rework', "
    "'reopen', 'reopen_by_hand', 'came_back', 'reclass', 'reclass_above', "
    "'find_unreasonable', 'set_aside', 'press', 'press_by_hand')"
)
VERIFYING = sa.text("status = 'verifying'")
VERIFIER = sa.text("verifier IS NOT NULL")


def upgrade() -> None:
    """An index of the acts that should be rare, and one of what is to be looked at now."""
    op.create_index(
        "ix_journal_registers",
        "journal",
        ["action", "id"],
        sqlite_where=REGISTERED,
        postgresql_where=REGISTERED,
    )
    op.drop_index("ix_legs_verifier", "legs")
    op.create_index(
        "ix_legs_to_verify",
        "legs",
        ["verifier", "id"],
        sqlite_where=VERIFYING,
        postgresql_where=VERIFYING,
    )


def downgrade() -> None:
    """The way back."""
    op.drop_index("ix_legs_to_verify", "legs")
    op.create_index(
        "ix_legs_verifier",
        "legs",
        ["verifier", "id"],
        sqlite_where=VERIFIER,
        postgresql_where=VERIFIER,
    )
    op.drop_index("ix_journal_registers", "journal")

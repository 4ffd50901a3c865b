"""The register of reclassed calls also has those whose type was put right."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None
NAME = "ix_journal_registers"
BEFORE = (
    "'reject', 'redirect', 'dispatch_late', 'merge', 'withdraw', 'let_go', 'return', "
    "'decline', 'agree', 'convene', 'call_up', 'extend', 'hold', 'fail', 'rework', "
    "'reopen', 'reopen_by_hand', 'came_back', 'reclass', 'reclass_above', "
)
TYPES = "'retype', 'retype_above', "
BEHIND = "'find_unreasonable', 'set_aside', 'press', 'press_by_hand'"


def upgrade() -> None:
    """The index of the acts that should be rare has two more."""
    _of(f"action IN ({BEFORE}{TYPES}{BEHIND})")


def downgrade() -> None:
    """The way back."""
    _of(f"action IN ({BEFORE}{BEHIND})")


def _of(acts: str) -> None:
    op.drop_index(NAME, "journal")
    where = sa.text(acts)
    op.create_index(NAME, "journal", ["action", "id"], sqlite_where=where, postgresql_where=where)

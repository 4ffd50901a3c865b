"""Which life of the database this is, and indexes of what was set aside."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.moment import Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_SET_ASIDE = (
    ("ix_inbox_set_aside", "inbox", ["state", "update_id"], "state IN ('dead', 'ignored')"),
    ("ix_outbox_set_aside", "outbox", ["state", "id"], "state IN ('dead', 'unknown', 'held')"),
)


def upgrade() -> None:
    """Which life of the database this is, and indexes of what was set aside."""
    op.create_table(
        "instance",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("held_since", Moment(), nullable=True),
        sa.Column("restore_point", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.execute("INSERT INTO instance (id, epoch) VALUES (1, 1)")
    for name, table, columns, where in _SET_ASIDE:
        op.create_index(
            name,
            table,
            columns,
            unique=False,
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )


def downgrade() -> None:
    """The way back."""
    for name, table, _, _ in reversed(_SET_ASIDE):
        op.drop_index(name, table_name=table)
    op.drop_table("instance")

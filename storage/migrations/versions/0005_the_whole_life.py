"""The whole life of a call: pauses, proposals, checks; supporters; linked and restricted calls."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.moment import Key, Moment

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_CALLS = (
    ("linked", sa.BigInteger(), None),
    ("link", sa.Text(), None),
    ("supporters", sa.Integer(), "0"),
    ("restricted", sa.Boolean(), sa.false()),
    ("raised_by", sa.BigInteger(), None),
    ("claim", sa.Text(), ""),
    ("phone", sa.Text(), ""),
)
_LEGS = (("verifier", sa.Text(), None), ("rare", sa.JSON(), None))
_INDEXES = (
    ("ix_calls_near", "calls", ["item", "community", "raised_at", "id"], "closed_at IS NULL"),
    ("ix_legs_verifier", "legs", ["verifier", "id"], "verifier IS NOT NULL"),
)


def upgrade() -> None:
    """The whole life of a call."""
    for table, columns in (("calls", _CALLS), ("legs", _LEGS)):
        for name, kind, default in columns:
            nullable = default is None
            op.add_column(table, sa.Column(name, kind, server_default=default, nullable=nullable))
    for index, of, keys, where in _INDEXES:
        op.create_index(
            index, of, keys, sqlite_where=sa.text(where), postgresql_where=sa.text(where)
        )
    op.create_table(
        "supporters",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("call_id", sa.BigInteger(), nullable=False),
        sa.Column("account", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("since", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("call_id", "account"),
    )
    op.create_index("ix_supporters_account", "supporters", ["account", "id"])


def downgrade() -> None:
    """The way back."""
    op.drop_table("supporters")
    for name, table, _, _ in reversed(_INDEXES):
        op.drop_index(name, table_name=table)
    for table, columns in (("legs", _LEGS), ("calls", _CALLS)):
        for name, _, _ in reversed(columns):
            op.drop_column(table, name)

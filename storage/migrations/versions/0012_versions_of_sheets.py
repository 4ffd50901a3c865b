"""Every version of every sheet of the district."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.moment import Key, Moment

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Versions of sheets."""
    op.create_table(
        "sheet_versions",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("effective_from", Moment(), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=True),
        sa.Column("made_by_name", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("restores", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("sheet", "version"),
    )
    op.create_index(
        "ix_sheet_versions_effective", "sheet_versions", ["effective_from", "sheet", "version"]
    )


def downgrade() -> None:
    """The way back."""
    op.drop_index("ix_sheet_versions_effective", table_name="sheet_versions")
    op.drop_table("sheet_versions")

"""What was said can be erased; acts of the office, seals of a day, bans, and whom to forget."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.moment import Key, Moment

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_LASTING = ("id", "call_id", "leg_id", "action", "at", "prev_hash", "hash")
_MAY_LACK = ("agency", "before", "after")
_CHAINED = ("acts", "seals")
_PROOF = (("salt", sa.Text()), ("digest", sa.Text()))


def upgrade() -> None:
    """Tables and columns, and the triggers that let nothing go but what was said."""
    for name, kind in _PROOF:
        op.add_column("journal", sa.Column(name, kind, server_default="", nullable=False))
    op.add_column("residents", sa.Column("called", sa.Text(), server_default="", nullable=False))
    op.add_column("residents", sa.Column("banned_until", Moment(), nullable=True))
    _create_chained()
    _create_lists()
    dialect = op.get_bind().dialect.name
    _may_forget(dialect)
    for table in _CHAINED:
        for act in ("UPDATE", "DELETE"):
            op.execute(_refusal(dialect, table, act))


def _create_chained() -> None:
    op.create_table(
        "acts",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("actor", sa.BigInteger(), nullable=True),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("prev_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "seals",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.Column("act", sa.BigInteger(), nullable=False),
        sa.Column("entries", sa.BigInteger(), nullable=False),
        sa.Column("acts", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _create_lists() -> None:
    op.create_table(
        "erasures",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("account", sa.BigInteger(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("calls", sa.JSON(), nullable=False),
        sa.Column("waiting", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "bans",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("account", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.BigInteger(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("until", Moment(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("lifted_at", Moment(), nullable=True),
        sa.Column("appeal", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_bans_account", "bans", ["account", "id"])


def _may_forget(dialect: str) -> None:
    """An update that takes words and salt away, and leaves everything else, goes through."""
    if dialect == "sqlite":
        same = [f"NEW.{name} = OLD.{name}" for name in _LASTING]
        same += [f"NEW.{name} IS OLD.{name}" for name in _MAY_LACK]
        op.execute("DROP TRIGGER journal_UPDATE")
        op.execute(
            f"CREATE TRIGGER journal_UPDATE BEFORE UPDATE ON journal WHEN NOT ({_forgets(same)})"
            " BEGIN SELECT RAISE(ABORT, 'the journal is append only'); END"
        )
        return
    same = [f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in _LASTING + _MAY_LACK]
    op.execute("DROP TRIGGER journal_UPDATE ON journal")
    op.execute(
        "CREATE TRIGGER journal_UPDATE BEFORE UPDATE ON journal FOR EACH ROW"
        f" WHEN (NOT ({_forgets(same)})) EXECUTE FUNCTION journal_refuses()"
    )


def _forgets(same: list[str]) -> str:
    kept = "NEW.digest = CASE WHEN OLD.digest = '' THEN '-' ELSE OLD.digest END"
    return " AND ".join([*same, "NEW.salt = ''", kept])


def _refusal(dialect: str, table: str, act: str) -> str:
    if dialect == "sqlite":
        return (
            f"CREATE TRIGGER {table}_{act} BEFORE {act} ON {table}"
            f" BEGIN SELECT RAISE(ABORT, 'the journal is append only'); END"
        )
    return (
        f"CREATE TRIGGER {table}_{act} BEFORE {act} ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION journal_refuses()"
    )


def downgrade() -> None:
    """The way back; words that were erased do not come back, and neither do their proofs."""
    for table in ("bans", "erasures", *_CHAINED):
        op.drop_table(table)
    sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute("DROP TRIGGER journal_UPDATE" + ("" if sqlite else " ON journal"))
    op.execute(_refusal("sqlite" if sqlite else "postgresql", "journal", "UPDATE"))
    op.drop_column("residents", "banned_until")
    op.drop_column("residents", "called")
    for name, _ in _PROOF:
        op.drop_column("journal", name)

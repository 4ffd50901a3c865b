"""What a refusal of PostgreSQL is called here, without a word of what was said to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from psycopg import Error, OperationalError
from sqlalchemy.exc import DBAPIError

from core.errors import InEachOthersWay, StoreLost

GIVES_WAY = frozenset({"40001", "40P01"})  # serialization failure, deadlock
FINAL = frozenset({"FATAL", "PANIC"})


@contextmanager
def in_words_of_the_core(said: str) -> Iterator[None]:
    """Says which failures of a server are nobody's fault, so that no update is blamed for them."""
    try:
        yield
    except Error as error:
        raise finding_of(error, said) from error


def finding_of(error: Error, said: str) -> Exception:
    """``StoreLost``, ``InEachOthersWay``, or SQLAlchemy's name for it.

    The server's DETAIL repeats the row, which is what somebody said: the first line is kept.
    """
    if _is_lost(error):
        return StoreLost()
    if error.sqlstate in GIVES_WAY:
        return InEachOthersWay()
    told = error.diag.message_primary or type(error).__name__
    error.args = (told,)
    finding: Exception = DBAPIError.instance(said, None, error, Error, hide_parameters=True)
    finding.args = (f"({type(error).__name__}) {told}",)
    return finding


def _is_lost(error: Error) -> bool:
    """The server has ended the connection with it, or there was none to say it on."""
    if error.diag.severity_nonlocalized in FINAL:
        return True
    return isinstance(error, OperationalError) and error.sqlstate is None

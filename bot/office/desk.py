"""The administrators' desk on the host: what the chat does, beside the service that runs."""

from __future__ import annotations

from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from bot.office.asked import end

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.config import Settings
    from core.rulebook import Rulebook
    from storage.work import SqlWork

Answer = TypeVar("Answer")


@contextmanager
def a_book(settings: Settings, *, writing: bool = False) -> Iterator[tuple[Rulebook, datetime]]:
    """The rule book of a database in use, and the time by its clock.

    Raises ``NothingThere``, ``OtherSchema``, ``SheetMistakes``.
    """
    from core.in_force import InForce, texts
    from core.rulebook import Rulebook
    from storage.aside import acting, looking, time_of
    from storage.sheets import Over

    opening = acting if writing else looking
    with opening(settings.storage.url) as connection:
        now, work, read = time_of(connection), work_on(connection), Over(settings.district.folder)
        laid_over = finished(texts(work, finished(work.sheets.in_force(now))))
        yield Rulebook(work, InForce(read(laid_over), read=read)), now


def work_on(connection: Connection) -> SqlWork:
    """The repositories over a connection that never waits."""
    from storage.replaying import StillWire
    from storage.work import SqlWork

    wire = StillWire(connection)
    wire.shared = connection.dialect.name != "sqlite"
    return SqlWork(wire)


def finished(act: Coroutine[Any, Any, Answer]) -> Answer:
    """What comes of a coroutine that waits for nothing."""
    from storage.replaying import finished as through

    return through(act)


def moment(words: str, book: Rulebook, now: datetime) -> datetime | None:
    """The instant these words name; ends where they name none that is to come."""
    from bot.screens.sheets import bad_moment
    from core.effective import BadMoment, effective

    try:
        return effective(words, now=now, zone=book.rules.district.calendar.zone)
    except BadMoment as bad:
        end(bad_moment(words, past=bad.past))

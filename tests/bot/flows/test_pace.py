"""How fast somebody speaks: who is answered, who is told once, who is only kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.flows.pace import PER_MINUTE, Pace, paced

NOON = datetime(2026, 6, 15, 4, tzinfo=UTC)


def said(albums: list[str], *, apart: float = 0) -> list[Pace]:
    """How each of these messages is taken, so many seconds apart."""
    draft, paces = {}, []
    for n, album in enumerate(albums):
        draft, pace = paced(draft, NOON + timedelta(seconds=n * apart), album=album)
        paces.append(pace)
    return paces


def test_a_flood_is_told_once_and_then_only_kept():
    paces = said([""] * (PER_MINUTE + 3))

    assert paces[:PER_MINUTE] == [Pace.CALM] * PER_MINUTE
    assert paces[PER_MINUTE:] == [Pace.TELL, Pace.QUIET, Pace.QUIET]


def test_a_minute_later_everything_is_answered_again():
    assert set(said([""] * 40, apart=3.5)) == {Pace.CALM}


def test_twenty_photos_of_two_albums_are_two_messages():
    assert set(said([*["a"] * 10, *["b"] * 10, *[""] * (PER_MINUTE - 2)])) == {Pace.CALM}


def test_an_album_in_a_flood_is_told_once():
    paces = said([*[""] * PER_MINUTE, *["a"] * 3])

    assert paces[PER_MINUTE:] == [Pace.TELL, Pace.QUIET, Pace.QUIET]

"""The two taps of a rating: is it solved, and how many stars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.screens import gestures
from bot.screens.names import VERDICTS
from bot.screens.screen import Button
from bot.words import _
from core.rating import Verdict

if TYPE_CHECKING:
    from bot.screens.buttons import Rows
    from bot.screens.easel import Easel
    from core.leg import Leg


def verdicts(leg: Leg, chat: int, easel: Easel) -> tuple[Button, ...]:
    """The caller's first tap: is it solved?"""
    return tuple(
        Button(
            _(VERDICTS[verdict]),
            data=easel.data(gestures.VERDICT, leg.id, leg.version, chat=chat, extra=verdict),
        )
        for verdict in Verdict
    )


def stars(
    tap_leg: int, version: int, verdict: Verdict, *, chat: int, easel: Easel, again: bool = True
) -> Rows:
    """The caller's second tap; after "unsolved", rework stands above the stars, if it may be."""
    row = tuple(
        Button(
            f"{n}⭐",
            data=easel.data(
                gestures.STARS, tap_leg, version, chat=chat, extra=gestures.starred(verdict, n)
            ),
        )
        for n in range(1, 6)
    )
    if verdict is not Verdict.UNSOLVED or not again:
        return (row,)
    data = easel.data(gestures.AGAIN, tap_leg, version, chat=chat)
    return (Button(_("🔁 请原单位重办"), data=data),), row

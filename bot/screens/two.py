"""Two matters in one telling: both beginnings, and whether they are raised one by one."""

from __future__ import annotations

from aiogram.utils.formatting import Bold, Text, as_list

from bot.screens.cards import clipped
from bot.screens.screen import Button, Screen
from bot.words import _

APART, ONE = "apart", "one"
SHOWN = 60


def asks(first: str, second: str) -> Screen:
    """Each matter finds its own agency sooner; but nobody has to."""
    shown = (" ".join(half.split()) for half in (first, second))
    return Screen(
        as_list(
            Bold(_("这里好像说了两件事。分开提，各找各的单位，更快。")),
            *(Text(f"{n}. ", clipped(half, SHOWN)) for n, half in enumerate(shown, start=1)),
        ),
        buttons=(
            (Button(_("分开提，先说第 1 件"), data=APART, style="primary"),),
            (Button(_("就是一件事"), data=ONE),),
        ),
    )

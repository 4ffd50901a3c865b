"""Which item a call is about: the likeliest three, or browse domain, category, item."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.utils.formatting import Bold, Text, as_list

from bot.screens.screen import Button, Screen
from bot.words import _
from core.catalogue import Item

LONGEST_SITUATION = 60


def suggested(
    items: Sequence[Item], *, searched: str = "", asks_community: bool = False
) -> Screen:
    """The items that fit best; only the likeliest is explained, to be read at a glance.

    ``asks_community`` offers to leave the choice to the community.
    """
    if searched:
        asked = _("按“{words}”找到这些，请选一个。").format(words=searched[:20])
    else:
        asked = _("这是哪一类事？请选最接近的一个。")
    first, *others = items
    lines = [Bold(asked), Text(Bold(first.name), _("："), _short(first.situation))]
    if others:
        named = _("；").join(item.name for item in others)
        lines.append(Text(_("也可能是：{names}。").format(names=named)))
    lines.append(Text(_("都不合适，可以自己选，也可以换几个字打给我再找。")))
    rows = [(Button(item.name, data=f"i:{item.code}"),) for item in items]
    browses = Button(_("都不是，自己选"), data="browse")
    return Screen(as_list(*lines), buttons=(*rows, (browses,), *_unsure(asks_community)))


def domains(names: Sequence[str], *, asks_community: bool = False) -> Screen:
    """The domains of the catalogue."""
    rows = [(Button(name, data=f"d:{n}"),) for n, name in enumerate(names)]
    return Screen(
        as_list(
            Bold(_("这件事属于哪个方面？")),
            _("也可以打几个字告诉我，比如“路灯不亮”，我来找。"),
        ),
        buttons=(*rows, *_unsure(asks_community)),
    )


def categories(domain: str, names: Sequence[str]) -> Screen:
    """The categories of a domain."""
    rows = [(Button(name, data=f"k:{n}"),) for n, name in enumerate(names)]
    return Screen(
        Text(Bold(domain), "\n", _("请再选一个小类。")),
        buttons=(*rows, (Button(_("‹ 换个方面"), data="browse"),)),
    )


def items(category: str, found: Sequence[Item], *, asks_community: bool = False) -> Screen:
    """The items of a category, each with its situation."""
    lines = [Text(Bold(item.name), _("："), _short(item.situation)) for item in found]
    rows = [(Button(item.name, data=f"i:{item.code}"),) for item in found]
    up = Button(_("‹ 换个方面"), data="browse")
    return Screen(
        as_list(Text(Bold(category), _("：请选最接近的一个。")), *lines),
        buttons=(*rows, (up,), *_unsure(asks_community)),
    )


def _unsure(offered: bool) -> tuple[tuple[Button, ...], ...]:
    return ((Button(_("说不准，请社区帮忙选"), data="unsure"),),) if offered else ()


def _short(situation: str) -> str:
    if len(situation) <= LONGEST_SITUATION:
        return situation
    return situation[:LONGEST_SITUATION] + "…"

"""Items whose lead is mostly not the one who answers: how often, where, and how to amend it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from aiogram.utils.formatting import Bold, Text, as_list

from bot.screens.asked_stats import asked, named
from bot.screens.screen import Button, Screen
from bot.words import N_, _
from core.agency import AgencyKind
from core.periods import DAY, Period, Stretch

if TYPE_CHECKING:
    from core.district import District
    from core.misroutes import Amendment

USUALLY = 90
ROLES = {AgencyKind.COMMUNITY.value: N_("所在社区"), AgencyKind.STREET.value: N_("所在街道")}
CELLS = {AgencyKind.COMMUNITY.value: "社区", AgencyKind.STREET.value: "街道"}


def period(words: str, today: date) -> Period | str:
    """Which days are meant, the last 90 where none are named; or what is wrong with the words."""
    if not words.strip():
        return Period(Stretch.DATES, today - USUALLY * DAY, today)
    found = asked(words, today)
    if isinstance(found, str) or not found.agency:
        return found if isinstance(found, str) else found.period
    return _("请写明看哪段时间，例如：/misroutes 上季度，/misroutes 2026-01-01 2026-06-30。")


def offered(
    found: Sequence[Amendment], looked_at: int, district: District, period: Period
) -> Screen:
    """The rows worth amending, the most frequent first; a button copies the command for each."""
    days = named(period, period.last)
    if not found:
        told = _("{days}有 {n} 次退单，没有哪一项常派错，清单不用改。")
        return Screen(Text(told.format(n=looked_at, days=days)))
    head = _("{days}这些事项常派错，请看清单里的主办要不要改：").format(days=days)
    lines: list[Text | str] = [head]
    for one in found:
        lines += ["", *_told(one, district)]
    lines += ["", _("点下面的按钮复制命令，发给我，看过改动再确认。不改就不用管。")]
    rows = tuple((_copying(one, district),) for one in found if one.lead)
    return Screen(as_list(*lines), buttons=rows)


def _told(one: Amendment, district: District) -> list[Text | str]:
    tree, item = district.tree, district.catalogue.get(one.item)
    head = _("{n} 件从【{agency}】改派给【{to}】").format(
        n=one.went, agency=tree.get(one.agency).short_name, to=_named(one, district)
    )
    where = _("、").join(f"{tree.get(place).short_name} {n}" for place, n in one.places)
    lines: list[Text | str] = [
        Text(Bold(f"{item.code} {item.name}"), "：", head),
        _("地点：{where}").format(where=where),
    ]
    if one.kept:
        lines.append(_("另有 {n} 件退单没有同意").format(n=one.kept))
    if not one.lead:
        lines.append(_("清单的主办不是它，请看“首接”一列：/item {code}").format(code=item.code))
    return lines


def _named(one: Amendment, district: District) -> str:
    return _(ROLES[one.lead]) if one.lead in ROLES else district.tree.get(one.to).short_name


def _copying(one: Amendment, district: District) -> Button:
    label = _("复制：{item} 主办 → {to}").format(
        item=district.catalogue.get(one.item).name, to=_named(one, district)
    )
    cell = CELLS.get(one.lead) or district.tree.get(one.to).name
    return Button(label, copy=f"/item {one.item} 主办 {cell}")

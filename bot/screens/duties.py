"""Who leads, who helps, and on what basis: the answer to ``/who``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from aiogram.utils.formatting import Bold, Text, as_list

from bot.screens import names
from bot.screens.easel import Easel
from bot.screens.screen import Screen
from bot.screens.times import spanned
from bot.words import N_, _
from core.agency import AgencyKind
from core.catalogue import Item
from core.limits import Clock, Span
from core.routing import ITEM, named_in

KINDS = {
    AgencyKind.COMMUNITY: N_("所在社区"),
    AgencyKind.STREET: N_("所在街道"),
    AgencyKind.DEPARTMENT: N_("主办部门"),
    AgencyKind.ENTERPRISE: N_("主办企业"),
    AgencyKind.DISTRICT: N_("区呼应办"),
}


def duties(items: Sequence[Item], words: str, *, here: str | None, easel: Easel) -> Screen:
    """The likeliest item in full, the others by name; ``here`` is the agency that asks."""
    named = _named_so(items, words)
    first, *others = named or items
    lines = _item(first, here, easel)
    if not named and not _names(first, words):
        likely = _("清单里没有直接写“{words}”，最像的是：").format(words=words[:20])
        lines.insert(0, likely)
    if others:
        other = _("；").join(item.name for item in others)
        lines.append(_("也可能是：{names}。可以再查一次。").format(names=other))
    return Screen(as_list(*lines))


def unlisted(items: Sequence[Item], words: str) -> Screen:
    """Nothing is called so; what merely shares a character is named as that and no more."""
    lines: list[Text | str] = [
        _("清单里没有找到“{words}”，换几个字再试。").format(words=words[:20])
    ]
    if items:
        near = _("；").join(item.name for item in items)
        lines.append(_("只是个别字相同的：{names}。").format(names=near))
    return Screen(as_list(*lines))


def _named_so(items: Sequence[Item], words: str) -> list[Item]:
    """Items that are called so, which makes the merely similar ones noise."""
    return [item for item in items if any(words in name for name in (item.name, *item.aliases))]


def _names(item: Item, words: str) -> bool:
    """Whether what was asked calls the item by a name of it, among other words."""
    return any(name in words for name in (item.name, *item.aliases) if len(name) > 1)


def usage(bot_name: str) -> str:
    """Nothing was asked."""
    return _("请在命令后面写要查的事，例如：/who@{bot} 油烟").format(bot=bot_name)


def _item(item: Item, here: str | None, easel: Easel) -> list[Text | str]:
    clause = easel.district.limits.clauses.get("dispatch", ITEM).replace(ITEM, item.code)
    lines: list[Text | str] = [
        Bold(_("{code} · {name}").format(code=item.code, name=item.name)),
        _("主办：{name}").format(name=_named(item.lead, here, easel)),
    ]
    if item.co:
        helping = _("、").join(_named(name, here, easel) for name in item.co)
        lines.append(_("协办：{names}").format(names=helping))
    lines += [
        _("先接：{name}").format(name=_(KINDS[item.answers_first])),
        _("等级：{urgency}（{limits}）").format(
            urgency=_(names.URGENCIES[item.urgency]), limits=_limits(item, easel)
        ),
        _("启动情形：{words}").format(words=item.situation),
        _("办结标准：{words}").format(words=item.done_standard),
        _("📖 依据：{clause}").format(clause=clause),
    ]
    return lines


def _named(name: str, here: str | None, easel: Easel) -> str:
    """An agency of the sheet; the place's own one where somebody of the place asks."""
    found = named_in(easel.district.tree, name, here or "")
    if found is not None:
        return found.short_name
    return _(KINDS[AgencyKind(name)]) if name in set(AgencyKind) else name


def _limits(item: Item, easel: Easel) -> str:
    spans: Iterable[tuple[Clock, Span | None]] = (
        (clock, easel.district.limits.clock(item.urgency, clock)) for clock in Clock
    )
    return _("，").join(f"{_(names.CLOCKS[c])} {spanned(span)}" for c, span in spans if span)

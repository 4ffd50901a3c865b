"""Where it is: a pin, a typed name, or street and community from a list."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.utils.formatting import Bold, Text, as_list

from bot.screens.screen import Button, Key, Screen
from bot.words import N_, _
from core.agency import Agency, AgencyKind

A_PAGE = 12
BY_STREET = N_("按街道选")


def question(known: str = "", *, behalf: bool = False) -> Screen:
    """The three ways to say where; ``known`` is what was chosen before.

    Who asks on ``behalf`` of a caller sits in an office, whose place is not the matter's.
    """
    lines: list[Text | str] = [Bold(_("事情发生在哪里？"))]
    if known:
        lines.append(_("现在记的是：{place}。要改，请重新选。").format(place=known))
    if behalf:
        lines += [
            _("请打字写对方说的小区、路名或社区名，比如“沙面北街 12 号”。"),
            _("您正在现场的话，也可以点下面的「发送我的位置」。"),
        ]
    else:
        lines += [
            _("在现场的话，请点下面的「发送我的位置」。"),
            _("也可以直接打字，写小区、路名或社区名，比如“沙面北街 12 号”。"),
        ]
    keys = ((Key(_("📍 发送我的位置"), asks="location"),), (Key(_(BY_STREET)),))
    return Screen(as_list(*lines), keys=keys, placeholder=_("小区、路名、门牌号"))


def near(found: Sequence[tuple[Agency, str]]) -> Screen:
    """Communities around a pin, each with its street; the pin may be off by some streets."""
    return _choosing(_("收到位置。附近有这几个社区，请选一个。"), found)


def edge(found: Sequence[tuple[Agency, str]]) -> Screen:
    """A pin on the border of two communities: which of the two? Whoever cannot say need not."""
    own, _street = found[0]
    rows = [(Button(_label(agency, street), data=_value(agency)),) for agency, street in found]
    unsure = Button(_("说不准"), data=f"nearer:{own.code}")
    streets = Button(_("都不是，按街道选"), data="streets")
    asked = _("收到位置，正好在两个社区的交界处。是哪一个？说不准的话，先交给近的那个。")
    return Screen(Text(asked), buttons=(*rows, (unsure,), (streets,)))


def at_the_edge(other: str, *, unsure: bool) -> str:
    """What stands behind the address on the card of a call there."""
    if unsure:
        return _("（在与【{other}】交界处，呼叫人说不准是哪边）").format(other=other)
    return _("（靠近与【{other}】的交界）").format(other=other)


def named(words: str, found: Sequence[tuple[Agency, str]]) -> Screen:
    """What a typed name may mean."""
    return _choosing(_("“{words}”是指哪里？请选一个。").format(words=words[:40]), found)


def unknown(words: str, streets: Sequence[Agency]) -> Screen:
    """Nothing of that name: the words stay as the address, the street is picked."""
    asked = _("地址“{words}”已记下。请再选一下在哪条街道：").format(words=words[:40])
    return _streets(asked, streets)


def streets(found: Sequence[Agency]) -> Screen:
    """All streets."""
    return _streets(_("请选街道："), found)


def communities(street: Agency, found: Sequence[Agency], page: int) -> Screen:
    """The communities of a street, a page of them."""
    shown = found[page * A_PAGE : (page + 1) * A_PAGE]
    turns = []
    if page:
        turns.append(Button(_("‹ 前一页"), data=f"page:{page - 1}"))
    if (page + 1) * A_PAGE < len(found):
        turns.append(Button(_("后一页 ›"), data=f"page:{page + 1}"))
    rows = (*_rows(shown), *((tuple(turns),) if turns else ()))
    return Screen(
        Text(_("{street}：请选社区。").format(street=street.short_name)),
        buttons=(*rows, (Button(_("‹ 换条街道"), data="streets"),)),
    )


def chosen(where: str) -> str:
    """The place as it was understood."""
    return _("好的，地点记下了：{place}。").format(place=where)


def outside(district: str) -> str:
    """The sentence for a pin on the sea or in another district."""
    return _(
        "这个位置不在{district}范围内。请重新发一次位置，或者打字告诉我小区、路名；"
        "事情在别的区，请拨打 12345。"
    ).format(district=district)


def _choosing(asked: str, found: Sequence[tuple[Agency, str]]) -> Screen:
    rows = [(Button(_label(agency, street), data=_value(agency)),) for agency, street in found]
    return Screen(Text(asked), buttons=(*rows, (Button(_("都不是，按街道选"), data="streets"),)))


def _streets(asked: str, found: Sequence[Agency]) -> Screen:
    return Screen(Text(asked), buttons=tuple(_rows(found)))


def _rows(found: Sequence[Agency]) -> list[tuple[Button, ...]]:
    buttons = [Button(agency.short_name, data=_value(agency)) for agency in found]
    return [tuple(buttons[n : n + 2]) for n in range(0, len(buttons), 2)]


def _label(agency: Agency, street: str) -> str:
    return f"{agency.short_name}（{street}）" if street else agency.short_name


def _value(agency: Agency) -> str:
    return f"{'s' if agency.kind is AgencyKind.STREET else 'c'}:{agency.code}"


def not_open(name: str) -> str:
    """The district has not begun there yet: where to turn meanwhile."""
    return _(
        "{name}还没有开通呼应，请拨打 12345 反映。有人身危险请马上拨打 110、119 或 120。"
        "事情在别的地方，请重新选地点。"
    ).format(name=name)

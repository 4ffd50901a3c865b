"""Officers' forms about items, phone calls and other agencies: questions, looks and receipts."""

from __future__ import annotations

from aiogram.utils.formatting import Text, as_list

from bot.screens import names
from bot.screens.filling import title
from bot.screens.screen import Button, Screen
from bot.words import _
from core.catalogue import Item
from core.views import LegView


def between(view: LegView, item: Item) -> list[str]:
    """What an item is changed from, and what to."""
    said = _("{name}（{urgency}）")
    old = said.format(name=view.item.name, urgency=_(names.URGENCIES[view.call.urgency]))
    new = said.format(name=item.name, urgency=_(names.URGENCIES[item.urgency]))
    return [
        _("现在：{item}").format(item=old),
        _("改为：{item}").format(item=new),
        _("办结标准：{standard}").format(standard=item.done_standard),
        _("时限按新的事项重算，已经用掉的时间照算。"),
    ]


def reclassed(view: LegView) -> Screen:
    """The new item, and that the caller knows."""
    told = _("已改为「{item}」{number}，新的期限已告诉呼叫人。")
    return Screen(Text("🏷 ", told.format(item=view.item.name, number=view.call.number)))


def reached(view: LegView) -> Screen:
    """Was the phone answered?"""
    lines = [title(view, _("记电话")), _("电话打通了吗？打通了才算首次联系。")]
    rows = (
        (Button(_("打通了"), data="yes", style="success"),),
        (Button(_("没打通"), data="no"),),
    )
    return Screen(as_list(*lines), rows)


def phoned(view: LegView, was_reached: bool) -> Screen:
    """What that means for the clock."""
    told = (
        _("已记下 {number} 的电话，算已联系。呼叫人能看到这条记录。")
        if was_reached
        else _("已记下 {number} 的电话没有打通，请再试，或者在群里回复卡片留言。")
    )
    return Screen(Text("☎️ ", told.format(number=view.call.number)))


def helped(child: LegView) -> Screen:
    """Who helps, and who still answers."""
    told = _("已请【{agency}】协办 {number}。主办仍是你们，等协办结案后再办结。")
    return Screen(
        Text("🤝 ", told.format(agency=child.agency.short_name, number=child.call.number))
    )

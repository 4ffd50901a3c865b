"""Officers' forms about items, phone calls and other agencies: questions, looks and receipts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from aiogram.utils.formatting import BlockQuote, Bold, Text, as_list

from bot.screens import names
from bot.screens.cards import clipped, in_groups, place
from bot.screens.filling import standing_in, title
from bot.screens.masking import masked
from bot.screens.screen import Button, Screen
from bot.screens.times import soon
from bot.words import _
from core.agency import Agency
from core.catalogue import Item
from core.views import CallView, LegView

LONGEST_COMPARED, LONGEST_LISTED = 1200, 40


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


def helped(child: LegView, meant: str = "") -> Screen:
    """Who helps, or stands in for who was ``meant``, and who still answers."""
    told = _("已请【{agency}】协办 {number}。主办仍是你们，等协办结案后再办结。")
    why = standing_in(meant) if meant else ""
    return Screen(
        Text("🤝 ", told.format(agency=child.agency.short_name, number=child.call.number), why)
    )


def which_call(view: LegView, found: Sequence[CallView], now: datetime, zone: tzinfo) -> Screen:
    """Into which call: those nearby of the same item, or one by its number."""
    lines: list[Text | str] = [
        title(view, _("并案")),
        _("和哪一件是同一件事？选中的那一件接着办。"),
    ]
    lines += [
        Text(
            Bold(one.call.number), " ", soon(one.call.raised_at, now, zone), " ", _short(one.main)
        )
        for one in found
    ]
    if not found:
        lines.append(_("附近没有同类的呼叫。"))
    lines.append(_("列表里没有的，请打完整的编号。"))
    rows = tuple((Button(one.call.number, data=str(one.call.id)),) for one in found)
    return Screen(as_list(*lines), rows)


def compare(view: LegView, other: CallView) -> Screen:
    """Both texts side by side, as the groups see them."""
    main = other.main
    lines = [
        title(view, _("并案")),
        Text(Bold(_("这一件（并入后结案）")), " ", view.call.number, " ", place(view)),
        _words(view),
        Text(Bold(_("主件（接着办）")), " ", main.call.number, " ", place(main)),
        _words(main),
        _("呼叫人和同感的居民都会转到主件，有进展照样告诉他们。"),
    ]
    send = Button(_("是同一件，并案"), data="send", style="success")
    return Screen(as_list(*lines), ((send,), (Button(_("重选"), data="again"),)))


def merged(view: LegView) -> Screen:
    """One call goes on for both."""
    told = _("{number} 已并入 {main}，呼叫人已收到通知。")
    return Screen(Text("🔗 ", told.format(number=view.call.number, main=view.linked)))


def _words(view: LegView) -> BlockQuote | str:
    words = " ".join(piece.text for piece in in_groups(view.call.pieces) if piece.text)
    said = " ".join(part for part in (words, masked(view.call.details)) if part)
    return BlockQuote(clipped(said, LONGEST_COMPARED)) if said else _("（只有照片或语音）")


def _short(view: LegView) -> str:
    words = " ".join(piece.text for piece in in_groups(view.call.pieces) if piece.text)
    return clipped(words, LONGEST_LISTED)


def naming(view: LegView, agency: Agency) -> list[str]:
    """Who would answer, and that it binds."""
    return [
        _("现在：{agency}").format(agency=view.agency.name),
        _("指定：{agency}").format(agency=agency.name),
        _("指定后不能再退，期限马上告诉呼叫人。"),
    ]


def lead_named(view: LegView) -> Screen:
    """It is decided."""
    told = _("已指定【{agency}】主办 {number}，不能再退。")
    return Screen(Text("⚖️ ", told.format(agency=view.agency.short_name, number=view.call.number)))


def divided(view: LegView, sibling: LegView) -> Screen:
    """Both numbers, and who answers the new one."""
    told = _("已从 {number} 拆出 {new}，由【{agency}】办理。呼叫人已收到两个编号。")
    return Screen(
        Text(
            "✂️ ",
            told.format(
                number=view.call.number,
                new=sibling.call.number,
                agency=sibling.agency.short_name,
            ),
        )
    )

"""What somebody reads first, and when they ask for help."""

from __future__ import annotations

from aiogram.utils.formatting import Bold, Text, as_list

from bot.screens.screen import Screen
from bot.words import _


def welcome(name: str, *, administrator: bool = False) -> Screen:
    """First contact, or back again."""
    hello = _("{name}，您好！我是“呼应”。").format(name=name) if name else _("您好！我是“呼应”。")
    return Screen(
        as_list(
            Bold(hello),
            _("身边有什么事要解决，请直接打字、发照片、按住话筒说语音，或者发位置给我。"),
            _("我会转给负责的单位，一直跟到办结，再请您评价。"),
            _("有生命危险请先拨打 110、119、120。"),
            "",
            *commands(),
            *([_("/admin 管理命令一览")] if administrator else []),
        ),
        drops_keys=True,
    )


def help_text(*, officer_of: tuple[str, ...] = (), administrator: bool = False) -> Screen:
    """What can be done here, by who asks."""
    lines: list[Text | str] = [
        Bold(_("怎么用")),
        _("有事直接发给我：文字、照片、语音、视频、位置都可以。发错了可以改，发送前都能取消。"),
        *commands(),
    ]
    if officer_of:
        named = _("、").join(officer_of)
        lines += [
            "",
            Bold(_("您是{agencies}的经办人").format(agencies=named)),
            _("请在本单位的群里办理：点卡片上的按钮，或者直接回复卡片。"),
            _("有人打电话或上门反映，请发 /behalf 替对方登记；领取码要换，请发 /newcode 编号。"),
        ]
    if administrator:
        lines += [
            "",
            _("您是管理员：改规则、管单位和人员、查看和导出，请看 /admin。"),
        ]
    return Screen(as_list(*lines))


def commands() -> list[str]:
    """The commands, one a line."""
    return [
        _("/call 反映一件事"),
        _("/mycalls 我的呼叫：看进展、补充、催办、撤回"),
        _("/cancel 取消正在说的"),
        _("/mydata 我的个人信息：查看、更正、导出、删除"),
        _("/language 换语言"),
        _("/help 怎么用"),
    ]


def unknown_link() -> Screen:
    """A start link nobody drew, or one that is over."""
    return Screen(Text(_("这个链接用不了，可能已经过期。有事请直接发消息给我，或者点 /call。")))


def resumed() -> Text:
    """Before the current question is shown once more."""
    return Text(_("您上次的事还没说完，我们接着来："))


def nothing_running() -> str:
    """For ``/cancel`` when there is nothing to cancel."""
    return _("现在没有正在说的事，不用取消。有事请直接发消息给我。")


def pleasantry(thanks: bool) -> str:
    """For a thank-you or a hello: nobody wants a form for that."""
    if thanks:
        return _("不客气。有事请随时发消息给我。")
    return _("您好！有事请直接告诉我：打字、照片、语音、位置都可以。")

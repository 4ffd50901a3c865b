"""What a resident reads who leaves a phone number, changes it, or takes it out again."""

from __future__ import annotations

from aiogram.utils.formatting import Bold, Text, as_list

from bot.screens.masking import masked
from bot.screens.screen import Button, Key, Screen
from bot.words import N_, _

HOME = "+86"
NONE = N_("不留电话")
KEEP, STEP = "keep", "own_number"


def shown(phone: str) -> str:
    """Enough of the number for its owner to know it by."""
    return masked(phone.removeprefix(HOME))


def asks(phone: str) -> Screen:
    """One key hands it over; typing another number does as well."""
    lines: list[Text | str] = [Bold(_("留个电话，办理人好联系您"))]
    if phone:
        lines.append(_("现在留的是：{phone}。").format(phone=shown(phone)))
    lines += [
        _("请点下面的「发送我的电话」，或者直接打字写号码。"),
        _("电话只给签收的办理人看，每看一次都会告诉您。不想留，点「不留电话」。"),
    ]
    keys = ((Key(_("📱 发送我的电话"), asks="contact"),), (Key(_(NONE)),))
    return Screen(as_list(*lines), keys=keys, placeholder=_("手机号或座机号"))


def button(phone: str) -> Button:
    """On another screen: leave a number, or look at the one that was left."""
    if phone:
        return Button(_("📞 改电话（{phone}）").format(phone=shown(phone)), data=STEP)
    return Button(_("📞 留个电话，方便联系您"), data=STEP)


def sure(phone: str) -> Screen:
    """A card that nobody asked for: what could be done with it."""
    return Screen(
        Text(
            _(
                "要把您的电话 {phone} 留给办理人吗？只给签收的办理人看，每看一次都会告诉您。"
            ).format(phone=shown(phone))
        ),
        ((Button(_("✅ 留下这个电话"), data=KEEP, style="success"),),),
    )


def kept(phone: str, count: int) -> Screen:
    """It is kept, for which calls, and how to take it out."""
    told = _("电话 {phone} 记下了，以后的呼叫都用它。").format(phone=shown(phone))
    if count:
        told += _("在办的 {n} 件也用上了。").format(n=count)
    return Screen(Text(told, _("要改或不留了，请点 /mydata。")))


def unchanged() -> Screen:
    """The card is forgotten; what was left before stays."""
    return Screen(Text(_("好的，没有改动。这张名片没有留下。")))


def echo(phone: str) -> str:
    """What was understood, where the conversation goes on."""
    return _("好的，电话记下了。") if phone else _("好的，不留电话。")


def not_a_number() -> str:
    """Nothing that somebody could ring here."""
    return _(
        "这不像内地的电话号码，没有留下。请再发一次，例如 13800000000；不想留，请点「不留电话」。"
    )


def abroad() -> str:
    """A card of one's own whose number an officer could hardly ring."""
    return _(
        "您的 Telegram 用的不是内地号码，办理人可能打不通，没有留下。"
        "请直接打字写一个内地的手机号或座机号。"
    )


def somebody_elses() -> str:
    """A card that is not the speaker's: kept nowhere (S8)."""
    return _(
        "这是别人的名片，没有留下；您前面说的都还在。"
        "想留自己的电话，请点 /mydata，再点「改电话」。"
    )


def consent_first() -> str:
    """Nothing is kept of whoever did not agree yet."""
    return _("电话还没有留下。请先点 /call，看一下我们怎么保管您的信息，同意以后就能留。")

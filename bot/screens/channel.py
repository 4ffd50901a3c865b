"""The district's channel as an administrator sets it up: what a command would do, and how."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.utils.formatting import Text

from bot.screens.names import clean
from bot.screens.screen import Button, Screen
from bot.words import N_, _
from core.channel import Channel, Every

YES, DROP = "chan", "nochan"
OFTEN = {
    Every.WEEKLY: N_("每周一次"),
    Every.DAILY: N_("每个工作日"),
    Every.OFF: N_("不发"),
}
WORDS = {
    **dict.fromkeys(("每周", "weekly"), Every.WEEKLY),
    **dict.fromkeys(("每天", "每日", "daily"), Every.DAILY),
    **dict.fromkeys(("关", "不发", "off"), Every.OFF),
}
BIND, UNBIND = frozenset({"绑定", "綁定", "bind"}), frozenset({"解除", "unbind"})
Rows = tuple[tuple[Button, ...], ...]
DIGITS = 4


def called(channel: Channel, known: Sequence[Channel]) -> str:
    """Its title; with the last digits of its number where another one has the same."""
    title, digits = clean(channel.title), _digits(channel, known)
    if not digits:
        return title
    return _("{title}（尾号 {digits}）").format(title=title, digits=digits)


def spellings(channel: Channel, known: Sequence[Channel]) -> tuple[str, ...]:
    """What may be written for it."""
    title, digits = clean(channel.title), _digits(channel, known)
    return (title, called(channel, known), f"{title} {digits}", digits) if digits else (title,)


def _digits(channel: Channel, known: Sequence[Channel]) -> str:
    """So many that no other one of that title ends like it; none where there is no other."""
    number, title = str(channel.chat), clean(channel.title)
    others = {str(one.chat) for one in known if clean(one.title) == title} - {number}
    if not others:
        return ""
    tails = (number[-size:] for size in range(DIGITS, len(number)))
    return next((t for t in tails if not any(one.endswith(t) for one in others)), number)


def shown(known: Sequence[Channel]) -> str:
    """``/channel``: which one it is, how often it is told, what can be changed."""
    bound = next((one for one in known if one.bound_at), None)
    if bound is None:
        return "\n".join([_("还没有公开频道。"), _free(known) or how_to_add()])
    lines = [
        _("公开频道：{title}，简报{often}。").format(
            title=called(bound, known), often=_(OFTEN[bound.every])
        ),
        *([] if bound.posts else [lost(bound)]),
        _("公布排名：/ranking 上月"),
        _("改：/channel 每周，/channel 每天，/channel 关；换一个：/channel 绑定；/channel 解除。"),
    ]
    return "\n".join(lines)


def _free(known: Sequence[Channel]) -> str:
    names = _("、").join(called(one, known) for one in known if one.posts)
    told = _("我可以在这些频道里发消息：{names}。要用作公开频道，请发：/channel 绑定")
    return told.format(names=names) if names else ""


def how_to_add() -> str:
    """Where a channel comes from."""
    return _(
        "请您本人在频道里把我加为管理员，给我“发布消息”的权限；我会告诉您下一步。"
        "频道里只发数字和公开事项，不发姓名、地址和限制查看的呼叫。"
    )


def met(channel: Channel, known: Sequence[Channel]) -> str:
    """To the administrator who made the bot one."""
    title = called(channel, known)
    if not channel.posts:
        return _("我进了频道“{title}”，可是不能发消息。请给我“发布消息”的权限。").format(
            title=title
        )
    return _("我可以在频道“{title}”里发消息了。要用它作公开频道，请发：/channel 绑定").format(
        title=title
    )


def lost(channel: Channel) -> str:
    """To every administrator."""
    return _(
        "⚠️ 公开频道“{title}”现在发不进去，简报停了。"
        "请在频道里把我加为管理员，给我“发布消息”的权限，之后自动接着发。"
    ).format(title=clean(channel.title))


def back(channel: Channel) -> str:
    """It may write there again."""
    return _("公开频道“{title}”又能发了。").format(title=clean(channel.title))


def question_bind(channel: Channel, known: Sequence[Channel], rows: Rows) -> Screen:
    """What binding would do."""
    before = next((one for one in known if one.bound_at), None)
    lines = [
        _("把“{title}”作为公开频道：每周第一个工作日早上发上周的公开简报。").format(
            title=called(channel, known)
        ),
        *(
            [_("原来的频道“{title}”不再用。").format(title=called(before, known))]
            if before and before.chat != channel.chat
            else []
        ),
        _("要撤回：/channel 解除"),
        hurry(),
    ]
    return Screen(Text("\n".join(lines)), rows)


def question_often(channel: Channel, every: Every, rows: Rows) -> Screen:
    """What another rhythm would do."""
    told = _("频道“{title}”的公开简报：{before} → {after}。").format(
        title=clean(channel.title), before=_(OFTEN[channel.every]), after=_(OFTEN[every])
    )
    return Screen(Text(f"{told}\n{hurry()}"), rows)


def question_unbind(channel: Channel, rows: Rows) -> Screen:
    """What it would mean to have none."""
    told = _("“{title}”不再是公开频道：不再发简报和排名，已发的留着。").format(
        title=clean(channel.title)
    )
    return Screen(Text(f"{told}\n{hurry()}"), rows)


def hurry() -> str:
    """Confirm soon."""
    return _("请您本人在 60 秒内确认。")


def which(known: Sequence[Channel]) -> Screen:
    """More than one could be meant, or none is; those of one title open by a button."""
    free = [one for one in known if one.posts]
    if not free:
        return Screen(Text(how_to_add()))
    names = _("、").join(called(one, known) for one in free)
    told = _("请写上频道的名称：/channel 绑定 名称。可以绑定：{names}").format(names=names)
    alike = [one for one in free if _digits(one, known)]
    if not alike:
        return Screen(Text(told))
    how = _("名称一样的请写尾号：/channel 绑定 {digits}。不知道是哪一个，请点下面的按钮打开看。")
    lines = (told, how.format(digits=_digits(alike[0], known)))
    return Screen(Text("\n".join(lines)), tuple((_opening(one, known),) for one in alike))


def _opening(channel: Channel, known: Sequence[Channel]) -> Button:
    """Its first message, which every channel has."""
    number = str(channel.chat).removeprefix("-100")
    return Button(called(channel, known), url=f"https://t.me/c/{number}/1")


def usage() -> str:
    """How the command is written."""
    return _("可以写：/channel 绑定，/channel 每周，/channel 每天，/channel 关，/channel 解除。")


def bound(channel: Channel, known: Sequence[Channel]) -> str:
    """Done."""
    return _("✅ 公开频道是“{title}”，简报{often}。").format(
        title=called(channel, known), often=_(OFTEN[channel.every])
    )


def unbound(channel: Channel) -> str:
    """Done."""
    return _("“{title}”不再是公开频道。").format(title=clean(channel.title))


def dropped() -> str:
    """In place of the proposal."""
    return _("已取消，频道没有变化。")


def digest_failed() -> str:
    """It could not be counted."""
    return _("没能把公开简报做出来。下一次到时再发；要看数字，请发：/stats 上周")

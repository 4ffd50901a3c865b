"""Topics of a group: how one is called, what is asked of Telegram, what the group is told."""

from __future__ import annotations

from bot.delivery.speech import Speech
from bot.screens import names
from bot.screens.names import clean
from bot.words import _
from core.people import Binding
from core.posting import Purpose
from core.views import LegView

LONGEST = 128


def title(view: LegView) -> str:
    """Number and item: what is seen of a topic in the list of a group."""
    return f"{view.call.number} {names.item(view)}"[:LONGEST]


def making(view: LegView, chat: int) -> Speech:
    """A topic for this leg."""
    params = {"chat_id": chat, "name": title(view)}
    return Speech("createForumTopic", params, view.leg.id, Purpose.TOPIC)


def turning(view: LegView, chat: int, thread: int) -> Speech:
    """Closed with the leg, open with it."""
    method = "reopenForumTopic" if view.leg.open else "closeForumTopic"
    return Speech(method, {"chat_id": chat, "message_thread_id": thread})


def switched(binding: Binding) -> str:
    """The answer to ``/topics``."""
    if binding.topics:
        return _(
            "✅ 从现在起，每一件新呼叫单独开一个话题，卡片和往来都在里面，结案后自动关闭。"
            "看板发在综合话题。已有的卡片留在原处。要改回来：/topics off"
        )
    return _("✅ 从现在起，新呼叫都发在同一个消息流里。已开的话题照常用到结案。")


def standing(binding: Binding, bot_name: str) -> str:
    """``/topics`` alone: how it is, and how to change it."""
    now = _("每件一个话题") if binding.topics else _("同一个消息流")
    lines = (
        _("本群现在是：{now}。").format(now=now),
        _("每件一个话题：/topics@{bot} on").format(bot=bot_name),
        _("同一个消息流：/topics@{bot} off").format(bot=bot_name),
    )
    return "\n".join(lines)


def ended() -> str:
    """To the group: the right is gone."""
    return _(
        "⚠️ 我不能再管理话题了，新来的呼叫先发在这里，一件也不会少。"
        "请群主把我设为管理员并打开“管理话题”，我会自动恢复。"
    )


def no_forum() -> str:
    """To the group: it has no topics any more."""
    return _("⚠️ 本群的话题已关掉，新来的呼叫发在这里。重新打开话题后，请再发 /topics on。")


def deleted(numbers: str) -> str:
    """To the group: a topic was deleted."""
    if not numbers:
        return _("⚠️ 绑定时用的话题被删除了，以后的卡片和看板发在这里。")
    return _(
        "⚠️ {numbers} 的话题被删除了，卡片重新发在这里，后面的消息也在这里。"
        "不用删话题：结案后会自动关闭。"
    ).format(numbers=numbers)


def deleted_somewhere(agency: str, binding: Binding) -> str:
    """To administrators: where topics were deleted."""
    return _("⚠️ 【{agency}】的办理群“{title}”有话题被删除，卡片已改发到综合话题。").format(
        agency=agency, title=clean(binding.title)
    )

"""What is told when a group falls silent: to administrators, and to the level above."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from bot.screens.names import clean
from bot.screens.settings import lost
from bot.words import _

if TYPE_CHECKING:
    from bot.screens.easel import Easel
    from core.desk.silencing import Silence

Told = tuple[int, str]


def gone(silence: Silence, administrators: Collection[int], easel: Easel) -> Iterator[Told]:
    """The bot was removed, or the group was deleted: it is to be bound again."""
    words = lost(easel.name_of(silence.binding.agency), silence.binding)
    yield from ((account, words) for account in sorted(administrators))
    yield from _above(silence, easel)


def muted(silence: Silence, administrators: Collection[int], easel: Easel) -> Iterator[Told]:
    """The bot may not write: somebody who manages the group lets it."""
    words = _(
        "🔇 呼应在【{agency}】的办理群“{title}”被禁言，这个单位暂时收不到卡片和提醒。"
        "请群管理员允许机器人发消息；允许后在群里发一次 /board@{bot} 就恢复。"
    ).format(
        agency=easel.name_of(silence.binding.agency),
        title=clean(silence.binding.title),
        bot=easel.bot_name,
    )
    yield from ((account, words) for account in sorted(administrators))
    yield from _above(silence, easel)


def back(silence: Silence, administrators: Collection[int], easel: Easel) -> Iterator[Told]:
    """It may write again."""
    words = _("✅ 【{agency}】的办理群恢复了，卡片和提醒照常发到那里。").format(
        agency=easel.name_of(silence.binding.agency)
    )
    chats = [*sorted(administrators), *([silence.above] if silence.above else [])]
    yield from ((chat, words) for chat in chats)


def _above(silence: Silence, easel: Easel) -> Iterator[Told]:
    """To whoever answers until then: how much there is, and how to reach them."""
    if silence.above is None:
        return
    agency = easel.agency(silence.binding.agency)
    words = _(
        "📵 【{agency}】的办理群收不到消息，那里还有 {n} 件在办。"
        "恢复前，新的呼叫派到本群，提醒也发到本群：请联系他们，或派人办理。"
    ).format(agency=easel.name_of(silence.binding.agency), n=silence.open)
    phone = agency.phone if agency else ""
    told = _("值班电话：{phone}。").format(phone=phone) if phone else ""
    yield silence.above, f"{words}{told}"

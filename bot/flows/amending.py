"""Messages that somebody edits: the draft follows, what was sent stays (A10)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from aiogram.utils.formatting import Text

from bot.flows.material import rewritten
from bot.flows.telling import Teller
from bot.words import _

if TYPE_CHECKING:
    from aiogram.types import Message

    from bot.flows.engine import Engine
    from bot.flows.scene import Scene


async def amend(message: Message, scene: Scene, engine: Engine) -> None:
    """Change the words in the draft, or say how to add to what was sent already."""
    text = message.text or message.caption or ""
    talk = await engine.running(scene)
    changed = rewritten(dict(talk.draft), message.message_id, text) if talk else None
    if talk is None or changed is None:
        await Teller(message, scene).say(
            _("改过的消息不会自动更新，请重新发一条。已经发出的事，请点 /mycalls 补充。")
        )
        return
    await scene.conversations.save(replace(talk, draft=changed))
    await engine.again(scene, message, Text(_("已按您改过的内容更新。")))

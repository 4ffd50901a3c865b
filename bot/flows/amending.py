"""Messages that somebody edits: the draft follows, what was sent stays (A10)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from aiogram.utils.formatting import Text

from bot.flows.material import rewritten
from bot.flows.telling import Teller
from bot.words import _
from core.call import Medium, Origin, Piece
from core.errors import NothingToCorrect

if TYPE_CHECKING:
    from aiogram.types import Message

    from bot.flows.engine import Engine
    from bot.flows.scene import Scene


async def _amended(message: Message, text: str, scene: Scene) -> str:
    """What was added to an open call goes to the agency as a correction; nothing if the same."""
    origin = Origin(scene.chat, message.message_id)
    piece = Piece(Medium.WORDS, text)
    try:
        leg = await scene.desk.amend(piece, origin=origin, by=scene.actor, now=scene.now)
    except NothingToCorrect:
        return _("改过的消息不会自动更新，请重新发一条。已经发出的事，请点 /mycalls 补充。")
    if leg is None:
        return ""
    view = await scene.board.leg(leg.id)
    return _("已把您改过的话作为更正转给{agency}（{number}）。").format(
        agency=view.agency.short_name, number=view.call.number
    )


async def amend(message: Message, scene: Scene, engine: Engine) -> None:
    """Change the words in the draft, or say how to add to what was sent already."""
    text = message.text or message.caption or ""
    talk = await engine.running(scene)
    changed = rewritten(dict(talk.draft), message.message_id, text) if talk else None
    if talk is None or changed is None:
        if told := await _amended(message, text, scene):
            await Teller(message, scene).say(told)
        return
    await scene.conversations.save(replace(talk, draft=changed))
    await engine.again(scene, message, Text(_("已按您改过的内容更新。")))

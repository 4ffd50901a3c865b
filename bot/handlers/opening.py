"""Start links of officers: joining an agency, and acts that need several questions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aiogram import Bot, F, Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.methods import SetMyCommands
from aiogram.types import Message

from bot.commands import menus_of
from bot.flows.engine import Engine
from bot.flows.scene import Scene
from bot.handlers.standing import IN_PRIVATE
from bot.screens import links, settings
from bot.screens.easel import Easel
from bot.words import _, spoken
from core.desk import Desk
from core.lifecycle import Action
from core.people import Actor, Post

FLOWS = {
    links.RESOLVE: ("resolve", Action.RESOLVE),
    links.RETURN: ("return", Action.RETURN),
    links.CALL_UP: ("call_up", Action.CALL_UP),
    links.RECLASS: ("reclass", Action.RECLASS),
    links.RECLASS_ABOVE: ("reclass", Action.RECLASS_ABOVE),
    links.RETYPE: ("retype", Action.RETYPE),
    links.RETYPE_ABOVE: ("retype", Action.RETYPE_ABOVE),
    links.LOG_PHONE: ("phone", Action.LOG_PHONE),
    links.REVEAL: ("reveal", Action.REVEAL),
    links.RESTRICT: ("secret", Action.RESTRICT),
    links.LIFT: ("lift", Action.PROPOSE_LIFT),
    links.ADD_CO: ("add_co", Action.ADD_CO),
    links.ADD_CO_ABOVE: ("add_co", Action.ADD_CO_ABOVE),
    links.ADD_CO_BY_HAND: ("add_co", Action.ADD_CO_BY_HAND),
    links.MERGE: ("merge", Action.MERGE),
    links.SPLIT: ("split", Action.SPLIT),
    links.NAME_LEAD: ("name_lead", Action.NAME_LEAD),
    links.EXTEND: ("extend", Action.ASK_EXTENSION),
    links.FAIL: ("fail", Action.FAIL),
    links.PRESS: ("press", Action.PRESS_BY_HAND),
    links.REOPEN: ("reopen", Action.REOPEN_BY_HAND),
    links.REOPEN_ABOVE: ("reopen", Action.REOPEN_ABOVE),
    links.ADMIT: ("admit", Action.ADMIT),
    links.ASK: ("ask", Action.ASK),
    links.INQUIRE: ("ask", Action.INQUIRE),
    links.REDIRECT: ("redirect", Action.REDIRECT),
    links.REJECT: ("reject", Action.PROPOSE_REJECTION),
    links.HOLD: ("hold", Action.PROPOSE_HOLD),
    links.OBJECT_TO_HOLD: ("object", Action.OBJECT_TO_HOLD),
    links.ORDER_UP: ("order_up", Action.ORDER_UP),
    links.FINDING: ("finding", Action.PROPOSE_FINDING),
    links.CONTEST: ("rating_objection", Action.OBJECT_TO_RATING),
}


async def open_duty(
    message: Message,
    command: CommandObject,
    desk: Desk,
    actor: Actor,
    easel: Easel,
    engine: Engine,
    scene: Scene,
) -> Any:
    """A card's 办结, 退单, 上呼 …: the flow, if this person may take that step now."""
    tap = easel.links.read(command.args or "")
    if tap is None or tap.action not in FLOWS:
        return message.answer(_("这个链接打不开，请回到群里，从最新的卡片再点一次。"))
    flow, action = FLOWS[tap.action]
    leg = await desk.could(tap.leg, action, by=actor, now=scene.now, version=tap.version)
    await engine.start(flow, {"leg": leg.id, "version": leg.version}, scene, message)
    return None


async def become_member(
    message: Message, command: CommandObject, desk: Desk, actor: Actor, easel: Easel, now: datetime
) -> Any:
    """A one-time link: this resident is a verified Party member from now on."""
    code = (command.args or "").removeprefix(links.MEMBER)
    agency = await desk.verify_member(code, by=actor, now=now)
    return message.answer(settings.verified(agency))


async def join(
    message: Message,
    command: CommandObject,
    desk: Desk,
    actor: Actor,
    easel: Easel,
    bot: Bot,
    now: datetime,
) -> Any:
    """A one-time link: this person acts for an agency from now on."""
    code = (command.args or "").removeprefix(links.JOIN)
    officer = await desk.join(code, by=actor, now=now)
    own = menus_of(
        *(message.chat.id, spoken()),
        administrator=actor.administrator,
        officer=True,
        auditor=officer.post is Post.AUDITOR,
    )
    for menu in own:
        await bot(SetMyCommands.model_validate(menu))
    agency = easel.district.tree.get(officer.agency)
    return message.answer(settings.joined(agency, officer.post))


def router() -> Router:
    """Before the residents' own ``/start``."""
    opening = Router(name="opening")
    opening.message.filter(IN_PRIVATE)
    duty = F.args.startswith(links.DUTY)
    opening.message.register(open_duty, CommandStart(deep_link=True, magic=duty))
    opening.message.register(
        join, CommandStart(deep_link=True, magic=F.args.startswith(links.JOIN))
    )
    members = F.args.startswith(links.MEMBER)
    opening.message.register(become_member, CommandStart(deep_link=True, magic=members))
    return opening

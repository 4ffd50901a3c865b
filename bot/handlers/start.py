"""Commands in private chat: /start and its links, /call, /mycalls, /cancel, /help."""

from __future__ import annotations

from dataclasses import replace

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import Message

from bot.flows import my_calls, my_data, raise_call
from bot.flows.engine import Engine
from bot.flows.scene import Scene
from bot.flows.telling import Teller
from bot.handlers.standing import IN_PRIVATE
from bot.screens import welcome
from core.agency import AgencyKind

PLACE, SETUP = "place_", "setup_"


async def start(message: Message, scene: Scene, engine: Engine) -> None:
    """Welcome, or go on where somebody stopped."""
    if not await engine.again(scene, message, welcome.resumed()):
        await Teller(message, scene).show(
            welcome.welcome(scene.actor.name, administrator=scene.actor.administrator)
        )


async def start_at_place(
    message: Message, command: CommandObject, scene: Scene, engine: Engine
) -> None:
    """The notice board's code: the community is known, and may still be corrected."""
    code = (command.args or "").removeprefix(PLACE)
    agency = scene.board.district.tree.by_code.get(code)
    if agency is None or agency.kind is not AgencyKind.COMMUNITY:
        await Teller(message, scene).show(welcome.unknown_link())
        return
    talk = await engine.running(scene)
    if talk and talk.flow == raise_call.NAME:
        placed = {**talk.draft, "community": code}
        await scene.conversations.save(replace(talk, draft=placed))
        await engine.again(scene, message, welcome.resumed())
        return
    draft = await raise_call.beginning(scene, community=code)
    await engine.start(raise_call.NAME, draft, scene, message)


async def start_unknown(message: Message, scene: Scene) -> None:
    """A payload nobody drew."""
    await Teller(message, scene).show(welcome.unknown_link())


async def call(message: Message, scene: Scene, engine: Engine) -> None:
    """Raise a call, or go on raising the one begun."""
    if not await engine.recall(raise_call.NAME, scene, message, welcome.resumed()):
        draft = await raise_call.beginning(scene)
        await engine.start(raise_call.NAME, draft, scene, message)


async def show_calls(message: Message, scene: Scene, engine: Engine) -> None:
    """My calls."""
    await engine.start(my_calls.NAME, {}, scene, message)


async def show_data(message: Message, scene: Scene, engine: Engine) -> None:
    """What is kept of whoever asks."""
    await engine.start(my_data.NAME, {}, scene, message)


async def cancel(message: Message, scene: Scene, engine: Engine) -> None:
    """Drop whatever is going on."""
    if not await engine.cancel(scene, message):
        await Teller(message, scene).say(welcome.nothing_running())


async def give_help(message: Message, scene: Scene) -> None:
    """Short, and by role."""
    tree = scene.board.district.tree
    known = (tree.by_code.get(code) for code in sorted(scene.actor.officer_of))
    agencies = tuple(agency.short_name for agency in known if agency)
    screen = welcome.help_text(officer_of=agencies, administrator=scene.actor.administrator)
    await Teller(message, scene).show(screen)


def router() -> Router:
    """After the routers with start links of their own."""
    starting = Router(name="start")
    starting.message.filter(IN_PRIVATE)
    at_place = CommandStart(deep_link=True, magic=F.args.startswith(PLACE))
    starting.message.register(start_at_place, at_place)
    # Who set the service up pressed Start before it ran (huying init): a welcome, as for all.
    set_up = CommandStart(deep_link=True, magic=F.args.startswith(SETUP))
    starting.message.register(start, set_up)
    starting.message.register(start_unknown, CommandStart(deep_link=True))
    starting.message.register(start, CommandStart())
    starting.message.register(call, Command("call"))
    starting.message.register(show_calls, Command("mycalls"))
    starting.message.register(show_data, Command("mydata"))
    starting.message.register(cancel, Command("cancel"))
    starting.message.register(give_help, Command("help"))
    return starting

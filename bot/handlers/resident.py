"""Whatever a person says, shows, taps or edits in private chat outside of commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.flows import raise_call, rate_call
from bot.flows.accepting import ANYTHING, parsed, unfit
from bot.flows.amending import amend
from bot.flows.engine import Engine
from bot.flows.kindness import HELLO, THANKS, typed
from bot.flows.scene import Scene
from bot.flows.steps import Chosen, Reason
from bot.flows.supplement import leg_asked, leg_meant, supplement
from bot.flows.telling import Teller
from bot.handlers import own_number
from bot.handlers.banned import Banned
from bot.handlers.finding import looked_up
from bot.handlers.slashes import FULL
from bot.handlers.standing import IN_PRIVATE
from bot.screens import admin_page, gestures, welcome
from bot.screens.easel import Easel
from bot.screens.taps import StepTap, Tap, Tapped
from bot.words import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.views import LegView

TAP_IN_PRIVATE = F.message.chat.type == "private"
SAID = frozenset(
    {
        *("text", "photo", "voice", "video", "location", "venue", "sticker", "animation"),
        *("dice", "poll", "video_note", "audio", "story", "game"),
    }
)


async def say(message: Message, scene: Scene, engine: Engine) -> None:
    """Said about an open call, into the running conversation, as an answer, or to begin a call."""
    meant = await leg_meant(message, scene)
    if meant is not None:
        await supplement(meant, message, scene)
    elif not await engine.feed(message, scene):
        opened = await scene.board.my_open_legs(scene.account)
        asked = leg_asked(message, opened)
        if asked is None:
            await _begin(message, scene, engine, opened)
        else:
            await supplement(asked, message, scene, hint=_("说的是另一件事的话，请点 /call。"))


async def _begin(
    message: Message, scene: Scene, engine: Engine, opened: Sequence[LegView]
) -> None:
    teller = Teller(message, scene)
    said = typed(message.text)
    if said in THANKS | HELLO:
        await teller.say(welcome.pleasantry(said in THANKS))
        return
    if FULL.fullmatch((message.text or "").strip()):
        easel = Easel(scene.taps, scene.bot_name, scene.board.district)
        await teller.show(await looked_up(message.text or "", scene.board, easel))
        return
    value = parsed(message, ANYTHING)
    if value is None or isinstance(value, Chosen | Reason):
        await teller.say(value.text if isinstance(value, Reason) else unfit(message))
        return
    draft = await raise_call.opening(scene, value, opened)
    if isinstance(draft, Reason):
        await teller.say(draft.text)
        return
    await engine.start(raise_call.NAME, draft, scene, message)


async def unknown_command(message: Message, scene: Scene) -> None:
    """A slash word that means nothing here: the conversation stays as it is."""
    word = (message.text or "").split()[0]
    said = admin_page.unknown_command(word, administrator=scene.actor.administrator)
    await Teller(message, scene).say(said)


async def edited(message: Message, scene: Scene, engine: Engine) -> None:
    """Words changed afterwards: taken over before sending, a kind word after it (A10)."""
    await amend(message, scene, engine)


async def step(query: CallbackQuery, scene: Scene, engine: Engine) -> None:
    """A button of a guided conversation."""
    tap = StepTap.read(query.data or "")
    if tap is None:
        await dead_button(query)
    else:
        await engine.tap(query, tap, scene)


async def rate(query: CallbackQuery, tap: Tap, scene: Scene, engine: Engine) -> None:
    """The first tap of a rating: solved, partly or not."""
    reason = rate_call.too_late(await scene.board.leg(tap.leg), tap)
    if reason:
        await query.answer(reason, show_alert=True)
    else:
        await engine.start(rate_call.NAME, rate_call.opening(tap), scene, query)


async def dead_button(query: CallbackQuery) -> None:
    """A button this bot never drew, or drew for somebody else."""
    await query.answer(_("这个按钮用不了了，请看最新的消息，或者直接发消息给我。"))


async def said_in_private(message: Message) -> bool:
    """Words and media of a private chat; a file may be a sheet, a slash word a command."""
    if message.chat.type != "private" or message.content_type not in SAID:
        return False
    return not (message.text or "").startswith("/")


async def stepped_in_private(query: CallbackQuery) -> bool:
    """A tap on a button of a guided conversation."""
    message = query.message
    in_private = message is not None and message.chat.type == "private"
    return in_private and (query.data or "").startswith("s:")


def first_of_all(dispatcher: Router) -> None:
    """Nearly all of the traffic is asked for before any router: every router asked costs."""
    dispatcher.message.register(say, said_in_private, ~Banned())
    dispatcher.callback_query.register(step, stepped_in_private, ~Banned())


def files() -> Router:
    """Files that are no sheets, and a contact."""
    files = Router(name="files")
    files.message.filter(IN_PRIVATE)
    files.message.register(say, F.document)
    files.message.register(own_number.hand_over, F.contact)
    return files


def router() -> Router:
    """The last of the private chat's routers: it takes everything."""
    resident = Router(name="resident")
    resident.message.filter(IN_PRIVATE)
    resident.edited_message.filter(IN_PRIVATE)
    resident.callback_query.filter(TAP_IN_PRIVATE)
    resident.message.register(unknown_command, F.text.startswith("/"))
    resident.edited_message.register(edited, F.text | F.caption)
    resident.callback_query.register(rate, Tapped(gestures.VERDICT))
    resident.callback_query.register(dead_button)
    return resident

"""Who is speaking, where, in which language: settled once, before any handler sees an update.

Bots, channels and anonymous administrators cannot be attributed to a person, so they never act
(A21, A22, A24); somebody who hides behind a group or a channel and addresses us is told why.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.types import CallbackQuery, Message, TelegramObject, Update, User

from bot.flood import Flood, Weighed
from bot.screens.names import clean
from bot.words import SOURCE, _, language_of, speaking
from core.board import Board
from core.desk import Desk
from core.rulebook import Rulebook
from core.seconding import Seconds

if TYPE_CHECKING:
    from bot.screens.studio import Studio
    from core.district import District
    from core.people import Resident
    from core.ports import Work

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


@dataclass(frozen=True)
class Introductions:
    """Outer middleware: gives handlers ``desk``, ``board``, ``actor`` and ``conversations``.

    All of an update stands on the rules in force as it begins. At most two reads an update: the
    resident in a private chat, and the posts somebody holds.
    """

    studio: Studio
    administrators: Collection[int]
    flood: Flood = field(default_factory=lambda: Flood(per_minute=0))

    async def __call__(
        self, handler: Handler, update: TelegramObject, data: dict[str, Any]
    ) -> Any:
        """Introduce the speaker, then handle; UNHANDLED for whoever cannot be attributed."""
        assert isinstance(update, Update)  # noqa: S101 - registered for updates only
        if masked := _masked(update):
            return await _unmask(masked)
        user: User | None
        if _forwarded_command(update):
            return UNHANDLED
        weighed = self.flood.weigh(update, data["now"])
        if weighed is not Weighed.FINE:
            user = data.get("event_from_user")
            with speaking(language_of(user.language_code if user else None)):
                return await _too_much(update, weighed)
        user = data.get("event_from_user")
        if user is None or (user.is_bot and not _service(update)):
            return UNHANDLED
        with speaking(await self._introduced(update, user, data)):
            return await handler(update, data)

    async def _introduced(self, update: Update, user: User, data: dict[str, Any]) -> str:
        """Everything the handlers ask for; gives the language to answer in."""
        work: Work = data["work"]
        district = await self._ruled(work, data)
        desk, board = Desk(work, district), Board(work, district)
        name = clean(user.full_name)
        chat = data.get("event_chat")
        data["chat"] = chat.id if chat else user.id
        private = chat is not None and chat.type == "private"
        resident = await board.resident(user.id) if private else None
        name = (resident.called if resident else "") or name
        if resident and _changed(resident, name) and update.my_chat_member is None:
            resident = await desk.met(account=user.id, name=name, now=data["now"])
        data["desk"], data["board"] = whole(desk, work), board
        seconds = Seconds(work, desk, data["book"], self.administrators)
        data["seconds"] = cast(Seconds, _Whole(seconds, work))
        data["actor"] = await board.who(user.id, name, administrators=self.administrators)
        if private and resident is None and data["actor"].officer_of:
            # Whoever of the staff writes to us in private may be reminded there.
            tongue = language_of(user.language_code)
            resident = await desk.met(account=user.id, name=name, language=tongue)
        data["errands"] = work.errands
        data["conversations"], data["resident"] = work.conversations, resident
        if not private:
            return SOURCE
        return resident.language if resident else language_of(user.language_code)

    async def _ruled(self, work: Work, data: dict[str, Any]) -> District:
        """What the rules in force bring along; the district itself."""
        rules = self.studio.rules
        district = await rules.step(work, data["now"])
        data["book"], data["guide"] = Rulebook(work, rules), rules.guide
        data["easel"] = self.studio.easel
        return district


def whole(desk: Desk, work: Work) -> Desk:
    """The desk, each of whose acts happens whole or not at all, whatever is answered then."""
    return cast(Desk, _Whole(desk, work))


class _Whole:
    """Wraps every act in a savepoint: a refusal half-way leaves nothing behind."""

    def __init__(self, desk: Desk | Seconds, work: Work) -> None:
        self._desk, self._work = desk, work

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        act = getattr(self._desk, name)

        @wraps(act)
        async def acted(*args: Any, **kwargs: Any) -> Any:
            async with self._work.savepoint():
                return await act(*args, **kwargs)

        return acted


def _changed(resident: Resident, name: str) -> bool:
    return resident.name != name or not resident.reachable


def _service(update: Update) -> bool:
    """A group that moved says so in nobody's name."""
    message = update.message
    return message is not None and bool(message.migrate_to_chat_id or message.migrate_from_chat_id)


def _masked(update: Update) -> Message | None:
    """A message in the name of a group or channel; what moves a group is nobody's message."""
    message = update.message or update.edited_message
    if message is None or message.sender_chat is None or _service(update):
        return None
    return message


def _forwarded_command(update: Update) -> bool:
    """Somebody else's command, passed on or answered by accident, is nobody's wish (S4, S8)."""
    message = update.message
    return bool(message and message.forward_origin and (message.text or "").startswith("/"))


async def _unmask(message: Message) -> Any:
    if message.is_automatic_forward or not _addressed(message):
        return UNHANDLED
    await message.reply(
        _("看不出您是谁，没有处理。请关掉“匿名管理员”或换回本人身份，再发一次。"),
        allow_sending_without_reply=True,
    )
    return None


async def _too_much(update: Update, weighed: Weighed) -> Any:
    """Not handled; said once in ten minutes, and never on top of a flood of taps."""
    event = update.message or update.callback_query
    if weighed is Weighed.DROP or event is None:
        return UNHANDLED
    if isinstance(event, CallbackQuery):
        await event.answer(_("点得太快了，请等一分钟再点。"), show_alert=True)
    else:
        await event.answer(_("消息太多了，这一分钟里后面的没有收下。请等一分钟再发。"))
    return None


def _addressed(message: Message) -> bool:
    """Whether this was meant for us: a command, or a reply to something we said."""
    above = message.reply_to_message
    ours = above is not None and above.from_user is not None and above.from_user.is_bot
    return ours or _commands(message.entities or ())


def _commands(entities: Sequence[Any]) -> bool:
    return any(entity.type == "bot_command" and entity.offset == 0 for entity in entities)

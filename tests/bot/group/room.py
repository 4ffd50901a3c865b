"""A stand-in for Telegram around the real dispatcher, desk and renderer, over memory.

People say and tap, the road is walked once, and what would be shown lies in ``room.shown``: one
list of messages a chat, edits applied. ``tap`` presses the very button that was drawn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.methods import TelegramMethod
from aiogram.types import Update, User

from bot.delivery.speech import Speech, ready_made
from bot.dispatcher import build_dispatcher
from bot.intake.recording import RecordingSession
from bot.screens.studio import Studio
from bot.screens.taps import Taps
from core.in_force import InForce
from core.outgoing import Kind, OutboxRow, Settled, State
from core.people import Actor
from core.ports import Work
from core.posting import Posting
from storage.sheets import Over
from tests.core.playing import EXAMPLE, SU, Stage
from tests.fakes import MemoryUnits

BOT = {"id": 7, "is_bot": True, "first_name": "呼应", "username": "huying_bot"}
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
TAPS = Taps(b"k" * 32)


@dataclass
class Shown:
    """A message as its readers see it now."""

    id: int
    params: dict[str, Any]
    method: str = "sendMessage"

    @property
    def text(self) -> str:
        """Its words or its caption."""
        return self.params.get("text") or self.params.get("caption") or ""

    @property
    def buttons(self) -> list[dict[str, Any]]:
        """Its inline buttons."""
        rows = (self.params.get("reply_markup") or {}).get("inline_keyboard", ())
        return [button for row in rows for button in row]

    @property
    def labels(self) -> list[str]:
        """What stands on its buttons."""
        return [button["text"] for button in self.buttons]


@dataclass
class Room:
    """Everybody's chats."""

    stage: Stage
    dispatcher: Dispatcher
    bot: Bot
    session: RecordingSession
    renderer: Studio
    shown: dict[int, list[Shown]] = field(default_factory=lambda: defaultdict(list))
    toasts: list[str] = field(default_factory=list)
    menus: list[dict[str, Any]] = field(default_factory=list)
    numbers: int = 100
    gone: list[int] = field(default_factory=list)
    said: dict[int, str] = field(default_factory=dict)
    said_last: int = 0

    @classmethod
    async def opened(cls, administrators: Collection[int] = (SU.account or 0,)) -> Room:
        """Groups are bound, officers registered, and nobody has said anything."""
        stage = await Stage(MemoryUnits()).set_up()
        session = RecordingSession(User.model_validate(BOT))
        rules = InForce(stage.district, read=Over(EXAMPLE))
        dispatcher = build_dispatcher(
            rules=rules,
            taps=TAPS,
            bot_name="huying_bot",
            administrators=administrators,
        )
        studio = Studio(rules, TAPS, "huying_bot")
        return cls(stage, dispatcher, Bot("7:made-up", session=session), session, studio)

    async def says(
        self, who: Actor | dict[str, Any], chat: int, text: str = "", **more: Any
    ) -> None:
        """A message; ``above`` is the message it replies to."""
        self.numbers += 1
        self.said_last = self.numbers
        body = {"message_id": self.numbers, "date": 1781488800, "chat": _chat(chat), **more}
        above = body.pop("above", None)
        if above is not None:
            head = {"message_id": above.id, "date": 1781488800, "chat": _chat(chat)}
            body["reply_to_message"] = {**head, "from": BOT, "text": above.text or "?"}
        if text:
            body["text"] = self.said[self.numbers] = text
        if text.startswith("/") and not text.startswith("//"):
            length = len(text.split()[0])
            body["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        await self.feeds({"message": {"from": _user(who), **body}})

    async def edits(self, who: Actor, chat: int, message: int, text: str, **more: Any) -> None:
        """The same message with other words."""
        body = {"message_id": message, "date": 1781488800, "edit_date": 1781488860}
        above = more.pop("above", None)
        if above is not None:
            head = {"message_id": above.id, "date": 1781488800, "chat": _chat(chat)}
            body["reply_to_message"] = {**head, "from": BOT, "text": above.text or "?"}
        edited = {**body, "chat": _chat(chat), "from": _user(who), **more}
        edited |= {"text": text} if text else {}
        await self.feeds({"edited_message": edited})

    async def taps(self, who: Actor, chat: int, label: str, *, on: Shown | None = None) -> str:
        """Press the newest button with this label; the toast."""
        message = on or next(
            m for m in reversed(self.shown[chat]) if any(label in each for each in m.labels)
        )
        data = next(b["callback_data"] for b in message.buttons if label in b["text"])
        return await self.presses(who, chat, message, data)

    async def presses(self, who: Actor, chat: int, message: Shown, data: str) -> str:
        """Send this callback data, whoever drew it; the toast."""
        self.toasts.clear()
        below = {
            "message_id": message.id,
            "date": 1781488800,
            "chat": _chat(chat),
            "from": BOT,
            "text": message.text or "?",
            "entities": message.params.get("entities") or [],
            **self._answered(message, chat),
        }
        query = {"id": "9", "from": _user(who), "chat_instance": "1", "message": below}
        await self.feeds({"callback_query": {**query, "data": data}})
        return "".join(self.toasts)

    def _answered(self, message: Shown, chat: int) -> dict[str, Any]:
        above = (message.params.get("reply_parameters") or {}).get("message_id")
        if above not in self.said:
            return {}
        head = {"message_id": above, "date": 1781488800, "chat": _chat(chat)}
        return {"reply_to_message": {**head, "text": self.said[above]}}

    async def opens(self, who: Actor, chat: int, label: str) -> None:
        """Open the deep link of the newest button with this label in private."""
        button = next(
            b for m in reversed(self.shown[chat]) for b in m.buttons if label in b["text"]
        )
        payload = button["url"].split("start=")[1]
        await self.says(who, who.account or 0, f"/start {payload}")

    async def feeds(self, update: dict[str, Any]) -> Any:
        """Walk the road once: handle, commit, deliver."""
        self.numbers += 1
        body = {"update_id": self.numbers, **update}
        event = Update.model_validate(body, context={"bot": self.bot})
        async with self.stage.units.begin() as work:
            record = self.session.open()
            returned = await self.dispatcher.feed_update(
                self.bot, event, work=work, now=self.stage.now, record=record
            )
            if isinstance(returned, TelegramMethod):
                record.keep(returned)
            await work.outbox.put(*record.rows, now=self.stage.now)
        self.toasts += [str(f.params.get("text", "")) for f in record.fleeting]
        self.menus += [dict(f.params) for f in record.fleeting if f.method == "setMyCommands"]
        await self.delivers()
        return returned

    async def delivers(self) -> None:
        """Say everything that is owed."""
        async with self.stage.units.begin() as work:
            while rows := await work.outbox.claim(now=self.stage.now, limit=50, busy=()):
                for row in rows:
                    await self._deliver(row, work)

    async def _deliver(self, row: OutboxRow, work: Work) -> None:
        say = row.kind is Kind.SAY
        speech = ready_made(row.payload) if say else await self.renderer.render(row, work)
        state = State.SENT if speech else State.SUPERSEDED
        before = self.numbers
        if speech is not None:
            await self._show(speech, row.lane, work)
        posted = self.numbers if self.numbers > before else None
        await work.outbox.settle(Settled(row.id, state, message=posted), now=self.stage.now)

    async def _show(self, speech: Speech, chat: int, work: Work) -> None:
        params = dict(speech.params)
        if speech.method == "leaveChat":
            self.gone.append(params["chat_id"])
            return
        if speech.method == "deleteMessage":
            self.shown[chat] = [m for m in self.shown[chat] if m.id != params["message_id"]]
            return
        if speech.method.startswith("edit"):
            message = next(m for m in self.shown[chat] if m.id == params["message_id"])
            if speech.method == "editMessageText":
                message.params = params
            else:
                message.params = {**message.params, "reply_markup": params.get("reply_markup")}
            return
        self.numbers += 1
        self.shown[chat].append(Shown(self.numbers, params, speech.method))
        if speech.leg is not None and speech.purpose is not None:
            await work.postings.add(Posting(chat, self.numbers, speech.leg, speech.purpose))

    def last(self, chat: int) -> Shown:
        """The newest message of a chat."""
        return self.shown[chat][-1]

    def card(self, chat: int) -> Shown:
        """The newest card of a chat."""
        return next(m for m in reversed(self.shown[chat]) if "📍" in m.text)

    def texts(self, chat: int) -> str:
        """Everything shown in a chat."""
        return "\n".join(message.text for message in self.shown[chat])


def _chat(chat: int) -> dict[str, Any]:
    if chat > 0:
        return {"id": chat, "type": "private", "first_name": "某人"}
    return {"id": chat, "type": "supergroup", "title": "办理群"}


def _user(who: Actor | dict[str, Any]) -> dict[str, Any]:
    if isinstance(who, dict):
        return who
    return {"id": who.account, "is_bot": False, "first_name": who.name}

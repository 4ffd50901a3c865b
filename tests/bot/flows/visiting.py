"""A person in private chat: says, shows, taps the very button that was drawn, and looks.

Everything goes through the real dispatcher with the recording session; what it records is shown
in ``chat`` as Telegram would show it, and refused where Telegram would refuse it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from aiogram import Bot
from aiogram.types import User

from bot.dispatcher import build_dispatcher
from bot.intake.recording import RecordingSession
from bot.screens.easel import Easel
from bot.screens.rating_buttons import verdicts
from bot.screens.taps import Taps
from core.board import Board
from core.call import Call
from core.conversation import Conversation
from core.desk import Desk
from core.in_force import InForce
from core.people import Actor, Resident
from core.posting import Posting, Purpose
from core.rating import Conclusion
from core.views import CallView
from tests.core.playing import LI, LIN, MONDAY, Stage, liwan, photo
from tests.fakes import MemoryUnits

ME = User(id=42, is_bot=True, first_name="呼应", username="huying_bot")
TAPS = Taps(b"a key of the tests")
HERE = (23.1245, 113.2335)
SEA, BEIJING = (20.0, 115.0), (39.9, 116.4)


@dataclass(frozen=True)
class Shown:
    """A message of the bot as it stands in the chat now."""

    id: int
    text: str
    buttons: tuple[tuple[dict[str, Any], ...], ...] = ()

    @property
    def labels(self) -> list[str]:
        """What stands on the buttons."""
        return [button["text"] for row in self.buttons for button in row]

    def data(self, label: str) -> str:
        """The callback data of the one button with this label, or with this in its label."""
        buttons = [button for row in self.buttons for button in row]
        found = [b for b in buttons if b["text"] == label] or [
            b for b in buttons if label in b["text"]
        ]
        assert found, f"no button {label!r} among {self.labels} below {self.text!r}"
        return str(found[0]["callback_data"])


@dataclass
class Visitor:
    """``sees`` is the newest message, ``toast`` the answer to the last tap.

    ``app`` is the language of their app, as the messenger tells it.
    """

    actor: Actor = LIN
    now: datetime = MONDAY
    units: MemoryUnits = field(default_factory=MemoryUnits)
    chat: dict[int, Shown] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)
    toast: str = ""
    said: int = 0
    app: str = ""
    _next: int = 100

    def __post_init__(self) -> None:
        self.session = RecordingSession(ME)
        self.bot = Bot("42:TEST", session=self.session)
        self.restart()

    def restart(self) -> None:
        """The process ends and begins again; the store stays."""
        self.dispatcher = build_dispatcher(
            rules=InForce(liwan()),
            taps=TAPS,
            bot_name="huying_bot",
            administrators=frozenset({3001}),
        )

    async def moves_in(self, *, consents: bool = True) -> Visitor:
        """Groups are bound and officers registered; consent was given before, or not."""
        await Stage(self.units).set_up()
        if consents:
            resident = Resident(self.actor.account or 0, self.actor.name, consented_at=self.now)
            async with self.units.begin() as work:
                await work.people.save_resident(resident)
        return self

    @property
    def account(self) -> int:
        return self.actor.account or 0

    @property
    def sees(self) -> Shown:
        """The newest message of the bot."""
        return self.chat[max(self.chat)]

    @property
    def talk(self) -> Conversation | None:
        """The conversation as stored."""
        return self.units.tables.conversations.get(self.account)

    @property
    def calls(self) -> list[Call]:
        """All calls there are."""
        return list(self.units.tables.calls.values())

    async def view(self) -> CallView:
        """The only call, as it is now."""
        (call,) = self.calls
        async with self.units.read() as work:
            return await Board(work, liwan()).call(call.id)

    def later(self, **span: float) -> None:
        """Time passes."""
        self.now += timedelta(**span)

    @asynccontextmanager
    async def desk(self) -> AsyncIterator[Desk]:
        """Somebody else acts, elsewhere."""
        async with self.units.begin() as work:
            yield Desk(work, liwan())

    async def raised(self) -> Call:
        """A call about a lamp, raised without talking."""
        await Stage(self.units, self.now).raised()
        return self.calls[-1]

    async def answered(self) -> Shown:
        """The community signs and resolves; the notice with the verdict buttons arrives."""
        leg = (await self.view()).main.leg
        async with self.desk() as desk:
            await desk.acknowledge(leg.id, by=LI, now=self.now)
        return await self.answered_again()

    async def answered_again(self) -> Shown:
        """The community resolves what it has in hand."""
        leg = (await self.view()).main.leg
        async with self.desk() as desk:
            leg = await desk.resolve(
                leg.id,
                conclusion=Conclusion.SOLVED,
                pieces=photo("灯修好了"),
                by=LI,
                now=self.now,
            )
        easel = Easel(TAPS, "huying_bot", liwan())
        return await self.gets("已办结，请您评价。", leg.id, verdicts(leg, self.account, easel))

    async def says(self, text: str, **more: Any) -> Shown:
        """A text message, or a command."""
        if text.startswith("/"):
            entity = {"type": "bot_command", "offset": 0, "length": len(text.split()[0])}
            more["entities"] = [entity]
        return await self.sends(text=text, **more)

    async def sends(self, **content: Any) -> Shown:
        """Any message."""
        self.said = self._id()
        return await self._update("message", self._message(self.said, **content))

    async def shows(self, *, caption: str = "", album: str = "") -> Shown:
        """A photo."""
        content: dict[str, Any] = {"photo": [_file("photo", 1000) | {"width": 9, "height": 9}]}
        content |= {"caption": caption} if caption else {}
        content |= {"media_group_id": album} if album else {}
        return await self.sends(**content)

    async def shows_video(self, size: int) -> Shown:
        """A video of so many bytes."""
        video = _file("video", size) | {"width": 9, "height": 9, "duration": 9}
        return await self.sends(video=video)

    async def speaks(self) -> Shown:
        """A voice message."""
        return await self.sends(voice=_file("voice", 1000) | {"duration": 5})

    async def pins(self, at: tuple[float, float]) -> Shown:
        """A location."""
        return await self.sends(location={"latitude": at[0], "longitude": at[1]})

    async def edits(self, text: str, message: int | None = None) -> Shown:
        """The last message, or another one, changed."""
        body = self._message(message or self.said, text=text)
        return await self._update("edited_message", body | {"edit_date": self._time()})

    async def taps(self, *labels: str) -> Shown:
        """Buttons of the newest message, one after the other."""
        for label in labels:
            await self.presses(self.sees, label)
        return self.sees

    async def presses(self, shown: Shown, label: str) -> Shown:
        """A button of any message, as it was drawn then."""
        return await self.forges(shown.data(label), shown.id)

    async def forges(self, data: str, message: int) -> Shown:
        """Callback data that may never have been drawn."""
        self.toast = ""
        query = {"id": "1", "from": self._user(), "chat_instance": "1", "data": data}
        return await self._update("callback_query", query | {"message": self._bots(message)})

    async def gets(self, text: str, leg: int, *rows: tuple[Any, ...]) -> Shown:
        """A notice about a leg, as the courier would send it."""
        drawn = [[button.drawn().model_dump(exclude_none=True) for button in r] for r in rows]
        shown = self._show({"text": text, "reply_markup": {"inline_keyboard": drawn}})
        await self._remember(shown.id, leg)
        return shown

    async def _update(self, kind: str, body: dict[str, Any]) -> Shown:
        record = self.session.open()
        update = {"update_id": self._id(), kind: body}
        async with self.units.begin() as work:
            answer = await self.dispatcher.feed_raw_update(
                self.bot, update, work=work, now=self.now, record=record
            )
        if hasattr(answer, "__api_method__"):
            record.keep(answer)
        for fleeting in record.fleeting:
            self.toast = fleeting.params.get("text") or ""
        for row in record.rows:
            shown = self._happen(row.payload["method"], row.payload["params"])
            if posting := row.payload.get("posting"):
                await self._remember(shown.id, posting["leg"])
        return self.sees

    async def _remember(self, message: int, leg: int) -> None:
        async with self.units.begin() as work:
            await work.postings.add(Posting(self.account, message, leg, Purpose.WORDS))

    def _happen(self, method: str, params: dict[str, Any]) -> Shown:
        if method == "sendMessage":
            return self._show(params)
        old = self.chat[params["message_id"]]
        if method == "editMessageText":
            shown = _checked(params, old.id)
        else:
            assert method == "editMessageReplyMarkup", method
            shown = replace(old, buttons=_rows(params))
        self.chat[old.id] = shown
        return shown

    def _show(self, params: dict[str, Any]) -> Shown:
        shown = _checked(params, self._id())
        self.chat[shown.id] = shown
        markup = params.get("reply_markup") or {}
        if "keyboard" in markup:
            self.keys = [key["text"] for row in markup["keyboard"] for key in row]
        elif markup.get("remove_keyboard"):
            self.keys = []
        return shown

    def _id(self) -> int:
        self._next += 1
        return self._next

    def _time(self) -> int:
        return int(self.now.timestamp())

    def _user(self) -> dict[str, Any]:
        spoken = {"language_code": self.app} if self.app else {}
        return {"id": self.account, "is_bot": False, "first_name": self.actor.name, **spoken}

    def _message(self, number: int, **content: Any) -> dict[str, Any]:
        chat = {"id": self.account, "type": "private", "first_name": self.actor.name}
        who = {"from": self._user(), "chat": chat}
        return {"message_id": number, "date": self._time(), **who, **content}

    def _bots(self, number: int) -> dict[str, Any]:
        me = {"id": ME.id, "is_bot": True, "first_name": ME.first_name}
        return self._message(number, text=self.chat[number].text) | {"from": me}

    async def replies(self, shown: Shown, **content: Any) -> Shown:
        """A reply to a message of the bot."""
        return await self.sends(reply_to_message=self._bots(shown.id), **content)


def _checked(params: dict[str, Any], number: int) -> Shown:
    """The message, if Telegram would take it (A19)."""
    assert 0 < len(params["text"]) <= 4096
    shown = Shown(number, params["text"], _rows(params))
    for row in shown.buttons:
        assert 0 < len(row) <= 8
        for button in row:
            assert len(button.get("callback_data", "").encode()) <= 64
            assert button["text"]
    return shown


def _rows(params: dict[str, Any]) -> tuple[tuple[dict[str, Any], ...], ...]:
    markup = params.get("reply_markup") or {}
    return tuple(tuple(row) for row in markup.get("inline_keyboard", ()))


def _file(name: str, size: int) -> dict[str, Any]:
    return {"file_id": f"{name}-id", "file_unique_id": name, "file_size": size}

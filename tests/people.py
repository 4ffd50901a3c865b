"""Plays people against the sandbox, for end-to-end tests: say, tap, see - never sleep.

    async with Sandbox.started() as sandbox:            # or Sandbox.attached(url)
        lin = await sandbox.person("林阿姨")
        await lin.starts()                              # or lin.starts("payload of the deep link")
        await lin.says("楼道灯坏了")
        screen = await lin.sees("请选择", timeout=10)    # a bot message, new or edited, since
        answer = await lin.taps("照明")                  # lin's last act in that chat
        group = await sandbox.group("东风社区", members=[chen], creator=zhao, type="supergroup")
        card = await chen.in_group(group).sees("新呼叫")
        await chen.in_group(group).taps("签收")          # .text .show_alert .url .answered
        await chen.in_group(group).replies(card, "马上到")

What ``sees`` looks at: every message and edit of the bot in that chat since this person's last act
there (since the beginning before the first act); the newest match wins. ``earlier=True`` looks at
everything still shown as well. ``taps`` waits for the newest message with that button, taps it
and waits for the bot's answer; ``presses`` is for reply keyboards. ``await x.looks()`` forgets
what was shown until now. A wait that fails raises AssertionError and tells what the chat shows.

Acts: says replies edits taps presses sends_photo sends_album sends_voice sends_video
sends_document sends_sticker sends_location sends_contact sends(**content); in private also starts
blocks unblocks. Looking: sees messages latest keyboard. The sandbox: person group fault
no_faults limits forward clock_to ledger pending settled wait_for bot(method, **parameters) reset.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

Json = dict[str, Any]
ROOT = Path(__file__).parent.parent
TOKEN = "7000000001:AAH-huying-sandbox-made-up-token-00"
LONGEST_POLL = 25.0
PATIENCE = 30.0


class NotPossible(AssertionError):
    """The sandbox did not let a person do that."""


@dataclass(frozen=True)
class Message:
    """A message as it was when seen."""

    raw: Json

    @property
    def id(self) -> int:
        """Its number in its chat."""
        return self.raw["message_id"]

    @property
    def text(self) -> str:
        """Its words: text or caption."""
        return self.raw.get("text") or self.raw.get("caption") or ""

    @property
    def buttons(self) -> list[str]:
        """The words on its inline buttons."""
        rows = self.raw.get("reply_markup", {}).get("inline_keyboard", ())
        return [button["text"] for row in rows for button in row]

    @property
    def deleted(self) -> bool:
        """Whether it is gone."""
        return bool(self.raw.get("deleted"))

    def button(self, label: str) -> Json:
        """The inline button with those words."""
        rows = self.raw["reply_markup"]["inline_keyboard"]
        return next(button for row in rows for button in row if button["text"] == label)


@dataclass(frozen=True)
class Tapped:
    """What came of a tap: the toast or alert, or the address a button opened."""

    answered: bool
    text: str = ""
    show_alert: bool = False
    url: str | None = None


@dataclass(eq=False)
class Group:
    """A group chat; its id changes when it is upgraded."""

    sandbox: Sandbox
    id: int
    title: str

    async def upgrades(self) -> int:
        """Become a supergroup; answers the new id."""
        found = await self.sandbox.post(f"/chats/{self.id}/upgrade", {})
        self.id = found["chat"]
        return self.id

    async def member(
        self, who: Person | str, status: str, by: Person | None = None, **more: Any
    ) -> None:
        """Give a person, or ``"bot"``, a standing: member, administrator, left, kicked …

        ``without`` are rights the bot does not get.
        """
        number = who if isinstance(who, str) else who.id
        wish = {"person": number, "status": status, "by": by.id if by else None, **more}
        await self.sandbox.post(f"/chats/{self.id}/members", wish)

    async def topic(self, name: str) -> int:
        """Open a topic; answers its thread number."""
        found = await self.sandbox.post(f"/chats/{self.id}/topics", {"name": name})
        return found["topics"][-1]["thread"]

    async def messages(self) -> list[Message]:
        """What is shown in the group."""
        return await self.sandbox.messages(self.id)


@dataclass(eq=False)
class Seat:
    """A person in one chat: acts there and looks there."""

    person: Person
    place: Person | Group
    face: str = ""
    thread: int | None = None
    mark: int = 0

    @property
    def sandbox(self) -> Sandbox:
        """Where all this happens."""
        return self.person.sandbox

    @property
    def chat(self) -> int:
        """The chat's id, also after an upgrade."""
        return self.place.id

    async def sends(self, **content: Any) -> Message:
        """Send anything ``POST /sandbox/messages`` knows; answers the first message."""
        return (await self.sends_all(**content))[0]

    async def sends_all(self, **content: Any) -> list[Message]:
        """The same, answering all messages it became."""
        wish: Json = {"from": self.person.id, "chat": self.chat, **content}
        if self.face:
            wish["as"] = self.face
        if self.thread is not None:
            wish["thread"] = self.thread
        found = await self.sandbox.post("/messages", wish)
        self.mark = found["seq"]
        return [Message(raw) for raw in found["messages"]]

    async def says(self, text: str) -> Message:
        """Send words."""
        return await self.sends(text=text)

    async def replies(self, message: Message | int, text: str) -> Message:
        """Reply with words."""
        number = message if isinstance(message, int) else message.id
        return await self.sends(text=text, reply_to=number)

    async def sends_photo(self, sample: int = 1, **more: Any) -> Message:
        """Send a drawn picture; ``caption``, ``reply_to`` … as further arguments."""
        return await self.sends(photo={"sample": sample}, **more)

    async def sends_album(self, size: int, **more: Any) -> list[Message]:
        """Send so many photos as an album."""
        return await self.sends_all(album=[{"sample": n} for n in range(size)], **more)

    async def sends_voice(self, **more: Any) -> Message:
        """Send a voice message."""
        return await self.sends(voice="sample", **more)

    async def sends_video(self, size: int = 900_000, **more: Any) -> Message:
        """Send a video of so many bytes."""
        return await self.sends(video={"size": size}, **more)

    async def sends_document(self, size: int = 48_000, **more: Any) -> Message:
        """Send a file of so many bytes."""
        return await self.sends(document={"size": size}, **more)

    async def sends_sticker(self, **more: Any) -> Message:
        """Send a sticker."""
        return await self.sends(sticker="sample", **more)

    async def sends_location(self, latitude: float, longitude: float) -> Message:
        """Send a pin."""
        return await self.sends(location={"latitude": latitude, "longitude": longitude})

    async def sends_contact(self, phone: str = "13800000000", *, own: bool = True) -> Message:
        """Send a phone card, one's own unless told otherwise."""
        card = {"phone_number": phone, "first_name": self.person.name, "own": own}
        return await self.sends(contact=card)

    async def edits(self, message: Message, text: str) -> Message:
        """Change the words of one's own message."""
        key = "caption" if "caption" in message.raw else "text"
        wish = {"from": self.person.id, "chat": self.chat, "message": message.id, key: text}
        found = await self.sandbox.post("/messages/edit", wish)
        self.mark = found["seq"]
        return Message(found["message"])

    async def taps(
        self,
        label: str,
        *,
        on: Message | int | None = None,
        timeout: float = PATIENCE,  # noqa: ASYNC109 - a promise to the test, kept by the sandbox
    ) -> Tapped:
        """Tap the button with those words, on that message or the newest that has it."""
        if on is None:
            on = await self.finds(lambda message: label in message.buttons, label, timeout)
        number = on if isinstance(on, int) else on.id
        return await self.tap(number, timeout, text=label)

    async def taps_data(self, message: Message | int, data: str) -> Tapped:
        """Send any button data for a message, as a bad client can."""
        number = message if isinstance(message, int) else message.id
        return await self.tap(number, PATIENCE, data=data)

    async def tap(self, number: int, wait: float, **what: str) -> Tapped:
        """Tap and wait for the answer, none if none came in time."""
        wish = {"from": self.person.id, "chat": self.chat, "message": number, "wait": wait}
        found = await self.sandbox.post("/taps", {**wish, **what})
        self.mark = found["seq"]
        if found.get("url"):
            return Tapped(answered=True, url=found["url"])
        answer = found["answer"]
        if answer is None:
            return Tapped(answered=False)
        return Tapped(True, answer["text"] or "", answer["show_alert"], answer["url"])

    async def presses(self, label: str) -> Message:
        """Press a button of the reply keyboard in force: words, one's phone or a pin."""
        keyboard = await self.keyboard()
        rows = keyboard["keyboard"] if keyboard else []
        every = [button for row in rows for button in row]
        button = next((each for each in every if each["text"] == label), None)
        if button is None:
            raise AssertionError(f"no such button: {label}; there are {every}")
        if button.get("request_contact"):
            return await self.sends_contact()
        if button.get("request_location"):
            return await self.sends_location(23.125, 113.244)
        return await self.says(label)

    async def keyboard(self) -> Json | None:
        """The reply keyboard under this person's thumbs."""
        path = f"/chats/{self.chat}/keyboard"
        return (await self.sandbox.get(path, person=self.person.id))["keyboard"]

    async def messages(self) -> list[Message]:
        """What is shown in the chat, oldest first."""
        return await self.sandbox.messages(self.chat)

    async def latest(self) -> Message:
        """The newest message of the bot that is shown."""
        return [each for each in await self.messages() if self.sandbox.by_bot(each.raw)][-1]

    async def looks(self) -> None:
        """Forget what was shown until now; ``sees`` goes on from here."""
        self.mark = await self.sandbox.last()

    async def sees(
        self,
        *words: str,
        timeout: float = PATIENCE,  # noqa: ASYNC109 - a promise to the test, kept by the sandbox
        earlier: bool = False,
    ) -> Message:
        """Wait for a message of the bot with all these words, new or edited since the last act."""

        def fits(message: Message) -> bool:
            return all(word in message.text for word in words)

        if earlier:
            return await self.finds(fits, " + ".join(words), timeout)
        return await self.follows(fits, " + ".join(words), self.mark, timeout)

    async def finds(self, fits: Callable[[Message], bool], wanted: str, seconds: float) -> Message:
        """The newest fitting message of the bot that is shown, or the first to come."""
        mark = await self.sandbox.last()
        for message in reversed(await self.messages()):
            if self.sandbox.by_bot(message.raw) and fits(message):
                return message
        return await self.follows(fits, wanted, mark, seconds)

    async def follows(
        self, fits: Callable[[Message], bool], wanted: str, mark: int, seconds: float
    ) -> Message:
        """The newest fitting message or edit after a mark, waited for."""

        def matches(event: Json) -> bool:
            if event["type"] not in ("message", "edit"):
                return False
            return self.sandbox.by_bot(event["message"]) and fits(Message(event["message"]))

        try:
            event = await self.sandbox.wait_for(
                matches, chat=self.chat, after=mark, timeout=seconds
            )
        except TimeoutError:
            raise AssertionError(await self.missed(wanted, seconds)) from None
        return Message(event["message"])

    async def missed(self, wanted: str, seconds: float) -> str:
        """What to tell when something did not show up."""
        shown = [
            f"  #{each.id} {'bot' if self.sandbox.by_bot(each.raw) else 'person'}:"
            f" {each.text!r} {each.buttons}"
            for each in (await self.messages())[-8:]
        ]
        head = f"{self.person.name} did not see {wanted!r} within {seconds} s; the chat shows"
        return "\n".join([head, *shown])


@dataclass(eq=False)
class Person(Seat):
    """A made-up person; acts and looks in the private chat with the bot."""

    person: Person = field(init=False, repr=False)
    place: Person | Group = field(init=False, repr=False)
    home: Sandbox = field(kw_only=True, repr=False)
    id: int = field(kw_only=True)
    name: str = field(kw_only=True)
    seats: list[Seat] = field(default_factory=list, repr=False)

    def __post_init__(self) -> None:
        self.person = self
        self.place = self

    @property
    def sandbox(self) -> Sandbox:
        """Where this person lives."""
        return self.home

    def in_group(self, group: Group, *, face: str = "", thread: int | None = None) -> Seat:
        """This person in a group, the same seat always; ``face`` anonymous, channel, linked."""
        for seat in self.seats:
            if seat.place is group and (seat.face, seat.thread) == (face, thread):
                return seat
        self.seats.append(Seat(self, group, face, thread))
        return self.seats[-1]

    async def starts(self, payload: str = "") -> Message:
        """Press Start, perhaps after a deep link."""
        found = await self.home.post("/start", {"from": self.id, "payload": payload})
        self.mark = found["seq"]
        return Message(found["messages"][0])

    async def blocks(self) -> None:
        """Block the bot."""
        await self.home.post("/block", {"person": self.id, "blocked": True})

    async def unblocks(self) -> None:
        """Take that back."""
        await self.home.post("/block", {"person": self.id, "blocked": False})


class Sandbox:
    """The sandbox server, over HTTP."""

    def __init__(self, url: str, http: httpx.AsyncClient, token: str = TOKEN) -> None:
        self.url = url
        self.http = http
        self.token = token
        self.bot_id = int(token.split(":")[0])

    @classmethod
    @asynccontextmanager
    async def attached(cls, url: str, token: str = TOKEN) -> AsyncIterator[Sandbox]:
        """Talk to a server that runs already."""
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=200)
        async with httpx.AsyncClient(
            base_url=url, timeout=60, limits=limits, verify=False
        ) as http:
            yield cls(url, http, token)

    @classmethod
    @asynccontextmanager
    async def started(cls, seed: Json | None = None, token: str = TOKEN) -> AsyncIterator[Sandbox]:
        """Start a server of one's own on a free port, and end it."""
        words = ["-m", "sandbox", "--port", "0", "--token", token]
        process = await asyncio.create_subprocess_exec(
            sys.executable, *words, cwd=ROOT, stdout=asyncio.subprocess.PIPE
        )
        try:
            assert process.stdout is not None
            banner = (await process.stdout.readline()).decode()
            assert banner.startswith("huying sandbox listening on "), banner
            async with cls.attached(banner.split()[-1], token) as sandbox:
                if seed is not None:
                    await sandbox.reset(seed)
                yield sandbox
        finally:
            if process.returncode is None:
                process.terminate()
            await process.wait()

    async def get(self, path: str, **query: Any) -> Json:
        """Ask the control interface."""
        return self.opened(await self.http.get(f"/sandbox{path}", params=query))

    async def post(self, path: str, wish: Json) -> Json:
        """Tell the control interface."""
        return self.opened(await self.http.post(f"/sandbox{path}", json=wish))

    @staticmethod
    def opened(answer: httpx.Response) -> Json:
        """The answer's content; raises ``NotPossible`` with the sandbox's sentence."""
        found = answer.json()
        if answer.status_code >= 400:
            raise NotPossible(f"{answer.request.url.path}: {found.get('error')}")
        return found

    async def bot(self, method: str, **parameters: Any) -> Json:
        """Call the Bot API as the bot; answers Telegram's whole envelope."""
        answer = await self.http.post(f"/bot{self.token}/{method}", json=parameters)
        return answer.json()

    async def person(self, name: str, *, started: bool = False, **about: Any) -> Person:
        """Somebody new; ``started`` presses Start at once."""
        found = await self.post("/people", {"first_name": name, **about})
        person = Person(home=self, id=found["id"], name=name)
        if started:
            await person.starts()
        return person

    async def known(self, number: int) -> Person:
        """Somebody from the seed, by id."""
        people = (await self.get("/state"))["people"]
        found = next(each for each in people if each["id"] == number)
        return Person(home=self, id=number, name=found["first_name"])

    async def group(
        self,
        title: str,
        *,
        members: Iterable[Person] = (),
        creator: Person | None = None,
        **more: Any,
    ) -> Group:
        """A new group with the bot in it; the first member made it unless a creator is named."""
        people = list(members)
        maker = creator or (people[0] if people else await self.person("群主"))
        wish = {"title": title, "creator": maker.id, "members": [each.id for each in people]}
        found = await self.post("/chats", {**wish, **more})
        return Group(self, found["id"], title)

    async def known_group(self, number: int) -> Group:
        """A group from the seed, by id."""
        chats = (await self.get("/state"))["chats"]
        return Group(self, number, next(c["title"] for c in chats if c["id"] == number))

    async def messages(self, chat: int, limit: int = 500) -> list[Message]:
        """What is shown in a chat, oldest first."""
        found = await self.get(f"/chats/{chat}/messages", limit=limit)
        return [Message(raw) for raw in found["messages"] if not raw.get("deleted")]

    def by_bot(self, raw: Json) -> bool:
        """Whether the bot wrote it, or it stands in a channel, where nobody's name is on it."""
        return raw["chat"]["type"] == "channel" or raw["from"]["id"] == self.bot_id

    async def last(self) -> int:
        """The number of the latest event."""
        return (await self.get("/events", after=1 << 60))["last"]

    async def wait_for(
        self,
        matches: Callable[[Json], bool],
        *,
        chat: int | None = None,
        after: int = 0,
        timeout: float = PATIENCE,  # noqa: ASYNC109 - a promise to the test, kept by the sandbox
    ) -> Json:
        """The newest matching event after a number; raises ``TimeoutError`` when none comes."""
        loop = asyncio.get_running_loop()
        ends = loop.time() + timeout
        query: Json = {} if chat is None else {"chat": chat}
        while True:
            left = ends - loop.time()
            wait = max(min(left, LONGEST_POLL), 0)
            found = (await self.get("/events", after=after, wait=wait, **query))["events"]
            if hits := [event for event in found if matches(event)]:
                return hits[-1]
            if left <= 0:
                raise TimeoutError(f"no such event within {timeout} s")
            after = found[-1]["seq"] if found else after

    async def fault(self, kind: str, **rule: Any) -> Json:
        """Something is to go wrong: ``method``, ``chat``, ``count``, ``probability`` …"""
        return await self.post("/faults", {"kind": kind, **rule})

    async def no_faults(self) -> None:
        """Nothing is to go wrong any more."""
        self.opened(await self.http.delete("/sandbox/faults"))

    async def limits(self, *, enforced: bool) -> None:
        """Telegram's flood limits on or off."""
        await self.post("/limits", {"enforced": enforced})

    async def privacy(self, *, enabled: bool) -> None:
        """The bot's privacy mode on or off."""
        await self.post("/privacy", {"enabled": enabled})

    async def forward(self, seconds: float) -> Json:
        """Move the clock."""
        return await self.post("/clock", {"forward": seconds})

    async def clock_to(self, moment: str) -> Json:
        """Move the clock to an ISO 8601 moment."""
        return await self.post("/clock", {"to": moment})

    async def ledger(self, method: str | None = None, after: int = 0) -> list[Json]:
        """The bot's requests."""
        query = {"after": after, "limit": 1_000_000, **({"method": method} if method else {})}
        return (await self.get("/ledger", **query))["requests"]

    async def pending(self) -> int:
        """How many updates the bot has not confirmed."""
        return (await self.get("/pending"))["pending"]

    async def settled(
        self,
        timeout: float = PATIENCE,  # noqa: ASYNC109 - a promise to the test, kept by the sandbox
    ) -> None:
        """Wait until the bot has confirmed every update."""
        found = await self.get("/pending", until=0, wait=timeout)
        if found["pending"]:
            raise AssertionError(f"{found['pending']} updates unconfirmed after {timeout} s")

    async def reset(self, seed: Json | None = None) -> None:
        """Back to the seed, or to this one."""
        await self.post("/reset", {} if seed is None else {"seed": seed})

    def __repr__(self) -> str:
        return f"Sandbox({json.dumps(self.url)})"

"""Where people talk: private chats, groups and supergroups with members, topics and messages."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from sandbox.world.ring import Json

KEPT_MESSAGES = 20_000
GENERAL_TOPIC = 1
PRESENT = frozenset({"creator", "administrator", "member", "restricted"})
RULING = frozenset({"creator", "administrator"})


@dataclass(slots=True)
class Topic:
    """A forum topic; its thread number is that of the message which made it."""

    thread: int
    name: str
    closed: bool = False

    def view(self) -> Json:
        """As the control interface shows a topic."""
        return {"thread": self.thread, "name": self.name, "closed": self.closed}


@dataclass(slots=True)
class Chat:
    """One conversation; ``about`` is the Bot API ``Chat``."""

    about: Json
    members: dict[int, str] = field(default_factory=dict)
    bot: str = "member"
    bot_lacks: frozenset[str] = frozenset()
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: OrderedDict[int, Json] = field(default_factory=OrderedDict)
    pinned: list[int] = field(default_factory=list)
    keyboards: dict[int, Json] = field(default_factory=dict)
    forced: dict[int, Json] = field(default_factory=dict)
    migrated_to: int | None = None
    last_message: int = 0
    bot_spoke_last: bool = False

    @property
    def id(self) -> int:
        """The chat's id."""
        number: int = self.about["id"]
        return number

    @property
    def private(self) -> bool:
        """Whether this is one person's chat with the bot."""
        return bool(self.about["type"] == "private")

    @property
    def channel(self) -> bool:
        """Whether it is a channel: administrators alone write there, in its name."""
        return bool(self.about["type"] == "channel")

    @property
    def bot_present(self) -> bool:
        """Whether the bot is in it."""
        return self.bot in PRESENT

    @property
    def bot_rules(self) -> bool:
        """Whether the bot is an administrator."""
        return self.bot in RULING

    def bot_may(self, right: str) -> bool:
        """Whether the bot is an administrator with this right."""
        return self.bot_rules and right not in self.bot_lacks

    def number_message(self) -> int:
        """The next message's id."""
        self.last_message += 1
        return self.last_message

    def keep(self, message: Json) -> None:
        """Remember a message, new or changed; the oldest of very many are forgotten."""
        self.messages[message["message_id"]] = message
        if len(self.messages) > KEPT_MESSAGES:
            self.messages.popitem(last=False)

    def find(self, number: int | None) -> Json | None:
        """The message of that id, unless it was deleted or never was."""
        message = self.messages.get(number) if number is not None else None
        return None if message is None or message.get("deleted") else message

    def view(self) -> Json:
        """As the control interface shows a chat."""
        return {
            **self.about,
            "members": [{"person": who, "status": how} for who, how in self.members.items()],
            "bot": self.bot,
            "bot_lacks": sorted(self.bot_lacks),
            "topics": [topic.view() for topic in self.topics.values()],
            "pinned": list(self.pinned),
            "migrated_to": self.migrated_to,
        }


class Chats:
    """Every chat, by id and by username."""

    def __init__(self) -> None:
        self._chats: dict[int, Chat] = {}
        self._groups = count(4_000_000_001)
        self._supergroups = count(1_002_000_000_001)

    def free_id(self, kind: str) -> int:
        """An id no chat of that type has yet."""
        numbers = self._groups if kind == "group" else self._supergroups
        return next(-number for number in numbers if -number not in self._chats)

    def add(self, chat: Chat) -> Chat:
        """Remember a chat."""
        self._chats[chat.id] = chat
        return chat

    def get(self, number: int) -> Chat | None:
        """That chat, or none."""
        return self._chats.get(number)

    def named(self, username: str) -> Chat | None:
        """The chat with that ``@username``; people's private chats are not found so by a bot."""
        wanted = username.removeprefix("@").lower()
        groups = (chat for chat in self if not chat.private)
        return next((c for c in groups if c.about.get("username", "").lower() == wanted), None)

    def __iter__(self) -> Iterator[Chat]:
        return iter(self._chats.values())

"""Who there is: made-up people and the bot, as Telegram's ``User`` describes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from sandbox.world.ring import Json

FIRST_PERSON = 5_000_000_001
ANONYMOUS_ADMIN: Json = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
CHANNEL_BOT: Json = {
    "id": 136817688,
    "is_bot": True,
    "first_name": "Channel",
    "username": "Channel_Bot",
}
TELEGRAM: Json = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
ABOUT = ("first_name", "last_name", "username", "language_code")


@dataclass(slots=True)
class Person:
    """A made-up account, and how it stands to the bot."""

    user: Json
    blocked: bool = False
    started: bool = False

    @property
    def id(self) -> int:
        """The account's id, also that of the private chat with the bot."""
        number: int = self.user["id"]
        return number

    def view(self) -> Json:
        """As the control interface shows a person."""
        return {**self.user, "blocked": self.blocked, "started": self.started}


class People:
    """Everybody, by id."""

    def __init__(self) -> None:
        self._people: dict[int, Person] = {}
        self._ids = count(FIRST_PERSON)

    def add(self, about: Json) -> Person:
        """A new account; ``about`` has ``first_name``, perhaps more of Telegram's ``User``."""
        number = about.get("id") or next(self._ids)
        told = {key: about[key] for key in ABOUT if about.get(key)}
        told.setdefault("language_code", "zh-hans")
        person = Person({"id": number, "is_bot": bool(about.get("is_bot", False)), **told})
        self._people[number] = person
        return person

    def get(self, number: int) -> Person | None:
        """That person, or nobody."""
        return self._people.get(number)

    def __iter__(self) -> Iterator[Person]:
        return iter(self._people.values())

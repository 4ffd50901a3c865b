"""The whole world in one place: what the Bot API reads and changes, and what people act upon."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

from sandbox.world.bell import Bell
from sandbox.world.chats import Chat, Chats
from sandbox.world.clock import Clock
from sandbox.world.events import Events
from sandbox.world.faults import Faults
from sandbox.world.files import Files
from sandbox.world.ledger import Ledger
from sandbox.world.limits import Limits
from sandbox.world.people import People, Person
from sandbox.world.ring import Json
from sandbox.world.turn import Turn
from sandbox.world.updates import UpdateQueue
from sandbox.world.webhook import Webhook

KEPT_QUERIES = 20_000


class Impossible(Exception):
    """A person cannot do that; the control interface answers with the sentence."""

    def __init__(self, sentence: str, status: int = 409) -> None:
        super().__init__(sentence)
        self.status = status


@dataclass(slots=True)
class Query:
    """One tap on a button, waiting for the bot's answer."""

    id: str
    person: int
    chat: int
    at: float
    answer: Json | None = None
    answered: Bell = field(default_factory=Bell)


class World:
    """Everything there is; ``reset`` brings the people and chats back, the bot's settings stay."""

    def __init__(self, token: str, seed: Json | None = None) -> None:
        self.token = token
        self.epoch = 0
        self.bot = bot_of(token)
        self.clock = Clock()
        self.events = Events(self.clock)
        self.ledger = Ledger(self.clock, self.events)
        self.queue = UpdateQueue(self.clock)
        self.faults = Faults()
        self.limits = Limits(self.clock)
        self.webhook = Webhook()
        self.turn = Turn()
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.profile: dict[tuple[str, str], str] = {}
        self.menus: dict[int, Json] = {}
        self.seed: Json = seed or {}
        self._query_ids = count(4_000_000_000_000_001)
        self.empty()

    def empty(self) -> None:
        """Nobody, nothing said, nothing pending, no faults, no limits."""
        self.epoch += 1
        self.people = People()
        self.chats = Chats()
        self.files = Files()
        self.queries: dict[str, Query] = {}
        self.faults.clear()
        self.limits.reset()
        self.privacy = True
        self.queue.clear()
        self.turn.forget()
        self.webhook.generation += 1

    def person(self, number: int) -> Person:
        """That person; raises ``Impossible`` when there is none."""
        if (found := self.people.get(number)) is None:
            raise Impossible(f"there is no person {number}", 404)
        return found

    def chat(self, number: int) -> Chat:
        """That chat; raises ``Impossible`` when there is none."""
        if (found := self.chats.get(number)) is None:
            raise Impossible(f"there is no chat {number}", 404)
        return found

    def ask(self, person: int, chat: int) -> Query:
        """A new callback query, dated now."""
        query = Query(str(next(self._query_ids)), person, chat, self.clock.now())
        self.queries[query.id] = query
        if len(self.queries) > KEPT_QUERIES:
            del self.queries[next(iter(self.queries))]
        return query

    def me(self) -> Json:
        """The bot as ``getMe`` shows it."""
        return {
            **self.bot,
            "can_join_groups": True,
            "can_read_all_group_messages": not self.privacy,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }


def bot_of(token: str) -> Json:
    """The bot's account; its id is the number before the colon of its token."""
    return {
        "id": int(token.split(":", 1)[0]),
        "is_bot": True,
        "first_name": "呼应",
        "username": "huying_sandbox_bot",
    }

"""Peoples the world: new accounts and groups, one by one or all from a seed."""

from __future__ import annotations

from datetime import datetime

from sandbox.world.chats import Chat
from sandbox.world.membership import change_bot, no_bot_subscribes
from sandbox.world.people import Person
from sandbox.world.ring import Json
from sandbox.world.world import Impossible, World


def add_person(world: World, about: Json) -> Person:
    """A new account with its private chat; ``about`` has at least ``first_name``."""
    if not about.get("first_name"):
        raise Impossible("first_name is missing", 400)
    if world.people.get(about.get("id", 0)):
        raise Impossible(f"there is a person {about['id']} already")
    person = world.people.add(about)
    shown = {key: value for key, value in person.user.items() if key in PRIVATE}
    world.chats.add(Chat({**shown, "type": "private"}, {person.id: "member"}))
    world.events.tell("people")
    return person


PRIVATE = ("id", "first_name", "last_name", "username")


def add_chat(world: World, wish: Json, *, told: bool = True) -> Chat:
    """A new group or channel; the bot is told that it was added, unless it was always there."""
    kind = wish.get("type", "group")
    if kind not in ("group", "supergroup", "channel"):
        raise Impossible("type must be group, supergroup or channel", 400)
    if world.chats.get(wish.get("id", 0)):
        raise Impossible(f"there is a chat {wish['id']} already")
    chat = world.chats.add(Chat(about_of(world, wish, kind), members_of(world, wish), "absent"))
    settle_bot(world, chat, wish, told=told)
    world.events.tell("chat", chat.id, data=chat.view())
    return chat


def about_of(world: World, wish: Json, kind: str) -> Json:
    """The Bot API ``Chat`` of a new group."""
    if not wish.get("title"):
        raise Impossible("title is missing", 400)
    about: Json = {"id": wish.get("id") or world.chats.free_id(kind), "title": wish["title"]}
    about["type"] = kind
    if wish.get("is_forum"):
        about["is_forum"] = True
    if wish.get("username"):
        about["username"] = wish["username"]
    return about


def members_of(world: World, wish: Json) -> dict[int, str]:
    """Who is in a new group, its creator first."""
    creator = world.person(wish["creator"]).id
    others = {world.person(number).id: "member" for number in wish.get("members", ())}
    return {creator: "creator", **{who: how for who, how in others.items() if who != creator}}


def settle_bot(world: World, chat: Chat, wish: Json, *, told: bool) -> None:
    """Bring the bot in as wished: member (usual; never of a channel), administrator or absent."""
    status = wish.get("bot", "administrator" if chat.channel else "member")
    if status not in ("member", "administrator", "absent"):
        raise Impossible("bot must be member, administrator or absent", 400)
    no_bot_subscribes(chat, status)
    if not told:
        chat.bot = status
    elif status != "absent":
        change_bot(world, chat, status, world.person(wish["creator"]).user)


def moment_of(text: str) -> float:
    """An ISO 8601 moment in seconds since 1970; it must name its offset from UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError) as flaw:
        raise Impossible(f"{text!r} is not an ISO 8601 moment", 400) from flaw
    if moment.tzinfo is None:
        raise Impossible(f"{text!r} does not say its offset from UTC", 400)
    return moment.timestamp()


def begin(world: World, seed: Json | None = None) -> None:
    """Empty the world and people it from a seed, the last one given if none is given now."""
    if seed is not None:
        world.seed = seed
    world.empty()
    world.clock.reset()
    if world.seed.get("now"):
        world.clock.set_to(moment_of(world.seed["now"]))
    for about in world.seed.get("people", ()):
        person = add_person(world, about)
        person.started = bool(about.get("started", False))
    for wish in world.seed.get("chats", ()):
        add_chat(world, wish, told=False)
    world.events.tell("reset")
    world.clock.moved.ring()

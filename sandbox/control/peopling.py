"""New people and groups, who is in them, their topics, and the change to a supergroup."""

from __future__ import annotations

from aiohttp import web

from sandbox.control.route import body, number, route
from sandbox.world.membership import (
    change_member,
    close_topic,
    creator_of,
    delete_topic,
    make_forum,
    open_topic,
    upgrade,
)
from sandbox.world.ring import Json
from sandbox.world.seed import add_chat, add_person
from sandbox.world.world import Impossible, World


@route("POST", "/people")
async def new_person(world: World, request: web.Request) -> Json:
    """Somebody new."""
    return add_person(world, await body(request)).view()


@route("POST", "/chats")
async def new_chat(world: World, request: web.Request) -> Json:
    """A new group."""
    return add_chat(world, await body(request)).view()


@route("POST", "/chats/{chat}/members")
async def members(world: World, request: web.Request) -> Json:
    """Somebody comes, goes, rises or falls."""
    wish = await body(request)
    chat = world.chat(number(request, "chat"))
    without = frozenset(wish.get("without", ()))
    change_member(world, chat, wish["person"], wish["status"], wish.get("by"), without)
    return chat.view()


@route("POST", "/chats/{chat}/topics")
async def topics(world: World, request: web.Request) -> Json:
    """A topic is opened, closed or deleted."""
    wish = await body(request)
    chat = world.chat(number(request, "chat"))
    author = creator_of(world, chat)
    if "name" in wish:
        open_topic(world, chat, author, wish["name"])
    elif wish["thread"] not in chat.topics:
        raise Impossible(f"there is no topic {wish['thread']}", 404)
    elif wish.get("deleted"):
        delete_topic(world, chat, wish["thread"])
    else:
        close_topic(world, chat, author, wish["thread"], closed=bool(wish["closed"]))
    return chat.view()


@route("POST", "/chats/{chat}/forum")
async def forum(world: World, request: web.Request) -> Json:
    """A supergroup gets topics, or has none any more."""
    wish = await body(request)
    chat = world.chat(number(request, "chat"))
    make_forum(world, chat, bool(wish["is_forum"]))
    return chat.view()


@route("POST", "/chats/{chat}/upgrade")
async def upgraded(world: World, request: web.Request) -> Json:
    """A group becomes a supergroup."""
    return {"chat": upgrade(world, world.chat(number(request, "chat"))).id}

"""How the bot introduces itself: commands by scope and language, name, descriptions, menu."""

from __future__ import annotations

import json
import re

from sandbox.api.parsing import Params
from sandbox.api.refusals import bad
from sandbox.api.registry import Handler, method
from sandbox.api.targets import known_chat
from sandbox.world.ring import Json
from sandbox.world.world import World

COMMAND = re.compile(r"/?[a-z0-9_]{1,32}")
LANGUAGE = re.compile(r"[a-z]{2}|")
MOST_COMMANDS = 100
LONGEST_DESCRIPTION = 256
CHAT_SCOPES = frozenset({"chat", "chat_administrators", "chat_member"})
PROFILE = {
    "Name": ("name", 64),
    "Description": ("description", 512),
    "ShortDescription": ("short_description", 120),
}
DEFAULT_MENU: Json = {"type": "commands"}


def audience(world: World, p: Params) -> tuple[str, str]:
    """For whom commands are: a scope (spelled out) and a two-letter language or none."""
    scope = p.get("scope") or {"type": "default"}
    if scope["type"] in CHAT_SCOPES:
        known_chat(world, scope["chat_id"])
    return json.dumps(scope, sort_keys=True), language(p)


def language(p: Params) -> str:
    """The two-letter language meant, or none."""
    code: str = p.get("language_code") or ""
    if not LANGUAGE.fullmatch(code):
        raise bad("invalid language code specified")
    return code


def command(given: Json) -> Json:
    """One command; raises ``Refused`` for a name or description Telegram refuses."""
    if not COMMAND.fullmatch(given["command"]):
        raise bad("BOT_COMMAND_INVALID")
    if not 1 <= len(given["description"].strip()) <= LONGEST_DESCRIPTION:
        raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    return {**given, "command": given["command"].removeprefix("/")}


@method("setMyCommands")
def set_commands(world: World, p: Params) -> bool:
    """The list for one audience."""
    if len(p["commands"]) > MOST_COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    world.commands[audience(world, p)] = [command(given) for given in p["commands"]]
    return True


@method("getMyCommands")
def get_commands(world: World, p: Params) -> list[Json]:
    """The list set for exactly that audience."""
    return world.commands.get(audience(world, p), [])


@method("deleteMyCommands")
def delete_commands(world: World, p: Params) -> bool:
    """No list for that audience any more."""
    world.commands.pop(audience(world, p), None)
    return True


def profile_setter(key: str, longest: int) -> Handler:
    """What sets the name or a description for one language."""

    def set_profile(world: World, p: Params) -> bool:
        text = (p.get(key) or "").strip()
        if len(text) > longest:
            raise bad(f"BOT_{'TITLE' if key == 'name' else 'ABOUT'}_TOO_LONG")
        world.profile[(key, language(p))] = text
        return True

    return set_profile


def profile_getter(key: str) -> Handler:
    """What tells the name or a description, that of no language where there is none."""

    def get_profile(world: World, p: Params) -> Json:
        usual = world.bot["first_name"] if key == "name" else ""
        any_language = world.profile.get((key, ""), "") or usual
        return {key: world.profile.get((key, language(p)), "") or any_language}

    return get_profile


for title, (field, limit) in PROFILE.items():
    method(f"setMy{title}")(profile_setter(field, limit))
    method(f"getMy{title}")(profile_getter(field))


@method("setChatMenuButton")
def set_menu(world: World, p: Params) -> bool:
    """The button beside the text field, in one private chat or in all."""
    world.menus[menu_chat(world, p)] = p.get("menu_button") or DEFAULT_MENU
    return True


@method("getChatMenuButton")
def get_menu(world: World, p: Params) -> Json:
    """That button; the one for all where a chat has none of its own."""
    usual = world.menus.get(0, DEFAULT_MENU)
    return world.menus.get(menu_chat(world, p), usual)


def menu_chat(world: World, p: Params) -> int:
    """The private chat meant, or 0 for all."""
    if not p.get("chat_id"):
        return 0
    chat = known_chat(world, p["chat_id"])
    if not chat.private:
        raise bad("chat_id must be a private chat")
    return chat.id

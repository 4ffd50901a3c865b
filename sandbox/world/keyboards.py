"""Which reply keyboard is under whose thumbs, and which button of a message carries what."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox.world.chats import PRESENT, Chat
from sandbox.world.ring import Json
from sandbox.world.world import World


def show(world: World, chat: Chat, message: Json, markup: Json | None) -> None:
    """Apply the markup of a message of the bot to the thumbs it concerns."""
    if not markup or "inline_keyboard" in markup:
        return
    for person in meant(chat, message, selective=bool(markup.get("selective"))):
        chat.forced.pop(person, None)
        if "keyboard" in markup:
            chat.keyboards[person] = markup
        elif markup.get("remove_keyboard"):
            chat.keyboards.pop(person, None)
        elif markup.get("force_reply"):
            chat.forced[person] = forced(message, markup)
    world.events.tell("keyboard", chat.id)


def forced(message: Json, markup: Json) -> Json:
    """The reply a message asks for."""
    placeholder = markup.get("input_field_placeholder", "")
    return {"message_id": message["message_id"], "placeholder": placeholder}


def meant(chat: Chat, message: Json, *, selective: bool) -> list[int]:
    """Whom a keyboard is for: all, or (selective) those named and the one replied to."""
    if chat.private:
        return [chat.id]
    present = [person for person, status in chat.members.items() if status in PRESENT]
    if not selective:
        return present
    replied = message.get("reply_to_message", {}).get("from", {}).get("id")
    named = {e["user"]["id"] for e in message.get("entities", ()) if e["type"] == "text_mention"}
    return [person for person in present if person == replied or person in named]


def used(world: World, chat: Chat, person: int, text: str) -> None:
    """A person wrote: the forced reply is over, and a one-time keyboard too if it was used."""
    over = chat.forced.pop(person, None) is not None
    keyboard = chat.keyboards.get(person)
    if keyboard and keyboard.get("one_time_keyboard") and text in labels(keyboard["keyboard"]):
        del chat.keyboards[person]
        over = True
    if over:
        world.events.tell("keyboard", chat.id)


def labels(rows: list[list[Json | str]]) -> set[str]:
    """The words on a reply keyboard's buttons."""
    every = (button for row in rows for button in row)
    return {button if isinstance(button, str) else button["text"] for button in every}


def buttons(message: Json) -> Iterator[Json]:
    """The inline buttons of a message, row by row."""
    for row in message.get("reply_markup", {}).get("inline_keyboard", ()):
        yield from row

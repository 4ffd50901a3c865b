"""What each kind of fault does to a request."""

from __future__ import annotations

from collections.abc import Callable

from aiohttp import web

from sandbox.api.refusals import (
    NOT_MODIFIED,
    OTHER_POLLER,
    QUERY_TOO_OLD,
    Refused,
    bad,
    conflict,
    forbidden,
    too_many,
    unauthorized,
    upgraded,
)
from sandbox.world.bell import Bell
from sandbox.world.faults import Fault
from sandbox.world.membership import upgrade
from sandbox.world.world import World

HTML_502 = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
UNHANDLED = frozenset({"refuse", "drop_before"})
HANDLED = frozenset({"drop_after", "timeout", "bad_json"})
HELD_SECONDS = 120.0
NOWHERE = -1_009_999_999_999

REFUSALS: dict[str, Callable[[Fault], Refused]] = {
    "429": lambda fault: too_many(fault.retry_after),
    "500": lambda _: Refused(500, "Internal Server Error: restart"),
    "400": lambda _: bad("the sandbox was told to refuse this"),
    "401": lambda _: unauthorized(),
    "403_blocked": lambda _: forbidden("bot was blocked by the user"),
    "403_kicked": lambda _: forbidden("bot was kicked from the group chat"),
    "409": lambda _: conflict(OTHER_POLLER),
    "chat_not_found": lambda _: bad("chat not found"),
    "not_modified": lambda _: bad(NOT_MODIFIED),
    "edit_not_found": lambda _: bad("message to edit not found"),
    "thread_not_found": lambda _: bad("message thread not found"),
    "query_too_old": lambda _: bad(QUERY_TOO_OLD),
}


def refusal(world: World, fault: Fault, chat: object) -> Refused:
    """The answer a fault gives instead of the method's."""
    if fault.kind == "migrate":
        return upgraded(new_home(world, chat))
    return REFUSALS[fault.kind](fault)


def new_home(world: World, number: object) -> int:
    """A group is upgraded without a word; any other chat is said to have gone somewhere."""
    chat = world.chats.get(number) if isinstance(number, int) else None
    if chat is None:
        return NOWHERE
    if chat.migrated_to is not None:
        return chat.migrated_to
    return upgrade(world, chat, announced=False).id if chat.about["type"] == "group" else NOWHERE


async def cut(request: web.Request, *, late: bool) -> web.Response:
    """End the connection without an answer: at once, or when the client must have given up."""
    if late:
        await Bell().heard(HELD_SECONDS)
    if request.transport is not None:
        request.transport.abort()
    return web.Response()

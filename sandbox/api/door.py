"""The door of the Bot API: token, method, fault, answer, ledger."""

from __future__ import annotations

import inspect
import json
import logging
import time
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from sandbox.api.parsing import Params, parameters
from sandbox.api.polling import Raw
from sandbox.api.refusals import Refused, not_found, unauthorized
from sandbox.api.registry import METHODS, Method
from sandbox.api.trouble import HANDLED, HTML_502, UNHANDLED, cut, refusal
from sandbox.api.validation import chat_or_name, checked
from sandbox.world.faults import Fault
from sandbox.world.ring import Json
from sandbox.world.world import World

log = logging.getLogger("sandbox")
JSON = {"Content-Type": "application/json"}
HTML = {"Content-Type": "text/html"}
CUT = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """An answer before it is sent; status 0 means that the connection is cut instead."""

    status: int
    text: str = ""
    error: str = ""

    def row(self, fault: Fault | None) -> Json:
        """What the ledger says of it."""
        told: Json = {"status": self.status}
        if self.error:
            told["error"] = self.error
        if fault is not None:
            told["fault"] = fault.kind
        return told


def refused(flaw: Refused) -> Outcome:
    """The answer that says no."""
    return Outcome(flaw.code, json.dumps(flaw.payload(), ensure_ascii=False), flaw.description)


async def carried_out(world: World, method: Method, given: Params) -> Outcome:
    """Do what was asked, or say why not."""
    try:
        result: Any = method.handle(world, checked(method.name, given))
        if inspect.isawaitable(result):
            result = await result
    except Refused as flaw:
        return refused(flaw)
    except Exception as flaw:
        log.exception("%s failed", method.name)
        return refused(Refused(500, f"Internal Server Error: {type(flaw).__name__}"))
    text = result if isinstance(result, Raw) else json.dumps(result, ensure_ascii=False)
    return Outcome(200, f'{{"ok":true,"result":{text}}}')


async def suffered(world: World, method: Method, given: Params, fault: Fault) -> Outcome:
    """What a fault makes of the request."""
    if fault.kind in UNHANDLED:
        return Outcome(CUT)
    if fault.kind == "502":
        return Outcome(502, HTML_502, "502 Bad Gateway")
    if fault.kind not in HANDLED:
        return refused(refusal(world, fault, chat_of(given)))
    outcome = await carried_out(world, method, given)
    if fault.kind == "bad_json":
        return Outcome(outcome.status, outcome.text[: len(outcome.text) // 2], outcome.error)
    return Outcome(CUT, error=outcome.error)


def chat_of(given: Params) -> object:
    """The chat a request is about, if it says so."""
    return chat_or_name("chat_id", given["chat_id"]) if "chat_id" in given else None


async def serve(world: World, request: web.Request) -> web.StreamResponse:
    """Answer one Bot API request as Telegram would, or as a fault wants it."""
    if request.match_info["token"] != world.token:
        return sent(refused(unauthorized()))
    method = METHODS.get(request.match_info["method"].lower())
    if method is None:
        return sent(refused(not_found()))
    begun = time.perf_counter()
    try:
        given = await parameters(request)
    except Refused as flaw:
        return sent(refused(flaw))
    fault = world.faults.strike(method.name.lower(), chat_of(given))
    if fault is None:
        outcome = await carried_out(world, method, given)
    else:
        outcome = await suffered(world, method, given, fault)
    if method.name != "getUpdates":
        ms = (time.perf_counter() - begun) * 1000
        world.ledger.enter(method.name, given.told(), outcome.row(fault), ms)
    if fault is not None and outcome.status == CUT:
        return await cut(request, late=fault.kind == "timeout")
    return sent(outcome)


def sent(outcome: Outcome) -> web.Response:
    """The answer on its way."""
    headers = HTML if outcome.text.startswith("<") else JSON
    return web.Response(body=outcome.text.encode(), status=outcome.status, headers=headers)

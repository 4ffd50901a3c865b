"""Asking for updates to be delivered, and asking how that goes."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from sandbox.api.parsing import Params
from sandbox.api.refusals import bad
from sandbox.api.registry import method
from sandbox.world.ring import Json
from sandbox.world.updates import Wish
from sandbox.world.webhook import CONNECTIONS
from sandbox.world.world import World

SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
LOOPBACK = frozenset({"127.0.0.1", "localhost"})
PORTS = frozenset({None, 443, 80, 88, 8443})
MOST_CONNECTIONS = 100


def address(url: str) -> str:
    """An https address on one of Telegram's ports; on loopback any http or https address."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as flaw:
        raise bad("bad webhook: invalid webhook URL specified") from flaw
    if parts.hostname in LOOPBACK and parts.scheme in ("http", "https"):
        return url
    if parts.scheme != "https":
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if port not in PORTS:
        raise bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    return url


@method("setWebhook")
def set_webhook(world: World, p: Params) -> bool:
    """Deliver updates there from now on; an empty address goes back to long polling."""
    url = address(p["url"]) if p["url"] else ""
    secret = p.get("secret_token") or ""
    if not SECRET.fullmatch(secret):
        raise bad("secret token contains unallowed characters")
    connections = p.get("max_connections") or CONNECTIONS
    if not 1 <= connections <= MOST_CONNECTIONS:
        connections = CONNECTIONS
    if "allowed_updates" in p:
        world.queue.wish = Wish(tuple(p["allowed_updates"] or ()))
    aim(world, p, url, secret, connections)
    return True


def aim(world: World, p: Params, url: str, secret: str, connections: int) -> None:
    """Turn to that address, forgetting what waits if asked to."""
    if p.get("drop_pending_updates"):
        world.queue.clear()
    world.webhook.aim(url, secret, connections)
    world.queue.arrived.ring()
    world.clock.moved.ring()


@method("deleteWebhook")
def delete_webhook(world: World, p: Params) -> bool:
    """Go back to long polling."""
    aim(world, p, "", "", CONNECTIONS)
    return True


@method("getWebhookInfo")
def get_webhook_info(world: World, _p: Params) -> Json:
    """Where updates go, how many wait and what went wrong last."""
    return world.webhook.view(world.queue.pending(), world.queue.wish.kinds)

"""Brings all methods together: importing this offers them."""

from __future__ import annotations

from sandbox.api import (
    callbacks,
    chats,
    copying,
    editing,
    files,
    identity,
    introducing,
    media,
    polling,
    sending,
    topics,
    webhooks,
)
from sandbox.api.registry import METHODS

MODULES = (
    callbacks,
    chats,
    copying,
    editing,
    files,
    identity,
    introducing,
    media,
    polling,
    sending,
    topics,
    webhooks,
)

__all__ = ["METHODS", "MODULES"]

"""Brings all methods together: importing this offers them."""

from __future__ import annotations

from sandbox.api import callbacks, editing, identity, polling, sending
from sandbox.api.registry import METHODS

MODULES = (callbacks, editing, identity, polling, sending)

__all__ = ["METHODS", "MODULES"]

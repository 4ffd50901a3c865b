"""JSON as it travels: a third of what the standard library takes, which stands in where it must.

orjson refuses half of a surrogate pair, which a message may hold; that must not stop an update.
"""

from __future__ import annotations

import json
from typing import Any

import orjson


def loads(text: bytes | str) -> Any:
    """What the text says; ``ValueError`` when it is no JSON."""
    try:
        return orjson.loads(text)
    except ValueError:
        return json.loads(text)


def dumps(value: Any) -> str:
    """The value as text; what cannot be written in UTF-8 is escaped."""
    try:
        return orjson.dumps(value).decode()
    except TypeError:
        return json.dumps(value)


def encoded(value: Any) -> bytes:
    """The same as bytes, which is how it travels."""
    try:
        return orjson.dumps(value)
    except TypeError:
        return json.dumps(value).encode()

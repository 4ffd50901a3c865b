"""A raw update without anybody's words: its structure, with texts replaced by their lengths."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Words of the interface, not of people.
PLAIN = frozenset({"type", "language_code", "status", "chat_type", "mime_type"})
# Where somebody is, and other figures that are nobody's business.
FIGURES = frozenset({"latitude", "longitude", "horizontal_accuracy", "phone_number"})


def masked(value: Any, key: str = "") -> Any:
    """The same structure: every text as ``‹n›``, its number of characters; places hidden."""
    match value:
        case Mapping():
            return {name: masked(inner, name) for name, inner in value.items()}
        case list():
            return [masked(inner, key) for inner in value]
        case str() if key not in PLAIN:
            return f"‹{len(value)}›"
        case int() | float() if key in FIGURES or isinstance(value, float):
            return "‹#›"
    return value

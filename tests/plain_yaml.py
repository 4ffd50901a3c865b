"""Reads the plain part of YAML that our files are written in; anything else is an error.

Mappings by two spaces, values as JSON on one line, comments on lines of their own, one anchor a
mapping, ``<<: *anchor`` to merge it.
"""

from __future__ import annotations

import json
import re
from typing import Any

LINE = re.compile(r"^(?P<indent> *)(?P<key>[\w.<-]+):(?: (?P<value>\S.*))?$")


def read(text: str) -> dict[str, Any]:
    """The document as dictionaries."""
    root: dict[str, Any] = {}
    anchors: dict[str, dict[str, Any]] = {}
    open_: list[dict[str, Any]] = [root]
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = LINE.match(line)
        if found is None:
            raise ValueError(f"line {number} is not plain: {line}")
        depth, key, value = len(found["indent"]) // 2, found["key"], found["value"] or ""
        if len(found["indent"]) % 2 or depth >= len(open_):
            raise ValueError(f"line {number} stands too deep: {line}")
        del open_[depth + 1 :]
        if key == "<<":
            open_[depth].update(anchors[value.removeprefix("*")])
        elif value and not value.startswith("&"):
            open_[depth][key] = json.loads(value)
        else:
            inner: dict[str, Any] = {}
            open_[depth][key] = inner
            open_.append(inner)
            if value:
                anchors[value.removeprefix("&")] = inner
    return root

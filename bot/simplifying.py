"""Traditional Chinese read as Simplified: residents type either, sheets are written in one."""

from __future__ import annotations

from functools import cache

from opencc import OpenCC


def simplified(text: str) -> str:
    """The same text in Simplified characters; what is no Chinese, or no text at all, stays."""
    try:
        written: str = _converter().convert(text)
    except UnicodeEncodeError:  # half an emoji, as a broken client cuts it
        return text
    return written


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")

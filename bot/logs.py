"""Logs: one line an event, key and value, on standard error; never a token, a number, a text."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from bot.last_words import told

TOKEN = re.compile(r"(?<!\d)\d{6,}:[A-Za-z0-9_-]{20,}")
PHONE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")
DSN = re.compile(r"(?<=://)[^/\s:@]+:[^@\s]+(?=@)")
# These tell addresses that hold the token, and whole updates, at lower levels.
TALKATIVE = (
    "httpx",
    "httpcore",
    "aiohttp",
    "telegram",
    "aiogram",
    "apscheduler",
    "sqlalchemy",
    "alembic",
)
# This one prints what it cannot read, and that may be somebody's words.
INDISCREET = ("telegram.request.BaseRequest", "telegram.request")


def redacted(text: str) -> str:
    """The text without anything that looks like a bot token, a password or a phone number."""
    return PHONE.sub("[phone]", DSN.sub("[secret]", TOKEN.sub("[token]", text)))


class Redacting(logging.Filter):
    """Takes secrets out of every record before it is written.

    Of an exception its class and place are left: what it says may be an update.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the record through, changed where it must be."""
        record.msg, record.args = redacted(record.getMessage()), None
        if record.exc_info:
            error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
            record.exc_text = told(error) if error else None
            record.exc_info = None
        return True


def _redact(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: redacted(v) if isinstance(v, str) else v for key, v in event.items()}


def set_up(level: str) -> None:
    """Begin logging at this level: ours, and what the libraries say from WARNING on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(Redacting())
    handler.setFormatter(logging.Formatter("%(levelname)-7s %(name)s %(message)s"))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in INDISCREET:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _redact,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "event"]),
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )

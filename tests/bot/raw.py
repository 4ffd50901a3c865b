"""Updates as Telegram sends them."""

from __future__ import annotations

from typing import Any

LIN = {"id": 42, "is_bot": False, "first_name": "林阿姨"}
PRIVATE = {"id": 42, "type": "private", "first_name": "林阿姨"}
GROUP = {"id": -1001, "type": "supergroup", "title": "东风社区"}
ME = {"id": 7, "is_bot": True, "first_name": "呼应", "username": "huying_bot"}


def message(number: int, text: str = "楼道灯坏了", **more: Any) -> dict[str, Any]:
    """Somebody says something, in private unless ``chat`` is given."""
    body = {"message_id": number, "date": 1772596800, "from": LIN, "chat": PRIVATE, "text": text}
    return {"update_id": number, "message": {**body, **more}}


def tap(number: int, data: str = "ok", chat: dict[str, Any] = PRIVATE) -> dict[str, Any]:
    """Somebody taps a button under a message of the bot."""
    shown = {"message_id": 5, "date": 1772596800, "chat": chat, "from": ME, "text": "?"}
    query = {"id": "9", "from": LIN, "chat_instance": "1", "message": shown, "data": data}
    return {"update_id": number, "callback_query": query}

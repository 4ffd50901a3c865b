"""What the transport gives python-telegram-bot of an answer."""

from __future__ import annotations

import json
from typing import Any

from bot.delivery.transport import Transport

CHAT = {"id": 42, "type": "private"}
SAID = {"message_id": 7, "date": 1, "chat": CHAT, "text": "好", "reply_to_message": {"date": 1}}


def given(result: Any) -> Any:
    """What is left of such a result."""
    answer = Transport.parse_json_payload(json.dumps({"ok": True, "result": result}).encode())
    return answer["result"]


def test_of_a_message_we_sent_only_its_number_date_and_chat_are_read() -> None:
    assert given(SAID) == {"message_id": 7, "date": 1, "chat": CHAT}
    assert given([SAID, SAID]) == [{"message_id": 7, "date": 1, "chat": CHAT}] * 2


def test_everything_else_stays_as_it_came() -> None:
    for result in (True, {"message_id": 7}, {"id": 7, "is_bot": True}, []):
        assert given(result) == result


def test_a_refusal_stays_as_it_came() -> None:
    refusal = {"ok": False, "error_code": 429, "parameters": {"retry_after": 3}}

    assert Transport.parse_json_payload(json.dumps(refusal).encode()) == refusal

"""Deep links into the private chat: lookup keys of one purpose that grant nothing (S7).

What a link opens is decided from the database when it is opened; a link of an earlier state of
the leg says so, a link nobody drew is unknown.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from hashlib import sha256

from bot.screens.taps import Tap, base36

DUTY = "d_"
JOIN = "join_"
MEMBER = "member_"
RESOLVE = "done"
RETURN = "back"
CALL_UP = "up"
RECLASS = "class"
RECLASS_ABOVE = "classup"
RETYPE = "type"
RETYPE_ABOVE = "typeup"
LOG_PHONE = "phone"
REVEAL = "reveal"
RESTRICT = "secret"
LIFT = "lift"
ADD_CO = "co"
ADD_CO_ABOVE = "coup"
ADD_CO_BY_HAND = "codist"
MERGE = "merge"
NAME_LEAD = "lead"
SPLIT = "split"
EXTEND = "longer"
FAIL = "fail"
PRESS = "press"
REOPEN = "open"
REOPEN_ABOVE = "openup"
ADMIT = "sort"
ASK = "ask"
INQUIRE = "inq"
REDIRECT = "else"
REJECT = "reject"
HOLD = "hold"
OBJECT_TO_HOLD = "object"
ORDER_UP = "orderup"
FINDING = "finding"
CONTEST = "contest"
FIND = "find"
"""The whole payload: how to look a call up, for anybody."""
MAC_LENGTH = 10


@dataclass(frozen=True, slots=True)
class Links:
    """Draws start links of this bot, signed with ``key``, and reads their payloads back."""

    key: bytes
    bot_name: str

    def duty(self, action: str, leg: int, version: int) -> str:
        """The link of a card's button that needs several questions."""
        body = f"{action}_{base36(leg)}_{base36(version)}"
        return self.start(f"{DUTY}{body}_{self._mac(body)}")

    def join(self, code: str) -> str:
        """The one-time link an officer opens to join an agency."""
        return self.start(f"{JOIN}{code}")

    def member(self, code: str) -> str:
        """The one-time link by which a resident is known as a Party member."""
        return self.start(f"{MEMBER}{code}")

    def start(self, payload: str) -> str:
        """A link that opens the private chat with this start payload (at most 64 bytes)."""
        return f"https://t.me/{self.bot_name}?start={payload}"

    def read(self, payload: str) -> Tap | None:
        """What a ``d_…`` payload is about, or None for anything this bot never drew."""
        body, _, mac = payload.removeprefix(DUTY).rpartition("_")
        parts = body.split("_")
        genuine = hmac.compare_digest(mac.encode(errors="replace"), self._mac(body).encode())
        if not genuine or len(parts) != 3:
            return None
        return Tap(parts[0], int(parts[1], 36), int(parts[2], 36))

    def _mac(self, body: str) -> str:
        digest = hmac.new(self.key, f"start|{body}".encode(errors="replace"), sha256).digest()
        return base36(int.from_bytes(digest[:8], "big"))[-MAC_LENGTH:]

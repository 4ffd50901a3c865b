"""How an entry of the journal is proved: its own hash, over what may never be forgotten.

What a person said lies beside the chain, under a salted digest that the chain holds. To erase it,
words and salt go and the digest stays: nobody can guess the words from it, and every later hash
still fits (docs/decisions/0010).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC
from hashlib import sha256
from json import JSONEncoder
from typing import Any

PROOF = frozenset({"id", "hash", "prev_hash", "salt", "digest"})
ERASED_BEFORE_DIGESTS = "-"
Values = Mapping[str, Any]
Line = tuple[int, str]
_canonical = JSONEncoder(sort_keys=True, separators=(",", ":")).encode


def digest_of(values: Values, salt: str) -> str:
    """What stands in the chain for the whole entry, its words included."""
    return _sha(f"{salt}{_canonical(_content(values))}")


def hash_of(lasting: Values, digest: str, before: str) -> str:
    """The hash of an entry: ``lasting`` is the row without what may be erased."""
    return _sha(_canonical({**_content(lasting), "digest": digest, "prev_hash": before}))


def old_hash_of(values: Values, before: str) -> str:
    """As entries were hashed before words could be erased: everything in one."""
    return _sha(_canonical({**_content(values), "prev_hash": before}))


def _content(values: Values) -> dict[str, Any]:
    content = {name: value for name, value in values.items() if name not in PROOF}
    return {**content, "at": content["at"].astimezone(UTC).isoformat()}


def _sha(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def sealed(before: str, entries: Iterable[Line], acts: Iterable[Line]) -> str:
    """The hash of a seal: the one before it, and the numbers and hashes of what came since."""
    sum_of = sha256(before.encode())
    for kind, lines in (("entry", entries), ("act", acts)):
        for number, proved in lines:
            sum_of.update(f"\n{kind} {number} {proved}".encode())
    return sum_of.hexdigest()

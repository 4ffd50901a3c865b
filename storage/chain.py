"""How an entry of the journal is proved: its own hash, over what may never be forgotten.

What a person said lies beside the chain, under a salted digest that the chain holds. To erase it,
words and salt go and the digest stays: nobody can guess the words from it, and every later hash
still fits (docs/decisions/0010).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC
from hashlib import sha256
from json import JSONEncoder
from typing import Any

import orjson

PROOF = frozenset({"id", "hash", "prev_hash", "salt", "digest"})
ERASED_BEFORE_DIGESTS = "-"
Values = Mapping[str, Any]
Line = tuple[int, str]
_spelled = JSONEncoder(sort_keys=True, separators=(",", ":")).encode
_SPELLED_OTHERWISE = re.compile(rb"[^\x00-\x7e]|[:,\[]-?[\d.]+e")


def digest_of(values: Values, salt: str) -> str:
    """What stands in the chain for the whole entry, its words included."""
    return _sha(salt.encode() + canonical(_content(values)))


def hash_of(lasting: Values, digest: str, before: str) -> str:
    """The hash of an entry: ``lasting`` is the row without what may be erased."""
    return _sha(canonical(_content(lasting) | {"digest": digest, "prev_hash": before}))


def old_hash_of(values: Values, before: str) -> str:
    """As entries were hashed before words could be erased: everything in one."""
    return _sha(canonical(_content(values) | {"prev_hash": before}))


def canonical(content: Values) -> bytes:
    """The one spelling of JSON that is hashed: keys sorted, no spaces, everything in ASCII.

    It is the standard library's, for ever. Where orjson spells the same it does, ten times as
    fast: not where there is more than ASCII in it, or a number with an exponent.
    """
    try:
        quick = orjson.dumps(content, option=orjson.OPT_SORT_KEYS)
    except TypeError:
        return _spelled(content).encode()
    return _spelled(content).encode() if _SPELLED_OTHERWISE.search(quick) else quick


def _content(values: Values) -> dict[str, Any]:
    content = {**values, "at": values["at"].astimezone(UTC).isoformat()}
    for proof in PROOF:
        content.pop(proof, None)
    return content


def _sha(text: bytes) -> str:
    return sha256(text).hexdigest()


def sealed(before: str, entries: Iterable[Line], acts: Iterable[Line]) -> str:
    """The hash of a seal: the one before it, and the numbers and hashes of what came since."""
    sum_of = sha256(before.encode())
    for kind, lines in (("entry", entries), ("act", acts)):
        for number, proved in lines:
            sum_of.update(f"\n{kind} {number} {proved}".encode())
    return sum_of.hexdigest()

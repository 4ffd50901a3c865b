"""The rule base: which clause a limit or a refusal rests on, in the district's own words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clause:
    """``name`` is what it is about (退单), ``clause`` where it stands, ``text`` what it says."""

    name: str
    clause: str
    text: str = ""

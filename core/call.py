"""A call: one matter, raised once, with one public number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.agency import Point
from core.catalogue import Urgency
from core.intent import Intent

ERASED = 0  # in place of a caller who had their data erased: no account has this number
NOBODY = ERASED  # of a call on behalf that nobody took over yet


class Medium(StrEnum):
    """What a piece of material is."""

    WORDS = "words"
    PHOTO = "photo"
    VOICE = "voice"
    VIDEO = "video"
    FILE = "file"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing somebody said or showed; ``text`` is the words or the caption, unchanged.

    ``accuracy`` is how many metres a pin may be off, as the phone says, and is not kept.
    """

    medium: Medium
    text: str = ""
    file: str = ""
    point: Point | None = None
    album: str = ""
    accuracy: float = 0.0


class NameShown(StrEnum):
    """How much of the caller's name the answering agency sees; withheld by default."""

    WITHHELD = "withheld"
    SHOWN = "shown"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a fact was said: the message it came from (D2)."""

    chat: int
    message: int


@dataclass(frozen=True, slots=True)
class OnBehalf:
    """For whom an officer of ``agency`` raises a call: the name as given, maybe empty.

    ``code`` is what the caller takes the call over with.
    """

    agency: str
    caller_name: str
    code: str


@dataclass(frozen=True, slots=True)
class NewCall:
    """What the raising flow hands over; a second press of ``draft_id`` finds the first call.

    Not ``sure`` means that ``item`` is a guess, or empty: the community chooses. ``behalf`` says
    for whom an officer raises it. ``restricted`` keeps it to named people, ``avoids`` names the
    agency that the matter is about, which has no part in it. ``intent`` is what the caller wants.
    """

    draft_id: str
    item: str
    community: str
    pieces: tuple[Piece, ...]
    address: str = ""
    point: Point | None = None
    details: str = ""
    danger: bool = False
    name_shown: NameShown = NameShown.WITHHELD
    sure: bool = True
    phone: str = ""
    behalf: OnBehalf | None = None
    restricted: bool = False
    avoids: str = ""
    intent: Intent = Intent.HELP


class Link(StrEnum):
    """How a call belongs to the one it is linked with."""

    SPLIT = "split"
    REBOUND = "rebound"
    MERGED = "merged"
    RETALIATION = "retaliation"


@dataclass(frozen=True, slots=True)
class Call:
    """A call as it is stored; ``number`` is public, like ``LW-260614-0037``.

    ``linked`` is another call, ``link`` says how. A ``restricted`` call is for named people only.
    ``raised_by`` is the officer who raised it on behalf of a caller, who takes it over with the
    code whose digest is ``claim``. The agency that it ``avoids`` never answers it. ``phone`` is
    seen by its signer alone, and each look is told.
    """

    id: int
    number: str
    draft_id: str
    caller: int
    caller_name: str
    name_shown: NameShown
    item: str
    urgency: Urgency
    danger: bool
    community: str
    address: str
    point: Point | None
    details: str
    pieces: tuple[Piece, ...]
    raised_at: datetime
    urged_at: datetime | None = None
    closed_at: datetime | None = None
    linked: int | None = None
    link: Link | None = None
    supporters: int = 0
    restricted: bool = False
    raised_by: int | None = None
    claim: str = ""
    phone: str = ""
    avoids: str = ""
    intent: Intent = Intent.HELP

    @property
    def erased(self) -> bool:
        """Whether what was said is gone, as its caller asked."""
        return self.caller == ERASED and not self.pieces

    @property
    def unclaimed(self) -> bool:
        """Whether its caller has no account here yet: raised on behalf, and not taken over."""
        return self.caller == NOBODY and bool(self.claim)

    @property
    def words(self) -> str:
        """All words of the first telling, in order."""
        return words_of(self.pieces)


def words_of(pieces: tuple[Piece, ...]) -> str:
    """All words of these, in order."""
    return "\n".join(piece.text for piece in pieces if piece.text)


def has_photo(pieces: tuple[Piece, ...]) -> bool:
    """Whether anything here shows a picture."""
    return any(piece.medium in (Medium.PHOTO, Medium.VIDEO) for piece in pieces)

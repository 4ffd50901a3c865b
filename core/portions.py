"""How much fits into one message: what was said is split into portions, never cut.

Telegram counts code points: 4096 in a text, 1024 in a caption of a bot (people may write longer
ones). A portion of words leaves room for a headline, and so does a caption.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby

from core.call import Medium, Piece

WORDS_IN_A_PORTION = 3500
WORDS_ON_A_CARD = 2800
WORDS_IN_A_CAPTION = 850
PIECES_IN_AN_ALBUM = 10
IN_ALBUMS = frozenset({Medium.PHOTO, Medium.VIDEO})


@dataclass(frozen=True, slots=True)
class Portion:
    """Either words, or media that travel together (one album, or a single piece)."""

    index: int
    words: str = ""
    pieces: tuple[Piece, ...] = ()


def portions(pieces: tuple[Piece, ...]) -> tuple[Portion, ...]:
    """All that was said, in messages: words first, whole and in order, then media.

    A caption too long to stand below a headline is said as words.
    """
    if not pieces:
        return ()
    pieces = tuple(one for piece in pieces for one in _lightened(piece))
    words = "\n".join(p.text for p in pieces if p.medium is Medium.WORDS and p.text)
    made = [Portion(0, words=chunk) for chunk in chunks(words)]
    made += [Portion(0, pieces=together) for together in _bundles(pieces)]
    return tuple(Portion(n, one.words, one.pieces) for n, one in enumerate(made))


def media_of(pieces: tuple[Piece, ...], part: int) -> tuple[Piece, ...]:
    """The media that travel together in this portion; none where it is words, or is no portion."""
    made = portions(pieces)
    return made[part].pieces if part < len(made) else ()


def words_alone(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Only what was put in words: what may be passed on to more people than it was meant for."""
    return tuple(Piece(Medium.WORDS, piece.text) for piece in pieces if piece.text)


def beside_card(pieces: tuple[Piece, ...]) -> tuple[int, ...]:
    """Portions a card cannot show: all media, and the words when they are too many for it."""
    everything = portions(pieces)
    words_fit = sum(len(one.words) for one in everything) <= WORDS_ON_A_CARD
    return tuple(one.index for one in everything if one.pieces or not words_fit)


def chunks(words: str, size: int = WORDS_IN_A_PORTION) -> tuple[str, ...]:
    """The words in pieces of at most ``size`` code points; joined again they are unchanged.

    Cuts after a line or a sentence where one ends in the last quarter, else anywhere but inside
    a character and what combines with it.
    """
    made = []
    while len(words) > size:
        at = _cut(words, size)
        made.append(words[:at])
        words = words[at:]
    return (*made, words) if words else tuple(made)


def _cut(words: str, size: int) -> int:
    for ending in ("\n", "。", "！", "？", "；", " "):
        at = words.rfind(ending, size * 3 // 4, size)
        if at > 0:
            return at + 1
    at = size
    while at > size // 2 and _joins(words[at]):
        at -= 1
    return at


def _joins(character: str) -> bool:
    code = ord(character)
    return code in (0x200D, 0xFE0F) or 0x300 <= code < 0x370 or 0x1F3FB <= code <= 0x1F3FF


def _lightened(piece: Piece) -> tuple[Piece, ...]:
    if piece.medium is Medium.WORDS or len(piece.text) <= WORDS_IN_A_CAPTION:
        return (piece,)
    return Piece(Medium.WORDS, piece.text), replace(piece, text="")


def _bundles(pieces: tuple[Piece, ...]) -> list[tuple[Piece, ...]]:
    media = [piece for piece in pieces if piece.medium is not Medium.WORDS]
    bundles = []
    for fits_an_album, run in groupby(media, key=lambda piece: piece.medium in IN_ALBUMS):
        together = tuple(run)
        size = PIECES_IN_AN_ALBUM if fits_an_album else 1
        bundles += [together[n : n + size] for n in range(0, len(together), size)]
    return bundles

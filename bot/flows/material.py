"""What somebody said so far, kept in a draft as plain JSON until it becomes pieces of a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.flows.steps import Stay
from bot.words import _
from core.agency import Point
from core.call import Medium, Piece

if TYPE_CHECKING:
    from bot.flows.steps import Draft, Kept

MOST_MEDIA = 10
MOST_WORDS = 20_000
A_FULL_MESSAGE = 4000
PIECES = "pieces"
ALBUM = "album"
FULL = "full"


def as_json(piece: Piece, message: int = 0) -> dict[str, Any]:
    """A piece as it is kept; ``message`` is where it was said, so that an edit finds it."""
    point = [piece.point.latitude, piece.point.longitude] if piece.point else None
    kept = {
        "medium": piece.medium.value,
        "text": piece.text,
        "file": piece.file,
        "album": piece.album,
        "point": point,
        "message": message,
    }
    return {key: value for key, value in kept.items() if value}


def pieces_of(draft: Draft) -> tuple[Piece, ...]:
    """Everything kept, in the order it was said."""
    return tuple(_piece(kept) for kept in draft.get(PIECES, ()))


def tells(draft: Draft) -> bool:
    """Whether somebody could understand the matter: words, a voice or a video, not only photos."""
    telling = (Medium.WORDS, Medium.VOICE, Medium.VIDEO)
    return any(piece.text or piece.medium in telling for piece in pieces_of(draft))


def words_of(draft: Draft) -> str:
    """All words so far, captions included."""
    return "\n".join(piece.text for piece in pieces_of(draft) if piece.text)


def album_goes_on(draft: Draft, piece: Piece) -> bool:
    """Whether the piece belongs to the album that was answered already (A11)."""
    return bool(piece.album) and draft.get(ALBUM) == piece.album


def with_piece(draft: Draft, piece: Piece, message: int = 0) -> Draft | Stay:
    """The draft with one more piece; ``Stay`` tells once that there is room for no more."""
    if sentence := _no_room(draft, piece):
        told = bool(draft.get(FULL))
        return Stay({**draft, FULL: True}, note="" if told else sentence, quiet=told)
    pieces = [*draft.get(PIECES, ()), as_json(piece, message)]
    return {**draft, PIECES: pieces, ALBUM: piece.album or draft.get(ALBUM, "")}


def kept_aside(draft: Draft, piece: Piece, message: int) -> Kept:
    """Keep a piece beside the question that was asked, with one short word about it."""
    kept = with_piece(draft, piece, message)
    if isinstance(kept, Stay):
        return kept
    if album_goes_on(draft, piece):
        return Stay(kept, quiet=True)
    return Stay(kept, note=_("已记下，会一起发送。请接着回答上面的问题。"))


def goes_on(draft: Draft) -> bool:
    """Whether the last words were as long as a message can be: clients split longer ones."""
    last = pieces_of(draft)[-1:]
    return bool(last) and len(last[0].text) >= A_FULL_MESSAGE


def rewritten(draft: Draft, message: int, text: str) -> Draft | None:
    """The draft with the words of that message changed; None when it holds none of it."""
    found = [kept for kept in draft.get(PIECES, ()) if kept.get("message") == message]
    if not found:
        return None
    pieces = [{**p, "text": text} if p in found else p for p in draft[PIECES]]
    return {**draft, PIECES: pieces}


def _no_room(draft: Draft, piece: Piece) -> str:
    """The sentence when the piece is one too many, else nothing."""
    media = sum(bool(one.file) for one in pieces_of(draft))
    if piece.file and media >= MOST_MEDIA:
        return _("照片、语音和文件最多 10 个。前 10 个已经记下，其余的请在发送后再补充。")
    if len(words_of(draft)) + len(piece.text) > MOST_WORDS:
        return _("您说得已经很详细了，后面的没有再记。请接着往下走，发送后还可以补充。")
    return ""


def _piece(kept: dict[str, Any]) -> Piece:
    point = Point(*kept["point"]) if kept.get("point") else None
    return Piece(
        Medium(kept["medium"]),
        text=kept.get("text", ""),
        file=kept.get("file", ""),
        point=point,
        album=kept.get("album", ""),
    )

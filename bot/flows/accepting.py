"""Parsers: what of a message a step can take - a piece of material, a choice, or a reason why not.

A parser gives None for what is not its business, so several stand side by side in a step.
"""

from __future__ import annotations

from aiogram.types import Message

from bot.flows.steps import Chosen, Heard, Parser, Reason, Value
from bot.words import _
from core.agency import Point
from core.call import Medium, Piece

LARGEST_FILE = 20 * 1024 * 1024
FORWARDED = "（以下是转发的消息）"
PDF = "application/pdf"
PICTURES = ("image/", "video/")


def choice(heard: Heard) -> Value | Reason | None:
    """A button of the screen."""
    return heard if isinstance(heard, Chosen) else None


def words(heard: Heard) -> Value | Reason | None:
    """Words that say something: at least one letter, digit or character."""
    if not isinstance(heard, Message) or heard.text is None:
        return None
    if not any(sign.isalnum() for sign in heard.text):
        return Reason(_("只有表情或标点，我看不明白。请用文字说一说，或者按住话筒说一段语音。"))
    return Piece(Medium.WORDS, text=remarked(heard, heard.text))


def photo(heard: Heard) -> Value | Reason | None:
    """A photo, its caption the words."""
    if not isinstance(heard, Message) or not heard.photo:
        return None
    return _piece(heard, Medium.PHOTO, heard.photo[-1].file_id)


def voice(heard: Heard) -> Value | Reason | None:
    """A voice message of at most 20 MB."""
    if not isinstance(heard, Message) or heard.voice is None:
        return None
    if too_large(heard.voice.file_size):
        return Reason(_("这段语音太长了，请分成几段说。前面说过的都还在。"))
    return _piece(heard, Medium.VOICE, heard.voice.file_id)


def video(heard: Heard) -> Value | Reason | None:
    """A video of at most 20 MB (security S14)."""
    if not isinstance(heard, Message) or heard.video is None:
        return None
    if too_large(heard.video.file_size):
        return Reason(
            _("这段视频超过 20 MB，收不下。请截短一些，或者改发几张照片。前面说过的都还在。")
        )
    return _piece(heard, Medium.VIDEO, heard.video.file_id)


def document(heard: Heard) -> Value | Reason | None:
    """A PDF of at most 20 MB.

    A picture or video sent as a file keeps where it was taken (S15), which a group would read: it
    is asked for once more as a photo, from which Telegram takes that away.
    """
    if not isinstance(heard, Message) or heard.document is None or heard.animation:
        return None
    if too_large(heard.document.file_size):
        return Reason(
            _("这个文件超过 20 MB，收不下。请发小一些的文件，或者改发照片。前面说过的都还在。")
        )
    if (heard.document.mime_type or "").startswith(PICTURES):
        return Reason(
            _(
                "这是以“文件”方式发的，里面可能带着拍摄地点，没有收下。"
                "请改用“照片”或“视频”方式再发一次。前面说过的都还在。"
            )
        )
    if heard.document.mime_type != PDF:
        return Reason(_("这种文件转不出去。请改发照片、视频或 PDF 文件。前面说过的都还在。"))
    return _piece(heard, Medium.FILE, heard.document.file_id)


def pin(heard: Heard) -> Value | Reason | None:
    """A location or a venue."""
    if not isinstance(heard, Message) or heard.location is None:
        return None
    point = Point(heard.location.latitude, heard.location.longitude)
    name = heard.venue.title if heard.venue else ""
    off = heard.location.horizontal_accuracy or 0.0
    return Piece(Medium.PLACE, text=name, point=point, accuracy=off)


MEDIA: tuple[Parser, ...] = (photo, voice, video, document)
ANYTHING: tuple[Parser, ...] = (words, *MEDIA, pin)


def parsed(heard: Heard, parsers: tuple[Parser, ...]) -> Value | Reason | None:
    """What the first parser that knows the thing makes of it."""
    return next((value for parser in parsers if (value := parser(heard)) is not None), None)


def unfit(message: Message) -> str:
    """The kind sentence for something no step can take."""
    if message.sticker or message.dice or message.animation:
        return _("表情贴图和动图我看不懂，请用文字、照片或语音告诉我。")
    if message.poll:
        return _("投票我转不出去，请用文字告诉我。")
    if message.contact:
        return _("名片转不出去，请把要说的话用文字写出来。")
    if message.video_note or message.audio:
        return _("这种录音录像转不出去，请按住话筒说语音，或者发普通视频。")
    return _("这一步用不上这个。请看上一条消息，点一个按钮，或者照着提示回答。")


def remarked(message: Message, text: str) -> str:
    """The text unchanged, behind a remark when it was forwarded: for the office, so in Chinese."""
    return f"{FORWARDED}\n{text}" if message.forward_origin else text


def too_large(size: int | None) -> bool:
    """Whether a file is over what a bot may fetch."""
    return (size or 0) > LARGEST_FILE


def _piece(message: Message, medium: Medium, file: str) -> Piece:
    return Piece(medium, text=message.caption or "", file=file, album=message.media_group_id or "")

"""A caller takes back something they said: which, are you sure, done; what groups read then."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.utils.formatting import BlockQuote, Bold, Text, as_list

from bot.screens.cards import clipped
from bot.screens.notices import Telling, Tells, Told
from bot.screens.screen import Button, Screen
from bot.words import N_, _
from core.call import Medium
from core.lifecycle import Action
from core.redacting import Own

SHOWN, LISTED, QUOTED = 16, 12, 300
MEDIA = {
    Medium.PHOTO: N_("照片"),
    Medium.VIDEO: N_("视频"),
    Medium.VOICE: N_("语音"),
    Medium.FILE: N_("文件"),
    Medium.PLACE: N_("位置"),
}


def which(number: str, own: Sequence[Own]) -> Screen:
    """Everything that can be taken back, the newest last; the oldest are left out."""
    listed = own[-LISTED:]
    if not listed:
        return Screen(Text(Bold(number), _(" 里没有可以撤下的话了。")))
    rows = [
        (Button(f"{n}. {_label(one)}", data=f"take:{one.key}"),)
        for n, one in enumerate(listed, start=1)
    ]
    return Screen(
        as_list(
            Text(_("要撤下您在 "), Bold(number), _(" 里说过的哪一段？")),
            _("撤下后，办理单位和别人都看不到，您也收不回来。已经办了的照旧。"),
        ),
        buttons=tuple(rows),
    )


def sure(number: str, own: Own) -> Screen:
    """The whole of it once more."""
    words = " ".join(piece.text for piece in own.pieces if piece.text)
    quoted = [BlockQuote(clipped(words, QUOTED))] if words else [_label(own)]
    return Screen(
        as_list(Text(_("撤下 "), Bold(number), _(" 里的这一段：")), *quoted),
        buttons=((Button(_("确定撤下"), data="yes", style="danger"),),),
    )


def taken(number: str) -> Screen:
    """Done."""
    return Screen(Text(_("已撤下，"), Bold(number), _(" 里不再有这段话。")))


def _label(own: Own) -> str:
    """``照片：井盖…``: what it is, and how it begins."""
    words = " ".join(" ".join(piece.text for piece in own.pieces if piece.text).split())
    shown = clipped(words, SHOWN)
    media = next((_(MEDIA[p.medium]) for p in own.pieces if p.medium in MEDIA), "")
    return _("：").join(part for part in (media, shown) if part)


def left(t: Telling) -> Told:
    """To the group: one thing is gone, the rest is here again."""
    return Told(Text("📎 ", t.number, _(" 呼叫人撤下了一段话，其余的在这里：")), hides=True)


TO_AGENCY: dict[Action, Tells] = {Action.ERASE: left}

"""The first screens of raising a call: privacy, which matter, and telling it."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.utils.formatting import Bold, Text, as_list

from bot.screens.screen import Button, Screen
from bot.words import N_, _
from core.call import Medium, Piece

COUNTED = {
    Medium.WORDS: N_("文字 {n} 段"),
    Medium.PHOTO: N_("照片 {n} 张"),
    Medium.VOICE: N_("语音 {n} 段"),
    Medium.VIDEO: N_("视频 {n} 段"),
    Medium.FILE: N_("文件 {n} 个"),
}


def privacy(has_said: bool) -> Screen:
    """What is kept and who sees it, once, before anything is passed on."""
    kept = _("您刚才说的已经记下，同意后接着办。") if has_said else ""
    return Screen(
        as_list(
            Bold(_("先说明一下您的信息怎么用")),
            _("我会保存您发来的内容、地点和您的称呼，只用来办理您反映的事。"),
            _("办理单位看得到内容和地点；您的姓名默认不显示，电话号码会自动遮住。"),
            *([kept] if kept else []),
        ),
        buttons=((Button(_("同意并继续"), data="agree", style="primary"),),),
    )


def which(open_calls: Sequence[tuple[int, str, str]]) -> Screen:
    """Is it about an open call (leg, number, item) or something new?"""
    rows = [(Button(f"{number} {item}", data=f"leg:{leg}"),) for leg, number, item in open_calls]
    return Screen(
        Text(_("收到。您说的是哪件事？要补充到已经反映的事，还是一件新事？")),
        buttons=(*rows, (Button(_("一件新事"), data="new", style="primary"),)),
    )


def matter(pieces: Sequence[Piece], *, told: bool, community: str = "") -> Screen:
    """Tell what is the matter; ``told`` once there is enough to go on."""
    lines: list[Text | str] = []
    if community:
        lines.append(_("地点先记作：{place}（后面可以改）。").format(place=community))
    if not pieces:
        lines += [
            Bold(_("请告诉我是什么事")),
            _("直接打字、发照片，或者按住话筒说一段语音都可以。"),
        ]
        return Screen(as_list(*lines))
    lines.append(_("已记下：{what}。").format(what=counted(pieces)))
    if not told:
        lines.append(_("请再用一两句话或一段语音，说说是什么事。"))
    else:
        lines.append(_("还有要补充的，请接着发；没有了，请点「说完了」。"))
    again = Button(_("全部重说"), data="again")
    done = Button(_("说完了"), data="done", style="primary")
    return Screen(as_list(*lines), buttons=((done,), (again,)) if told else ((again,),))


def counted(pieces: Sequence[Piece]) -> str:
    """``文字 2 段、照片 3 张``."""
    counts = {medium: sum(piece.medium is medium for piece in pieces) for medium in COUNTED}
    told = [_(COUNTED[medium]).format(n=n) for medium, n in counts.items() if n]
    return _("、").join(told) or _("位置")


def added(number: str, agency: str) -> Screen:
    """What was said went to a call that is open already."""
    return Screen(
        Text(
            _("已补充到 "),
            Bold(number),
            _("，{agency}马上看得到。要看进展，请点 /mycalls。").format(agency=agency),
        )
    )


def dropped() -> Screen:
    """The call was not raised."""
    return Screen(Text(_("已取消，刚才的内容没有发出，也没有保存。有事请随时发消息给我。")))

"""Rating in private chat: rework or close, one to five stars, a word if they like."""

from __future__ import annotations

from aiogram.utils.formatting import Bold, Text, as_list

from bot.screens.buttons import Rows
from bot.screens.cards import clipped
from bot.screens.screen import Button, Screen
from bot.words import N_, _

LONGEST_WORDS = 160
STARS = (N_("非常不满意"), N_("不满意"), N_("基本满意"), N_("满意"), N_("非常满意"))


def rework_or_close(number: str, agency: str, *, again: bool = True) -> Screen:
    """Not solved: what now? After three times there is only one way."""
    close = (Button(_("就此结案"), data="close"),)
    if not again:
        tried = _(
            " 没有解决，很抱歉。已重办三次，区里在督办。请先就此结案，记作未解决，以后可重开。"
        )
        return Screen(Text(Bold(number), tried), buttons=(close,))
    return Screen(
        Text(
            Bold(number),
            _(" 没有解决，很抱歉。要请{agency}重新办理，还是就此结案？").format(agency=agency),
        ),
        buttons=(
            (Button(_("请重办"), data="again", style="primary"),),
            close,
        ),
    )


def what_is_wrong() -> Screen:
    """What is still not right."""
    return Screen(
        Text(_("哪里还没办好？打字告诉我，会一起转过去。不想多说，请直接点下面的按钮。")),
        buttons=((Button(_("直接重办"), data="none", style="primary"),),),
    )


def stars(number: str, words: str) -> Screen:
    """Five buttons with words; what was typed before goes along."""
    said = _("您的话已记下：“{words}”。").format(words=clipped(words, LONGEST_WORDS))
    typed = said if words else _("有话要说，请先打字，再点下面的评价。")
    rows = [(Button(_(label), data=str(n)),) for n, label in reversed([*enumerate(STARS, 1)])]
    return Screen(
        as_list(Text(Bold(number), _("：您对这次办理满意吗？")), typed), buttons=tuple(rows)
    )


def thanks(number: str, again: Rows = ()) -> Screen:
    """The rating is kept; ``again`` are the buttons for who finds that it is not over."""
    told = Text(_("谢谢您的评价，"), Bold(number), _(" 已结案。有新的事请随时告诉我。"))
    return Screen(told, buttons=again)


def thanks_ahead(number: str) -> Screen:
    """The rating is kept until somebody else has looked."""
    head = _(" 还在核查。核查一有结果，就按您的评价办。")
    return Screen(Text(_("谢谢您的评价，"), Bold(number), head))


def reworked(number: str, agency: str, until: str) -> Screen:
    """The same agency again, with half the time."""
    promise = _("{agency}会在 {until} 前重新办结。").format(agency=agency, until=until)
    return Screen(as_list(Text(Bold(number), _(" 已退回重办。")), *([promise] if until else [])))


def settled(status: str) -> str:
    """The kind word for a button of an earlier answer."""
    return _("这个按钮是之前的，现在是：{status}。看进展请点 /mycalls。").format(status=status)


def put_off() -> Screen:
    """Not now."""
    return Screen(Text(_("好的，以后再评。到时点那条消息上的按钮就行。")))

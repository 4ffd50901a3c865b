"""What the caller wants: a line of the last look, and the choice behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiogram.utils.formatting import Bold, Text, as_list

from bot.screens import names
from bot.screens.screen import Button, Screen
from bot.words import N_, _
from core.call import Call, NameShown
from core.intent import Intent

if TYPE_CHECKING:
    from core.agency import Agency

ABOUT = {
    Intent.CONSULT: N_("问政策、问怎么办"),
    Intent.HELP: N_("请帮忙解决一件事"),
    Intent.COMPLAINT: N_("对人、对事、对服务不满意"),
    Intent.REPORT: N_("揭发违法、违纪的人或事"),
    Intent.SUGGESTION: N_("出主意，不急着解决"),
    Intent.PRAISE: N_("夸一夸，请代为转达"),
}
NAMELESS, SECRET, USUAL, PROTECT = "nameless", "secret", "usual", "protect"


def line(intent: Intent) -> Text:
    """As the last look has it."""
    return Text(_("类型："), _(names.INTENTS[intent]))


def button(intent: Intent) -> Button:
    """To change what was guessed."""
    now = _(names.INTENTS[intent])
    return Button(_("改类型（现在：{intent}）").format(intent=now), data="intent")


def offered(call: Call) -> tuple[tuple[Button, ...], ...]:
    """To whoever seems to report somebody, and is to be known still: that they need not be."""
    known = call.name_shown is not NameShown.ANONYMOUS
    if call.intent is not Intent.REPORT or not known:
        return ()
    return ((Button(_("🙈 举报可以不留称呼"), data=PROTECT),),)


def asks() -> Screen:
    """All six, each with what it is for."""
    lines = [f"· {_(names.INTENTS[one])}：{_(said)}" for one, said in ABOUT.items()]
    keys = [Button(_(names.INTENTS[one]), data=f"intent:{one.value}") for one in Intent]
    return Screen(
        as_list(Bold(_("您这次是想：")), *lines),
        buttons=(tuple(keys[:3]), tuple(keys[3:])),
    )


def protects(team: Agency | None) -> Screen:
    """To whoever reports somebody: nobody needs to know who said it."""
    lines: list[Text | str] = [
        Bold(_("举报可以不留称呼。")),
        _("不留称呼，办理单位就不知道是谁反映的；进展照样告诉您。"),
    ]
    rows = [(Button(_("不留称呼"), data=NAMELESS, style="primary"),)]
    if team is not None:
        lines.append(_("也可以只交【{team}】的专人，别人都看不到。").format(team=team.short_name))
        rows.append((Button(_("不留称呼，只交专人"), data=SECRET),))
    rows.append((Button(_("照常"), data=USUAL),))
    return Screen(as_list(*lines), buttons=tuple(rows))

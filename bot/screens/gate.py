"""What the lists say of a task or a matter, and how a community refuses what no list lets in."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.utils.formatting import Text

from bot.screens.easel import Easel
from bot.screens.names import clean
from bot.screens.screen import Button, Screen
from bot.words import N_, _
from core.lists import Listed, ListKind

REFUSE = "gate"
SHOWN = 10
KINDS = {
    ListKind.STREET: N_("街道权责"),
    ListKind.COMMUNITY: N_("社区职责"),
    ListKind.ASSIST: N_("协助事项"),
    ListKind.FORBIDDEN: N_("禁止进入社区"),
}


def usage() -> str:
    """How the command is written."""
    return _(
        "请写上任务或事项的名称（至少两个字），看它在哪张清单里，例如：/gate 入户核对。"
        "不在清单里的任务，社区可以不接。"
    )


def told(words: str, found: Sequence[Listed], *, refuses: bool, chat: int, easel: Easel) -> Screen:
    """Which lists name it, by which clause; a community may refuse what none lets in."""
    name = clean(words)
    if not found:
        head = _("“{name}”不在任何清单里。要进社区，先要经区里准入；没有准入，社区可以不接。")
        lines = [head.format(name=name)]
    else:
        lines = [_row(row, easel) for row in found[:SHOWN]]
    rows: tuple[tuple[Button, ...], ...] = ()
    if refuses:
        data = easel.data(REFUSE, 0, 0, chat=chat)
        rows = ((Button(_("非准入，拒收"), data=data, style="danger"),),)
    return Screen(Text("\n\n".join(lines)), rows)


def refused(task: str, name: str) -> str:
    """In place of what was shown."""
    return _("已记下：{name} 拒收“{task}”。已告诉区里，不影响考核。").format(
        name=clean(name), task=clean(task)
    )


def to_district(task: str, agency: str, name: str) -> str:
    """To the group of the district."""
    return _("【{agency}】拒收了没有准入的任务“{task}”（{name}）。要进社区，请先办准入。").format(
        agency=agency, task=clean(task), name=clean(name)
    )


def _row(row: Listed, easel: Easel) -> str:
    marks = {ListKind.FORBIDDEN: "⛔", ListKind.ASSIST: "🤝"}
    head = _("{mark} {name}：在《{kind}》清单第 {code} 项").format(
        mark=marks.get(row.kind, "📋"), name=row.name, kind=_(KINDS[row.kind]), code=row.code
    )
    lead = _("，牵头【{agency}】").format(agency=easel.name_of(row.lead)) if row.lead else ""
    clause = "\n" + _("依据：{clause}").format(clause=row.clause) if row.clause else ""
    means = "\n" + _("社区可以不接。") if row.kind is ListKind.FORBIDDEN else ""
    return head + lead + clause + means

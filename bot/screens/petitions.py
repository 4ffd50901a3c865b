"""What waits for a second person: told to whoever may agree, to whoever asked, and listed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aiogram.utils.formatting import Bold, Text, as_list

from bot.delivery.speech import Speech
from bot.screens import ruling
from bot.screens.breach import notice
from bot.screens.easel import Easel
from bot.screens.export_rows import TITLES
from bot.screens.exports import described
from bot.screens.names import clean
from bot.screens.saying import keyboard, worded
from bot.screens.screen import Button, Screen
from bot.screens.times import when
from bot.words import N_, _, speaking
from core.board import Board
from core.breach import breach_of
from core.exporting import What, wish_of
from core.outgoing import OutboxRow
from core.petitions import Asked, Fate, Petition, as_difference

AGREE, DECLINE = "pagree", "pdecline"
ENDS = {
    Fate.SECONDED: N_("✅ {name} 同意了，已经办好：{what}。"),
    Fate.DECLINED: N_("{name} 没有同意，什么也没有变：{what}。"),
    Fate.LAPSED: N_(
        "没有办：{what}。到时没有人同意，或者情况后来变了。还要办，请重新发一次命令。"
    ),
}
MOST = 20


async def petition(row: OutboxRow, board: Board, easel: Easel) -> Speech:
    """The message as things stand when it is sent: to be decided, or how it ended."""
    found = await board.work.petitions.get(row.payload["petition"])
    resident = await board.resident(row.lane)
    with speaking(resident.language if resident else "zh_Hans"):
        if row.payload.get("of_you"):
            screen = Screen(Text(erased()))
        elif row.payload.get("in_public"):
            screen = Screen(Text(found.facts["words"]))
        elif row.lane == found.by or found.fate is not Fate.WAITING:
            screen = Screen(Text(ended(found, easel)))
        else:
            screen = question(found, chat=row.lane, easel=easel)
    params = {"chat_id": row.lane, **worded(screen.text), **keyboard(screen.buttons)}
    return Speech("sendMessage", params)


def question(petition: Petition, *, chat: int, easel: Easel) -> Screen:
    """To whoever may agree: who asks, what exactly, until when; 同意 and 不同意."""
    head = _("【需要您同意】{name} 申请：{what}").format(
        name=clean(petition.by_name), what=what(petition, easel)
    )
    until = _("请在 {at} 前决定；过时就不办了。").format(at=when(petition.due, easel.zone))
    yes = Button(_("同意"), data=easel.data(AGREE, petition.id, 0, chat=chat), style="success")
    no = Button(_("不同意"), data=easel.data(DECLINE, petition.id, 0, chat=chat))
    text = as_list(Bold(head), *_details(petition, easel), "", until)
    return Screen(text, ((yes, no),))


def what(petition: Petition, easel: Easel) -> str:
    """The act in a few words."""
    return WHAT[petition.asked](petition, easel)


def asked(petition: Petition, others: int, easel: Easel) -> str:
    """To whoever asked: nothing is done yet, who decides, until when; or that nobody can."""
    head = _("已提交，还没有改动：{what}。").format(what=what(petition, easel))
    if others:
        rest = _(
            "这件事要两个人决定，已请另外 {n} 人同意，{at} 前有效。看进展或收回：/pending"
        ).format(n=others, at=when(petition.due, easel.zone))
    else:
        rest = alone(petition, easel)
    return f"{head}\n{rest}"


def alone(petition: Petition, easel: Easel) -> str:
    """Nobody else may agree: who could, and how."""
    district = easel.district.tree.district.short_name
    if petition.asked is Asked.ERASE:
        return _(
            "这件事要审计员同意，可本区还没有审计员。请先邀请再发一次：/invite {district} 审计员"
        ).format(district=district)
    return _(
        "这件事要两个人决定，可现在只有您一位管理员。"
        "请先邀请审计员（/invite {district} 审计员）再发一次，"
        "或请保管服务器的人在主机上运行：huying pending agree {n}"
    ).format(n=petition.id, district=district)


def ended(petition: Petition, easel: Easel) -> str:
    """How it ended, or that it still waits."""
    if petition.fate is Fate.WAITING:
        return asked(petition, 1, easel)
    name = clean(petition.settled_by) or _("主机")
    return _(ENDS[petition.fate]).format(name=name, what=what(petition, easel))


def erased() -> str:
    """To the person whose data it was."""
    return _("按您的申请，您的个人信息已经删除；办件的编号、事项和日期作为数字保留。")


def pending(
    waiting: Sequence[tuple[Petition, bool]], *, own: int, chat: int, easel: Easel
) -> Screen:
    """``/pending``: each that waits, by whom, until when; buttons for what this person may do."""
    if not waiting:
        return Screen(Text(_("没有等第二个人同意的事。")))
    lines = [_("等第二个人同意的事：")]
    rows: list[tuple[Button, ...]] = []
    for petition, may in waiting[:MOST]:
        at = when(petition.due, easel.zone)
        lines.append(
            _("{n}. {what}（{name} 提出，{at} 前有效）").format(
                n=petition.id,
                what=what(petition, easel),
                name=clean(petition.by_name),
                at=at,
            )
        )
        rows += [_row(petition, may, own, chat, easel)]
    return Screen(Text("\n".join(lines)), tuple(row for row in rows if row))


def _row(petition: Petition, may: bool, own: int, chat: int, easel: Easel) -> tuple[Button, ...]:
    agree = _("{n} 同意").format(n=petition.id)
    other = _("{n} 收回") if petition.by == own else _("{n} 不同意")
    drop = other.format(n=petition.id)
    yes = Button(agree, data=easel.data(AGREE, petition.id, 0, chat=chat))
    no = Button(drop, data=easel.data(DECLINE, petition.id, 0, chat=chat))
    return (yes, no) if may else (no,) if petition.by == own else ()


def _details(petition: Petition, easel: Easel) -> list[str]:
    """All of the difference for a sheet; what hangs on it for the rest."""
    if petition.asked is Asked.SHEET:
        return ruling.lines_of(as_difference(petition.facts["changes"]))
    if petition.asked is Asked.EXPORT:
        return described(wish_of(dict(petition.facts)))
    if petition.asked is Asked.BREACH:
        return [notice(breach_of(petition.facts), easel)]
    if petition.asked is Asked.RANKING:
        return [petition.facts["words"]]
    if petition.asked is Asked.UNBIND:
        return [
            _("那里还有 {n} 件没办完；解除后由上一级接着办，直到重新绑定。").format(
                n=petition.facts["open"]
            )
        ]
    return [_("呼叫人用书面或电话提出。删除后不能恢复；还没办完的继续办，但不再有姓名。")]


def _sheet(petition: Petition, easel: Easel) -> str:
    restores = petition.facts.get("restores")
    if restores:
        return _("把《{sheet}》表退回到第 {n} 版").format(
            sheet=ruling.WORDS.get(petition.subject, petition.subject), n=restores
        )
    return _("改《{sheet}》表").format(sheet=ruling.WORDS.get(petition.subject, petition.subject))


WHAT: dict[Asked, Callable[[Petition, Easel], str]] = {
    Asked.SHEET: _sheet,
    Asked.UNBIND: lambda petition, easel: _("解除【{agency}】的办理群").format(
        agency=easel.name_of(petition.subject)
    ),
    Asked.EXPORT: lambda petition, easel: _("导出{what}，含个人信息").format(
        what=_(TITLES[What(petition.subject)])
    ),
    Asked.BREACH: lambda petition, easel: _("向 {n} 人告知个人信息泄露").format(
        n=petition.facts["n"]
    ),
    Asked.RANKING: lambda petition, easel: _("在公开频道公布【{agency}】的排名").format(
        agency=easel.name_of(petition.subject)
    ),
    Asked.ERASE: lambda petition, easel: _("删除 {number} 呼叫人的个人信息").format(
        number=petition.subject
    ),
}

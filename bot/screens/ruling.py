"""What administrators read about the rules: one of them, what would change, earlier versions."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.utils.formatting import Text

from bot.commands import ADMINISTRATORS
from bot.screens import cell_changed
from bot.screens.clauses import told as clauses_told
from bot.screens.easel import Easel
from bot.screens.names import clean
from bot.screens.screen import Button, Screen
from bot.screens.times import when
from bot.words import N_, _
from core.rulebook import BEGINNING
from core.sheet_edits import Difference, Row
from core.sheet_versions import SheetVersion

SHEETS = {
    "单位": "agencies.csv",
    "事项": "catalogue.csv",
    "时限": "rules.csv",
    "日历": "calendar.csv",
    "口径": "replies.csv",
    "工时": "hours.csv",
    "催办": "ladder.csv",
    "条款": "clauses.csv",
}
WORDS = {file: word for word, file in SHEETS.items()}
CONFIRM, DROP = "rule", "norule"
SECONDS = 60
LINES = 40
LONGEST = 3600
USAGES = {
    "rule": N_("请写上规则的名称，例如：/rule 退单"),
    "limit": N_("请写明改哪一项、改成多少，例如：/limit P2 办结 4 工作日"),
    "holiday": N_(
        "请写明日期和安排，例如：/holiday 2027-01-01 休 元旦，或 /holiday 2027-01-09 班"
    ),
    "sheet": N_(
        "请写上表名；要整张换掉，就从第二行起把整张表粘贴在后面，第一行是列名。"
        "表名：单位、事项、时限、日历、口径、工时、催办、条款。例如：/sheet 日历"
    ),
    "versions": N_(
        "请写上表名，例如：/versions 时限。表名：单位、事项、时限、日历、口径、工时、催办、条款。"
    ),
    "rollback": N_("请写上表名和版本，例如：/rollback 时限 2。用 /versions 时限 看有哪些版本。"),
}


def page() -> str:
    """``/admin``: everything there is, on one page."""
    head = _("改规则的命令都会先给您看，您本人在 60 秒内确认才生效，之后随时可以退回。")
    lines = (f"/{name} — {_(words)}" for name, words in ADMINISTRATORS)
    return "\n".join([head, "", *lines])


def rule(name: str, rows: Sequence[Row], version: SheetVersion | None, easel: Easel) -> str:
    """Clauses and limits that fit a word, and since when the limits count."""
    base = easel.district.clauses.values()
    clauses = [clauses_told(one) for one in base if name in one.name or name in one.text]
    if not rows and not clauses:
        return _("没有叫“{name}”的规则。请换个说法，例如：/rule 退单、/rule P2").format(
            name=clean(name)
        )
    lines = [*clauses[:5], *(_rule(row) for row in rows[:20])]
    return "\n\n".join([*lines, _since(version, easel)])[:LONGEST]


def proposal(
    sheet: str, changes: Difference, data: str, *, chat: int, easel: Easel, undo: int
) -> Screen:
    """What would change, and how to take it back; 确认 or 取消."""
    head = _("《{sheet}》表将改动（现在还没有改）：").format(sheet=_word(sheet))
    back = _("确认后立即生效，已派出的事项时限不变。要撤回：/rollback {sheet} {undo}").format(
        sheet=_word(sheet), undo=undo
    )
    hurry = _("请您本人在 60 秒内确认。")
    text = "\n".join([head, *lines_of(changes), "", back, hurry])
    yes = Button(_("确认"), data=easel.data(CONFIRM, 0, 0, chat=chat, extra=data), style="success")
    no = Button(_("取消"), data=easel.data(DROP, 0, 0, chat=chat, extra=data))
    return Screen(Text(text), ((yes, no),))


def decided(sheet: str, number: int) -> str:
    """In place of the proposal."""
    return _("✅ 已生效：《{sheet}》表第 {n} 版。要撤回：/rollback {sheet} {before}").format(
        sheet=_word(sheet), n=number, before=number - 1
    )


def nothing_changes() -> str:
    """The sheet says that already."""
    return _("和现在的一样，没有要改的。")


def expired() -> str:
    """Too late, or the sheet was changed meanwhile."""
    return _("已过期，请重新发一次命令。")


def not_yours() -> str:
    """Somebody else presses."""
    return _("要由发命令的人本人确认。")


def dropped() -> str:
    """In place of the proposal."""
    return _("已取消，规则没有变化。")


def usage(command: str) -> str:
    """How a command is written."""
    return _(USAGES[command])


def in_force(sheet: str, text: str, version: SheetVersion | None, easel: Easel) -> str:
    """``/sheet NAME``: the sheet as it counts now, as much of it as a message holds."""
    body = text[:LONGEST] if text else _("（没有这张表，按通常办法办理。）")
    more = "\n…" if len(text) > LONGEST else ""
    return f"{_since(version, easel)}\n\n{body}{more}"


def versions(sheet: str, listed: Sequence[SheetVersion], easel: Easel) -> str:
    """``/versions NAME``: who made which, when; the newest first."""
    if not listed:
        return _("《{sheet}》表还没有改过，用的是资料文件夹里的那一份。").format(
            sheet=_word(sheet)
        )
    head = _("《{sheet}》表的版本（新的在前）：").format(sheet=_word(sheet))
    back = _("退回某一版：/rollback {sheet} 版本号").format(sheet=_word(sheet))
    return "\n".join([head, *(_version(each, easel) for each in listed), back])


def _version(version: SheetVersion, easel: Easel) -> str:
    if version.made_by is None:
        return _("第 {n} 版　资料文件夹").format(n=version.version)
    at = when(version.effective_from, easel.zone)
    line = _("第 {n} 版　{at} 起　{name}").format(
        n=version.version, at=at, name=clean(version.made_by_name)
    )
    again = _("（退回到第 {n} 版）").format(n=version.restores) if version.restores else ""
    return line + again


def _since(version: SheetVersion | None, easel: Easel) -> str:
    if version is None or version.effective_from == BEGINNING:
        return _("现行：资料文件夹里的版本。")
    at = when(version.effective_from, easel.zone)
    return _("现行：第 {n} 版，{at} 起。").format(n=version.version, at=at)


def _rule(row: Row) -> str:
    figure = " ".join(filter(None, (row.get("数值"), row.get("单位"))))
    cap = " ".join(filter(None, (row.get("上限数值"), row.get("上限单位"))))
    most = _("，最多 {cap}").format(cap=cap) if cap else ""
    clause = row.get("依据")
    why = "\n" + _("依据：{clause}").format(clause=clause) if clause else ""
    return f"{row.get('项目')}：{figure}{most}{why}"


def lines_of(changes: Difference) -> list[str]:
    """Row by row what changes, as much of it as a message holds."""
    lines = [cell_changed.line(*cell) for cell in changes.changed]
    lines += [_("· 增加：{row}").format(row=row) for row in changes.added]
    lines += [_("· 删去：{row}").format(row=row) for row in changes.removed]
    shown, rest = [line[:80] for line in lines[:LINES]], len(lines) - LINES
    return [*shown, _("……另有 {n} 处").format(n=rest)] if rest > 0 else shown


def _word(sheet: str) -> str:
    return WORDS.get(sheet, sheet)

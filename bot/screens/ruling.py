"""What administrators read about the rules: one of them, what would change, earlier versions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from aiogram.utils.formatting import Text

from bot.screens import cell_changed
from bot.screens.clauses import told as clauses_told
from bot.screens.easel import Easel
from bot.screens.names import clean
from bot.screens.screen import Button, Screen
from bot.screens.times import when
from bot.words import N_, _
from core.petitions import needs_second
from core.rulebook import BEGINNING
from core.sheet_edits import Difference, Row
from core.sheet_versions import SheetVersion

SHEETS = {
    "单位": "agencies.csv",
    "事项": "catalogue.csv",
    "时限": "rules.csv",
    "日历": "calendar.csv",
    "常用语": "replies.csv",
    "工时": "hours.csv",
    "催办": "ladder.csv",
    "清单": "lists.csv",
    "条款": "clauses.csv",
    "功能": "features.csv",
    "网格": "grids.csv",
}
WORDS = {file: word for word, file in SHEETS.items()}
CONFIRM, DROP = "rule", "norule"
SECONDS = 60
LINES = 40
LONGEST = 3600
USAGES = {
    "alias": N_("请写明事项的编号和居民的说法，例如：/alias 10 灯柱不亮。看建议：/aliases"),
    "holiday": N_(
        "请写明日期和安排，例如：/holiday 2027-01-01 休 元旦，或 /holiday 2027-01-09 班"
    ),
    "sheet": N_(
        "请写上表名，我把整张表发给您，例如：/sheet 日历，或 /sheet 日历 csv；"
        "第 2 版：/sheet 日历 2。"
        "要换掉，就把改好的 Excel 或 CSV 文件发给我，或从第二行起把整张表粘贴在命令后面。"
        "表名：单位、事项、时限、日历、常用语、工时、催办、清单、条款、功能、网格。"
    ),
    "versions": N_(
        "请写上表名，例如：/versions 时限。"
        "表名：单位、事项、时限、日历、常用语、工时、催办、清单、条款、功能、网格。"
    ),
    "rollback": N_("请写上表名和版本，例如：/rollback 时限 2。用 /versions 时限 看有哪些版本。"),
}


def rule(name: str, rows: Sequence[Row], version: SheetVersion | None, easel: Easel) -> str:
    """Clauses and limits that fit a word, and since when the limits count."""
    base = easel.district.clauses.values()
    clauses = [clauses_told(one) for one in base if name in one.name or name in one.text]
    if not rows and not clauses:
        return _("没有叫“{name}”的规则。请换个说法，例如：/rule 退单、/rule P2").format(
            name=clean(name)
        )
    lines = [*clauses[:5], *(_rule(row) for row in rows[:20])]
    return "\n\n".join([*lines, since(version, easel)])[:LONGEST]


def proposal(
    sheet: str,
    changes: Difference,
    data: str,
    *,
    chat: int,
    easel: Easel,
    undo: int,
    planned: Sequence[SheetVersion] = (),
    since: datetime | None = None,
) -> Screen:
    """What would change, what was planned and would not come, how to take it back."""
    head = _("《{sheet}》表将改动（现在还没有改）：").format(sheet=_word(sheet))
    off = [
        _("· 取消计划：第 {n} 版（{at} 起）").format(
            n=each.version, at=when(each.effective_from, easel.zone)
        )
        for each in planned
    ]
    starts = starting(since, easel)
    back = _("要撤回：/rollback {sheet} {undo}").format(sheet=_word(sheet), undo=undo)
    if needs_second(sheet, changes):
        back = _("您确认后，还要第二个人同意才生效（24 小时内）。")
    hurry = _("请您本人在 60 秒内确认。")
    text = "\n".join([head, *lines_of(changes), *off, "", starts, back, hurry])
    yes = Button(_("确认"), data=easel.data(CONFIRM, 0, 0, chat=chat, extra=data), style="success")
    no = Button(_("取消"), data=easel.data(DROP, 0, 0, chat=chat, extra=data))
    return Screen(Text(text), ((yes, no),))


def starting(since: datetime | None, easel: Easel) -> str:
    """From when on it would count."""
    if since is None:
        return _("确认后立即生效，已派出的事项时限不变。")
    return _("确认后从 {at} 起生效。").format(at=when(since, easel.zone))


def no_such_version(sheet: str, number: int) -> str:
    """Nobody ever made it."""
    return _("《{sheet}》表没有第 {n} 版。有哪些版本：/versions {sheet}").format(
        sheet=_word(sheet), n=number
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


def without_sheet(sheet: str) -> str:
    """The district does without this sheet."""
    return _("没有《{sheet}》这张表，按通常办法办理。").format(sheet=_word(sheet))


def caption(sheet: str, version: SheetVersion | None, easel: Easel) -> str:
    """Beside a sheet as a file: since when it counts, and what to do with it."""
    again = _("要改：改好后把文件发回来。可在说明里写生效时间，例如：{sheet} 明天 8:00 起").format(
        sheet=_word(sheet)
    )
    return "\n".join((_("《{sheet}》表").format(sheet=_word(sheet)), since(version, easel), again))


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
    off = _("（已撤回）") if version.withdrawn_at else ""
    return line + again + off


def earlier(sheet: str, version: SheetVersion | None, easel: Easel) -> str:
    """Beside a version as a file: who made it, and how to go back to it."""
    head = _("《{sheet}》表").format(sheet=_word(sheet))
    if version is None:
        return head
    back = _("退回这一版：/rollback {sheet} {n}").format(sheet=_word(sheet), n=version.version)
    return "\n".join((head, _version(version, easel), back))


def since(version: SheetVersion | None, easel: Easel) -> str:
    """Which version counts, and from when on."""
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
    lines = all_lines_of(changes)
    shown, rest = [line[:80] for line in lines[:LINES]], len(lines) - LINES
    return [*shown, _("……另有 {n} 处").format(n=rest)] if rest > 0 else shown


def all_lines_of(changes: Difference) -> list[str]:
    """Row by row what changes."""
    lines = [cell_changed.line(*cell) for cell in changes.changed]
    lines += [_("· 增加：{row}").format(row=row) for row in changes.added]
    return lines + [_("· 删去：{row}").format(row=row) for row in changes.removed]


def _word(sheet: str) -> str:
    return WORDS.get(sheet, sheet)

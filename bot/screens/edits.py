"""One row of a sheet, or a list of them, as an administrator reads it before changing it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.words import N_, _
from core.sheet_rows import Rows

MOST, LONGEST = 40, 3600
NAMED = ("agency", "item")  # one word after these only asks to see it
USAGES = {
    "agency": N_(
        "看单位：/agency 西村街道；改：/agency 西村街道 改名 新名称（或 上级、电话、别名）；"
        "加：/agency 加 编码 名称 类别 上级；撤：/agency 西村街道 撤（要第二个人同意）。"
    ),
    "item": N_(
        "看事项：/item 23；改：/item 23 主办 区民政局（或 协办、等级、首接、别名）；"
        "加一个说法：/item 23 别名 +走鬼。"
    ),
    "replies": N_(
        "看常用语：/replies；加：/replies 加 内容（办结后用的：/replies 加 办结后 内容）；"
        "改：/replies 3 改 新内容；删：/replies 3 删。"
    ),
    "feature": N_(
        "分街道开通：/feature 反映 西村街道 开；先全部关上：/feature 反映 关。"
        "功能：反映、同感、话题。没有写的都是开。"
    ),
    "quiet": N_("夜里不提醒的时间：/quiet 21:30 8:00"),
}


def shown(command: str, words: Sequence[str], text: str) -> str:
    """What is in force for these words, then how it is changed, with an example.

    Said as well where a change was wanted and could not be read.
    """
    usage = _(USAGES[command])
    if len(words) > (command in NAMED):
        usage = _("没看懂要改成什么，没有改动。") + "\n" + usage
    body = SHOWN[command](words, Rows.of(text)) if text else ""
    return f"{body}\n\n{usage}"[-LONGEST:] if body else usage


def still_above(facts: Mapping[str, Any]) -> str:
    """Why an agency cannot go: which ones are to be moved first, and how."""
    below = facts["below"]
    names = _("、").join(below)
    more = _("{names} 等").format(names=names) if facts["count"] > len(below) else names
    return _(
        "不能撤“{name}”：下面还有 {count} 个单位（{below}）。请先给它们换上级，例如："
        "/agency {first} 上级 新的街道；单位多时，用 /sheet 单位 一次改好。"
    ).format(name=facts["name"], count=facts["count"], below=more, first=below[0])


def _agency(words: Sequence[str], sheet: Rows) -> str:
    if len(words) != 1:
        kinds: dict[str, int] = {}
        for row in sheet.rows:
            kinds[row["类别"]] = kinds.get(row["类别"], 0) + 1
        counted = _("、").join(f"{kind} {n}" for kind, n in kinds.items())
        return _("现有单位 {n} 个：{kinds}。").format(n=len(sheet.rows), kinds=counted)
    row = sheet.rows[sheet.find(words[0], "编码", "别名", "名称")]
    below = [one["名称"] for one in sheet.rows if one["上级"] == row["编码"]][:MOST]
    lines = _cells(row, ("编码", "名称", "类别", "上级", "别名", "值班电话"))
    return "\n".join(
        [*lines, *([_("下级：{names}").format(names="、".join(below))] if below else [])]
    )


def _item(words: Sequence[str], sheet: Rows) -> str:
    if len(words) != 1:
        names = (f"{row['编号']} {row['事项']}" for row in sheet.rows)
        return "\n".join(names) if not words else ""
    row = sheet.rows[sheet.find(words[0], "编号", "事项")]
    return "\n".join(_cells(row, tuple(sheet.header)))


def _replies(_words: Sequence[str], sheet: Rows) -> str:
    lines = (
        f"{n}.（{row['时机']}{' ' + row['事项'] if row['事项'] else ''}）{row['内容']}"
        for n, row in enumerate(sheet.rows, 1)
    )
    return "\n".join(lines)


def _quiet(_words: Sequence[str], sheet: Rows) -> str:
    return _("现在：{hours}").format(hours=sheet.rows[sheet.find("免打扰", "项目")]["数值"])


def _feature(_words: Sequence[str], sheet: Rows) -> str:
    rest = _("其他街道")
    return "\n".join(f"{row['功能']}　{row['街道'] or rest}　{row['状态']}" for row in sheet.rows)


SHOWN: Mapping[str, Callable[[Sequence[str], Rows], str]] = {
    "agency": _agency,
    "item": _item,
    "replies": _replies,
    "quiet": _quiet,
    "feature": _feature,
}


def _cells(row: Mapping[str, str], columns: Sequence[str]) -> list[str]:
    return [f"{column}：{row[column]}" for column in columns if row.get(column)]

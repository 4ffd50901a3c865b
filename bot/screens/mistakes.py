"""Mistakes in the district's sheets, said so that whoever keeps the sheet can mend them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.screens.ruling import WORDS as WORD_OF
from bot.words import N_, _
from core.mistakes import Mistake, MistakeCode

WORDS = {
    MistakeCode.FILE_MISSING: N_("没有找到这张表，请把它放进辖区资料文件夹"),
    MistakeCode.UNKNOWN_ITEM: N_("“{value}”不是事项清单里的编号，请改成清单里有的编号"),
    MistakeCode.TOO_LONG: N_("“{column}”有 {value} 个字，最多 {most} 个字，请缩短"),
    MistakeCode.FILE_UNREADABLE: N_(
        "读不出来。请用 Excel 另存为“CSV UTF-8（逗号分隔）”后再放回来"
    ),
    MistakeCode.ROWS_MISSING: N_("这张表只有列名，没有内容，请填上"),
    MistakeCode.COLUMN_MISSING: N_("缺少“{column}”这一列，请在第一行补上这个列名"),
    MistakeCode.COLUMN_UNKNOWN: N_("不认识“{column}”这一列，请改正列名或删去这一列"),
    MistakeCode.COLUMN_TWICE: N_("“{column}”这一列出现了两次，请只留一列"),
    MistakeCode.CELL_EMPTY: N_("“{column}”没有填，请填上"),
    MistakeCode.CELL_BEYOND: N_("最后一列之后还有内容“{value}”，请检查这一行是否多了逗号"),
    MistakeCode.CODE_MANGLED: N_(
        "{column}变成了“{value}”，原来的数字已经丢失。"
        "请重新填写{column}，并先把这一列的单元格格式设为“文本”"
    ),
    MistakeCode.DUPLICATE: N_("{column}“{value}”和第 {first} 行重复，请改成不同的，或删去一行"),
    MistakeCode.DISTRICT_MISSING: N_("没有类别为“区”的一行，请补上区本身"),
    MistakeCode.DISTRICT_TWICE: N_("“{value}”的类别也是“区”，只能有一个区，请改正类别"),
    MistakeCode.UNKNOWN_PARENT: N_("上级“{value}”不在本表里，请改成已有的编码"),
    MistakeCode.CYCLE: N_("上级“{value}”又归本单位管，绕成了一圈，请改正上级"),
    MistakeCode.WRONG_LEVEL: N_(
        "上级“{value}”的层级不对，这里应当是一个{expected}，请改正上级或类别"
    ),
    MistakeCode.UNKNOWN_WORD: N_("{column}“{value}”不能用，请从这些里选：{allowed}"),
    MistakeCode.UNKNOWN_AGENCY: N_("{column}“{value}”不在 agencies.csv 里，请改成已有的单位名称"),
    MistakeCode.BAD_NUMBER: N_("{column}“{value}”不是大于零的数字，请改成数字"),
    MistakeCode.BAD_DATE: N_("“{value}”不是有效的日期，请写成 2026-01-01 这样"),
    MistakeCode.BAD_COORDINATE: N_(
        "“{value}”不是有效的经纬度，请写成纬度 23.1234、经度 113.1234 这样，先纬度后经度"
    ),
    MistakeCode.BAD_HOURS: N_(
        "“{value}”不是有效的上班时间，请写成 09:00-12:00 这样，下午不能早于上午结束"
    ),
    MistakeCode.BAD_DUTY: N_(
        "“{value}”不是有效的值班时间，请写成 18:00-22:00、22:00-06:00 或者全天；"
        "值班按星期写，不能按日期写"
    ),
    MistakeCode.NEVER_OPEN: N_("这个单位一周里没有一天上班，请至少留一天上班时间"),
    MistakeCode.BAD_PREFIX: N_("编号前缀“{value}”不能用，请写一到六个英文字母，例如 LW"),
    MistakeCode.BAD_NIGHT: N_("“{value}”不是有效的夜间时段，请写成 21:30-08:00 这样"),
    MistakeCode.LOOSER: N_(
        "“{value}”比全区的“{most}”更宽。单位只能收紧，不能放宽，请改成不超过 {most}，或删去这一行"
    ),
    MistakeCode.OUT_OF_RANGE: N_("“{value}”超出范围，请写 {least} 到 {most} 之间的数字"),
    MistakeCode.DISTRICT_ROW: N_("“{value}”全区统一，单位不能另定，请清空“单位”或删去这一行"),
    MistakeCode.NO_TEAM: N_(
        "有保密事项（{value}），但没有区级保密专班。请加一行部门，上级填区，“保密专班”填“是”"
    ),
    MistakeCode.BOUNDARY_SHORT: N_("边界至少要有三个点，请补上，或者留空"),
    MistakeCode.UNKNOWN_COMMUNITY: N_(
        "社区“{value}”不是 agencies.csv 里社区的编码，请改成社区的编码"
    ),
    MistakeCode.PLACE_MISSING: N_("没有写在哪里，请填“纬度”和“经度”，或者填“边界”"),
    MistakeCode.ROW_MISSING: N_("缺少“{value}”这一行，请补上"),
    MistakeCode.ROW_UNKNOWN: N_("不认识项目“{value}”，请改正名称或删去这一行"),
    MistakeCode.CELL_FORMULA: N_(
        "“{column}”是公式“{value}”，读不到结果。请复制这一格，再“选择性粘贴”成“数值”"
    ),
    MistakeCode.CELL_ERROR: N_("“{column}”显示的是错误“{value}”，请改成要填的内容"),
    MistakeCode.CELL_MERGED: N_("{value} 是合并的单元格，请取消合并，每一行都填上"),
    MistakeCode.CALENDAR_MISSING: N_(
        "没有 {year} 年的放假安排，现在只按周一到周五上班计算，请尽快补上 {year} 年的休假和调休日"
    ),
    MistakeCode.CALENDAR_ENDS: N_(
        "还没有 {year} 年的放假安排，请在年底前按国务院办公厅的通知补上 {year} 年的休假和调休日"
    ),
}
LISTED = 40
CLOSE = N_("（是不是“{close}”？）")


def mistake_line(mistake: Mistake) -> str:
    """One mistake in one line: which sheet, which row as Excel counts, what, and the remedy."""
    facts = {"column": mistake.column, **mistake.facts}
    words = _(WORDS[mistake.code]).format_map(facts)
    hint = _(CLOSE).format_map(facts) if facts.get("close") else ""
    return _("{place}：{mistake}").format(place=_place(mistake), mistake=words + hint)


def mistake_lines(mistakes: Iterable[Mistake]) -> tuple[str, ...]:
    """All mistakes, one line each, in the order they came."""
    return tuple(mistake_line(mistake) for mistake in mistakes)


def in_chat(mistakes: Iterable[Mistake]) -> tuple[str, ...]:
    """The same for who knows a sheet by its word and never saw the folder."""
    named = (
        replace(one, file=_("《{sheet}》表").format(sheet=WORD_OF[one.file]))
        if one.file in WORD_OF
        else one
        for one in mistakes
    )
    return mistake_lines(named)


def unsound(mistakes: Sequence[Mistake]) -> str:
    """To whoever wanted to change a sheet: nothing was changed, and what to mend first."""
    lines, rest = in_chat(mistakes)[:LISTED], len(mistakes) - LISTED
    more = (_("……另有 {n} 处").format(n=rest),) if rest > 0 else ()
    return "\n".join((_("没有改动，请先改正下面这些再发一次："), *lines, *more))[:4000]


def _place(mistake: Mistake) -> str:
    if not mistake.row:
        return mistake.file
    return _("{file} 第 {row} 行").format(file=mistake.file, row=mistake.row)

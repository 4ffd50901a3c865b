"""What is said of a year whose holidays nobody has filled in: what goes wrong, and what to do."""

from __future__ import annotations

from bot.words import N_, _
from core.foresight import Unknown

COMES = N_(
    "⚠️ {year} 年的放假和调休安排还没有填。国务院办公厅一般在 11 月公布，"
    "请按通知填进 calendar.csv，再用 huying check 检查。"
    "到 {year} 年 1 月 1 日还没填，所有时限就只能按周一到周五推算，会算错。"
)
BEGUN = N_(
    "🔴 没有 {year} 年的放假和调休安排！现在所有时限只按周一到周五推算，"
    "放假和调休的日子都会算错。"
    "请今天就按国务院办公厅的通知填进 calendar.csv，再用 huying check 检查。"
    "没填好之前，每天都会提醒。"
)


def missing(unknown: Unknown) -> str:
    """The warning for administrators and the district's group."""
    return _(BEGUN if unknown.begun else COMES).format(year=unknown.year)


def supposed(year: int) -> str:
    """Beside a date of such a year: it is a guess."""
    return _("（{year} 年放假安排未填，暂按周一到周五推算）").format(year=year)

"""What administrators read about a sheet sent as a file: its mistakes, what it would change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from aiogram.utils.formatting import Text

from bot.screens.easel import Easel
from bot.screens.mistakes import in_chat
from bot.screens.names import clean
from bot.screens.ruling import LONGEST, WORDS, lines_of, starting
from bot.screens.screen import Button, Screen
from bot.screens.times import when
from bot.words import N_, _
from core.mistakes import Mistake
from core.reviewing import Review
from core.sent_sheets import Unfit
from core.sheet_edits import Difference

CONFIRM, DROP = "sheet", "nosheet"
PARTS, MANY = 5, 10
UNFIT = {
    Unfit.TOO_LARGE: N_(
        "文件太大：最大 5 MB、2 万行、100 列。请删去多余的行列，或分成几张表再发。"
    ),
    Unfit.OLD_EXCEL: N_("这是旧版 Excel（xls）或加了密码的文件。请去掉密码，另存为 xlsx 再发。"),
    Unfit.NO_SHEET: N_("打不开这个文件。请用 Excel 或 WPS 另存为 xlsx，或“CSV UTF-8”，再发一次。"),
    Unfit.EMPTY: N_("文件里没有内容。请检查是不是选错了文件，再发一次。"),
    Unfit.BOMB: N_("这个文件解开后大得不正常，没有打开。请新建一个表，把内容复制进去再发。"),
    Unfit.UNNAMED: N_(
        "看不出这是哪张表。请在发文件时写一句说明，例如：日历。表名：单位、事项、时限、日历、"
        "常用语、工时、催办、清单。"
    ),
}


def unfit(why: Unfit) -> str:
    """The file is no sheet, and what to do."""
    return _(UNFIT[why])


def not_fetched() -> str:
    """Telegram did not give the file."""
    return _("没能从 Telegram 取到这个文件，没有改动。请再发一次。")


def bad_moment(words: str, *, past: bool) -> str:
    """The date in the caption says nothing, or is over."""
    said = clean(words)[:40]
    if past:
        return _(
            "“{words}”已经过去了，没有改动。请写以后的时间，或不写（确认后立即生效）。"
        ).format(words=said)
    return _("看不懂“{words}”，没有改动。生效时间请写成：明天 8:00 起，或 2026-12-01。").format(
        words=said
    )


def mistakes(found: Sequence[Mistake]) -> tuple[str, ...]:
    """Every mistake, in as many messages as it takes; after some hundreds the rest is counted."""
    head = _("没有改动。共 {n} 处要改，改好后把文件再发一次：").format(n=len(found))
    parts = [*_parts(head, in_chat(found))]
    if len(parts) <= PARTS:
        return tuple(parts)
    shown = sum(part.count("\n") for part in parts[:PARTS])
    rest = _("……另有 {n} 处，请先改上面这些。").format(n=len(found) - shown)
    return (*parts[:PARTS], rest)


def _parts(head: str, lines: Sequence[str]) -> Iterator[str]:
    part = head
    for line in lines:
        if len(part) + len(line) > LONGEST:
            yield part
            part = "…"
        part = f"{part}\n{line[:600]}"
    yield part


def proposal(
    review: Review, data: str, *, errand: int, chat: int, easel: Easel, undo: int
) -> Screen:
    """What would change, from when on, how to take it back; 确认 or 取消."""
    word, changes = WORDS[review.sheet], review.changes
    counts = _(
        "《{sheet}》表：改 {changed} 处，增加 {added} 行，删去 {removed} 行（现在还没有改）。"
    )
    head = counts.format(
        sheet=word,
        changed=len(changes.changed),
        added=len(changes.added),
        removed=len(changes.removed),
    )
    starts = starting(review.since, easel)
    back = _("要撤回：/rollback {sheet} {undo}").format(sheet=word, undo=undo)
    hurry = _("请您本人在 60 秒内确认。")
    text = "\n".join([head, *_shrinks(changes, word), *lines_of(changes), "", starts, back, hurry])

    def button(action: str) -> str:
        return easel.data(action, errand, 0, chat=chat, extra=data)

    yes = Button(_("确认"), data=button(CONFIRM), style="success")
    return Screen(Text(text), ((yes, Button(_("取消"), data=button(DROP))),))


def _shrinks(changes: Difference, word: str) -> tuple[str, ...]:
    """A file that takes out more than it brings may be a part of the sheet, sent as the whole."""
    if len(changes.removed) < MANY or len(changes.removed) <= len(changes.added + changes.changed):
        return ()
    told = _("⚠️ 文件里没有的行会删去。只想改几行的，请先发 /sheet {sheet} 取整张表，改好再发。")
    return (told.format(sheet=word),)


def decided(sheet: str, number: int, since: datetime | None, easel: Easel) -> str:
    """In place of the proposal."""
    back = _("要撤回：/rollback {sheet} {before}").format(sheet=WORDS[sheet], before=number - 1)
    if since is None:
        head = _("✅ 已生效：《{sheet}》表第 {n} 版。").format(sheet=WORDS[sheet], n=number)
    else:
        head = _("✅ 已定好：《{sheet}》表第 {n} 版，{at} 起生效。").format(
            sheet=WORDS[sheet], n=number, at=when(since, easel.zone)
        )
    return head + back


def nothing_changes(sheet: str) -> str:
    """The file says what counts already."""
    return _("这份《{sheet}》表和现在的一样，没有要改的。").format(sheet=WORDS[sheet])

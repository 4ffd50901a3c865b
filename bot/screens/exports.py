"""What somebody reads who has a file made of everything: what is in it, how far it is."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo

from aiogram.utils.formatting import Text

from bot.screens.easel import Easel
from bot.screens.export_rows import TITLES
from bot.screens.names import clean
from bot.screens.screen import Button, Screen
from bot.words import _
from core.exporting import SHORTEST_REASON, What, Wish

CONFIRM, DROP = "export", "noexport"
NAMES = {
    **{"呼叫": What.CALLS, "分单": What.LEGS, "人员": What.PEOPLE, "台账": What.AUDIT},
    **{"居民": What.RESIDENTS},
    **{what.value: what for what in What},
}
LONGEST_REASON = 300
FORMS = frozenset({"csv", "xlsx"})
SPAN = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})月?|年?)")
REASON = re.compile(r"(?:含个人信息)?(?:理由|原因|用途)[:：]?(.*)", re.DOTALL)


def wished(args: str, zone: tzinfo) -> Wish | str:
    """What these words ask for, or how the command is written."""
    head, why = _reason(args)
    if why is not None and len(why) < SHORTEST_REASON:
        return _("理由请写得具体一些，例如：理由：市里第 3 号函要求核对。")
    what, form, since, until = None, "xlsx", None, None
    for word in head.split():
        if word.lower() in NAMES:
            what = NAMES[word.lower()]
        elif word.lower() in FORMS:
            form = word.lower()
        elif (span := _span(word, zone)) is not None:
            since, until = span
        else:
            return usage()
    if what is What.RESIDENTS and not why:
        return _(
            "居民名册全是个人信息，请写理由，例如：/export 居民 理由：市里第 3 号函要求核对。"
        )
    return Wish(what, form, why or "", since, until) if what else usage()


def _reason(args: str) -> tuple[str, str | None]:
    found = REASON.search(args)
    if found is None:
        return args, None
    return args[: found.start()], clean(found[1], LONGEST_REASON)


def _span(word: str, zone: tzinfo) -> tuple[datetime, datetime] | None:
    """A year or a month of one."""
    found = SPAN.fullmatch(word)
    if found is None or not 2000 <= int(found[1]) < 2100:
        return None
    year, month = int(found[1]), int(found[2] or 0)
    if not month:
        return datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)
    if not 1 <= month <= 12:
        return None
    end = (year + month // 12, month % 12 + 1)
    return datetime(year, month, 1, tzinfo=zone), datetime(*end, 1, tzinfo=zone)


def usage() -> str:
    """How the command is written."""
    return _(
        "请写明导出什么：呼叫、分单、人员、台账、居民。例如：/export 呼叫，/export 分单 2026-06，"
        "/export 呼叫 csv。要显示姓名、电话、地址和原话，请写理由：/export 呼叫 理由：……"
    )


def proposal(wish: Wish, data: str, *, errand: int, chat: int, easel: Easel) -> Screen:
    """What would be in it; 确认 or 取消."""
    lines = described(wish)
    if wish.open:
        lines.append(_("您确认后，还要第二个人同意才导出（24 小时内）。"))
    lines += [
        _("限制查看的呼叫不在内。文件只发给您本人，带有您的姓名和时间，请不要转发。"),
        _("请您本人在 60 秒内确认。"),
    ]

    def button(action: str) -> str:
        return easel.data(action, errand, 0, chat=chat, extra=data)

    yes = Button(_("确认"), data=button(CONFIRM), style="success")
    return Screen(Text("\n".join(lines)), ((yes, Button(_("取消"), data=button(DROP))),))


def described(wish: Wish) -> list[str]:
    """What, of when, and whether it shows people, for what reason."""
    lines = [_("导出：{what}（{form}）").format(what=_(TITLES[wish.what]), form=wish.form)]
    if wish.since and wish.until:
        lines.append(_("时间：{since} 起，{until} 以前").format(
            since=f"{wish.since:%Y-%m-%d}", until=f"{wish.until:%Y-%m-%d}"
        ))  # fmt: skip
    shown = _("含姓名、电话、地址和原话。理由会记入台账：{why}").format(why=wish.why)
    return [*lines, shown if wish.open else _("姓名、电话已遮住，不含地址和原话。")]


def begun() -> str:
    """In place of the proposal."""
    return _("⏳ 正在导出……写好就发给您，您可以先做别的。")


def going_on(rows: int) -> str:
    """How far it is."""
    return _("⏳ 正在导出……已写 {n} 行。").format(n=f"{rows:,}")


def ready(rows: int) -> str:
    """It was sent."""
    return _("✅ 已导出 {n} 行，文件已发给您。").format(n=f"{rows:,}")


def dropped() -> str:
    """In place of the proposal."""
    return _("已取消，没有导出。")


def failed() -> str:
    """It was not sent in time."""
    return _("没能把文件发出来。请过一会儿再发一次 /export。")


def doubtful() -> str:
    """Nobody knows whether it arrived."""
    return _("文件可能已经发出。如果没有收到，请再发一次 /export。")


def too_large() -> str:
    """More than a bot may send."""
    return _("文件超过 50 MB，发不出来。请按月分开导出，例如：/export 呼叫 2026-06")


def watermark(name: str, account: int, at: str) -> str:
    """The last line of the file: who took it along, when (S21)."""
    return _("导出人：{name}（{account}）　{at}　内部资料，请勿外传").format(
        name=name, account=account, at=at
    )

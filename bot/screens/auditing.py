"""What an auditor reads: a call's whole story, page by page, personal numbers masked; the seal."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from aiogram.utils.formatting import Bold, Code, Text, as_list

from bot.screens import names
from bot.screens.easel import Easel
from bot.screens.masking import masked
from bot.screens.screen import Button, Screen
from bot.screens.steps_named import STEPS
from bot.screens.times import when
from bot.words import _
from core.acts import Seal

if TYPE_CHECKING:
    from core.journal import Entry
    from core.views import CallView, LegView

PAGE = "audit"
A_PAGE = 12
LONGEST = 160
WORDS: dict[str, dict[str, str]] = {
    "ground": {str(g): word for g, word in (*names.GROUNDS.items(), *names.REJECTS.items())},
    "outcome": {str(outcome): word for outcome, word in names.OUTCOMES.items()},
}
SHOWN_FACTS = ("clause", "ground", "proposed", "agency", "item", "outcome", "until")


def story(view: CallView, page: int, *, chat: int, easel: Easel) -> Screen:
    """Who did what, when, for which agency, on what basis: all legs, oldest first."""
    pages = max(1, -(-len(view.entries) // A_PAGE))
    page = min(max(page, 0), pages - 1)
    shown = view.entries[page * A_PAGE : (page + 1) * A_PAGE]
    lines: list[Text | str] = [
        Bold(_("{number} 全程（{page}/{pages}）").format(
            number=view.call.number, page=page + 1, pages=pages
        )),
        *([] if page else _head(view, easel)),
        *(_line(entry, view, easel) for entry in shown),
    ]  # fmt: skip
    return Screen(as_list(*lines), _turning(view.call.id, page, pages, chat, easel))


def _head(view: CallView, easel: Easel) -> list[Text | str]:
    call = view.call
    return [
        Text(names.item(view.main), " · ", view.community.name, " · ", names.caller(call)),
        *(_leg(number, leg, easel) for number, leg in enumerate(view.legs, 1)),
        "",
    ]


def _leg(number: int, view: LegView, easel: Easel) -> str:
    outcome = view.leg.outcome
    stands = _(names.OUTCOMES[outcome]) if outcome else _(names.STATUSES[view.leg.status])
    dated = view.leg.finish_due
    until = _("，期限 {at}").format(at=when(dated, easel.zone)) if dated else ""
    return _("第 {n} 呼：{agency}，{stands}{until}").format(
        n=number, agency=view.agency.short_name, stands=stands, until=until
    )


def _line(entry: Entry, view: CallView, easel: Easel) -> str:
    number = 1 + [leg.leg.id for leg in view.legs].index(entry.leg_id)
    parts = [
        f"{when(entry.at, easel.zone)} #{number} {_(STEPS[entry.action])}",
        _who(entry, view, easel),
        _moved(entry),
        _facts(entry, easel),
        _words(entry),
    ]
    return " · ".join(part for part in parts if part)


def _who(entry: Entry, view: CallView, easel: Easel) -> str:
    if entry.agency is not None:
        return f"{easel.name_of(entry.agency)} {names.clean(entry.actor_name)}".strip()
    if entry.actor is None:
        return _("系统")
    own = entry.actor == view.call.caller
    return names.caller(view.call) if own else _("另一位居民")


def _moved(entry: Entry) -> str:
    if entry.before is entry.after or entry.before is None or entry.after is None:
        return ""
    return f"{_(names.STATUSES[entry.before])} → {_(names.STATUSES[entry.after])}"


def _facts(entry: Entry, easel: Easel) -> str:
    told = (_fact(name, str(entry.facts.get(name) or ""), easel) for name in SHOWN_FACTS)
    return " ".join(each for each in told if each)


def _fact(name: str, value: str, easel: Easel) -> str:
    """A fact as people say it: agencies, items, grounds, outcomes and moments by name."""
    if name in ("proposed", "agency"):
        return easel.name_of(value)
    if name == "item" and value in easel.district.catalogue.by_code:
        return easel.district.catalogue.get(value).name
    if name == "until" and value:
        return when(datetime.fromisoformat(value), easel.zone)
    return _(WORDS[name][value]) if value in WORDS.get(name, ()) else masked(value)


def _words(entry: Entry) -> str:
    said = " ".join(piece.text for piece in entry.pieces if piece.text)
    said = said or str(entry.facts.get("reason") or entry.facts.get("why") or "")
    said = said or str(entry.facts.get("words") or "")
    files = sum(bool(piece.file or piece.point) for piece in entry.pieces)
    more = _("（附件 {n} 个）").format(n=files) if files else ""
    short = masked(said)[:LONGEST] + ("……" if len(said) > LONGEST else "")
    return f"“{short}”{more}" if short else more


def _turning(
    call: int, page: int, pages: int, chat: int, easel: Easel
) -> tuple[tuple[Button, ...], ...]:
    turns = (
        (_("‹ 上一页"), page - 1, page > 0),
        (_("下一页 ›"), page + 1, page + 1 < pages),
    )
    row = tuple(
        Button(label, data=easel.data(PAGE, call, 0, chat=chat, extra=str(to)))
        for label, to, there in turns
        if there
    )
    return (row,) if row else ()


def usage() -> str:
    """The command without a number."""
    return _("请在命令后面写编号，例如：/audit LW-260614-0037")


def not_found(words: str) -> str:
    """No such call."""
    return _("没有编号是“{words}”的呼叫，请写完整编号。").format(words=names.clean(words))


def only_auditors() -> str:
    """Somebody else typed the command."""
    return _("只有区里的审计员和管理员能查全程。看自己的呼叫请点 /mycalls。")


def sealed(seal: Seal, easel: Easel) -> Text:
    """The seal of a day: kept in the chat, where nobody who has the database can rewrite it."""
    told = _("🔏 {at} 台账封存：呼叫记录 {entries} 条，管理记录 {acts} 条。").format(
        at=when(seal.at, easel.zone), entries=seal.entries, acts=seal.acts
    )
    return as_list(
        Text(told),
        Code(seal.hash),
        _("请保留这条消息。核对时运行：huying audit verify --head 上面这串字"),
    )

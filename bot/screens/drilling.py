"""The calls behind a figure of ``/stats``: keys below the figures, and the list each opens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from aiogram.utils.formatting import Bold, Text, as_list

from bot.screens import names
from bot.screens.asked_stats import named
from bot.screens.easel import Easel
from bot.screens.lists import awaited
from bot.screens.screen import Button, Screen
from bot.screens.taps import base36
from bot.words import N_, _
from core.behind import OF_NOW, Behind, count_of
from core.drilling import Opened
from core.periods import Period, Stretch
from core.stats import Report
from core.views import LegView

LIST, MENU, CALL = "fig", "figs", "figc"
BELOW_FIGURES, IN_LIST = 0, 1
"""Where a key stands, as its version: figures stay when a list opens, a list gives way."""
SIZE, ACROSS, LONGEST_CODE = 8, 4, 16
COUNTED = {
    Behind.LATE: N_("逾期未办 {n} 件 ›"),
    Behind.OPEN: N_("在办 {n} 件 ›"),
    Behind.OVERDUE: N_("没按时办结 {n} 件 ›"),
    Behind.UNHEARD: N_("没按时联系 {n} 件 ›"),
    Behind.UNSOLVED: N_("没解决好 {n} 件 ›"),
}
NAMED = {
    Behind.LATE: N_("逾期未办"),
    Behind.OPEN: N_("在办"),
    Behind.OVERDUE: N_("没按时办结"),
    Behind.UNHEARD: N_("没按时联系"),
    Behind.UNSOLVED: N_("没解决好"),
}
Rows = tuple[tuple[Button, ...], ...]


class Figure(NamedTuple):
    """Whose figure, of which days."""

    agency: str
    first: date
    last: date

    @property
    def period(self) -> Period:
        """Its days."""
        return Period(Stretch.DATES, self.first, self.last)

    def packed(self) -> str:
        """As a button carries it."""
        return f"{self.agency}.{base36(self.first.toordinal())}.{base36(self.last.toordinal())}"


def unpacked(extra: str) -> Figure:
    """Read back; the signature says that we wrote it."""
    agency, first, last = extra.rsplit(".", 2)
    return Figure(agency, date.fromordinal(int(first, 36)), date.fromordinal(int(last, 36)))


def keys(report: Report, *, chat: int, easel: Easel) -> Rows:
    """A key for every figure that has calls behind it, each in a row of its own."""
    figure = Figure(report.agency.code, report.period.first, report.period.last)
    if len(figure.agency) > LONGEST_CODE:
        return ()
    counted = ((behind, count_of(behind, report)) for behind in Behind)
    return tuple(
        (Button(_(COUNTED[one]).format(n=n), data=_data(one, figure, BELOW_FIGURES, chat, easel)),)
        for one, n in counted
        if n > 0
    )


def menu(figure: Figure, *, chat: int, now: datetime, easel: Easel) -> Screen:
    """Back from a list: every figure that can be opened."""
    rows = tuple(
        (Button(f"{_(name)} ›", data=_data(one, figure, IN_LIST, chat, easel)),)
        for one, name in NAMED.items()
    )
    return Screen(Text(Bold(_title(figure, now, easel)), "\n", _("想看哪些呼叫？")), rows)


def listed(
    behind: Behind, figure: Figure, found: Opened, *, chat: int, now: datetime, easel: Easel
) -> Screen:
    """A page: number, item, place, agency, age and whom it waits for; a key opens each."""
    head = f"{_title(figure, now, easel, behind)}：{_(NAMED[behind])}"
    lines: list[Text | str] = [Bold(head)]
    for number, view in enumerate(found.views, 1):
        lines += _lines(number, view, now, easel)
    if not found.views:
        lines.append(_("现在没有了。"))
    return Screen(as_list(*lines), _below(behind, figure, found, chat, easel))


def where_it_is(view: LegView) -> str:
    """Whoever asks has no part in it: who has, and how the card is shown there."""
    told = _("这件由【{agency}】办。要看详情，请问他们，或者在他们的群里发 /call {number}。")
    return told.format(agency=view.agency.short_name, number=view.call.number)


def linked(view: LegView, chat: int, message: int) -> Screen:
    """The card in its group."""
    url = f"https://t.me/c/{str(chat).removeprefix('-100')}/{message}"
    text = f"{view.call.number} · {names.item(view)}"
    return Screen(Text(text), ((Button(_("到群里看卡片"), url=url),),))


def _title(figure: Figure, now: datetime, easel: Easel, behind: Behind | None = None) -> str:
    name = easel.name_of(figure.agency)
    if behind in OF_NOW:
        return f"📊 {name}"
    period = named(figure.period, now.astimezone(easel.zone).date())
    return _("📊 {agency} · {period}").format(agency=name, period=period)


def _lines(number: int, view: LegView, now: datetime, easel: Easel) -> list[str]:
    zone, raised = easel.zone, view.call.raised_at
    days = (now.astimezone(zone).date() - raised.astimezone(zone).date()).days
    stands = _("【{agency}】{state}").format(agency=view.agency.short_name, state=_state(view))
    return [
        f"{number}. {view.call.number} · {names.item(view)} · {view.community.short_name}",
        f"　 {stands} · {_age(days)}",
    ]


def _age(days: int) -> str:
    return _("今天提出") if days <= 0 else _("提出 {n} 天").format(n=days)


def _state(view: LegView) -> str:
    """How it stands, and whom it waits for where that is not the agency itself."""
    status, outcome = view.leg.status, view.leg.outcome
    if not view.leg.open and outcome is not None:
        return _(names.OUTCOMES[outcome])
    other, told = awaited(view), _(names.STATUSES[status])
    return _("{state}，{other}").format(state=told, other=other) if other else told


def _below(
    behind: Behind, figure: Figure, found: Opened, chat: int, easel: Easel
) -> tuple[tuple[Button, ...], ...]:
    numbers = [
        Button(
            str(number),
            data=easel.data(CALL, view.leg.id, 0, chat=chat, extra=figure.packed()),
        )
        for number, view in enumerate(found.views, 1)
    ]
    rows = [tuple(numbers[n : n + ACROSS]) for n in range(0, len(numbers), ACROSS)]
    turn: Sequence[Button] = [
        Button(_("‹ 返回"), data=easel.data(MENU, 0, IN_LIST, chat=chat, extra=figure.packed()))
    ]
    if found.after is not None:
        data = _data(behind, figure, IN_LIST, chat, easel, after=found.after)
        turn = [*turn, Button(_("下一页 ›"), data=data)]
    return (*rows, tuple(turn))


def _data(
    behind: Behind, figure: Figure, stands: int, chat: int, easel: Easel, *, after: int = 0
) -> str:
    extra = f"{behind.value}{figure.packed()}"
    return easel.data(LIST, after, stands, chat=chat, extra=extra)

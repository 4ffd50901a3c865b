"""What is late below: on the boards of streets and the district, and for a stationed leader."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from aiogram.utils.formatting import Bold, Text, as_list

from bot.screens.lists import line
from bot.screens.times import when
from bot.words import _

if TYPE_CHECKING:
    from bot.screens.easel import Easel
    from core.agency import Agency
    from core.late import Tally
    from core.looking_down import RedList
    from core.views import LegView

MOST_AGENCIES, MOST_LEGS = 12, 20
Lines = list[Text | str]


def below(found: RedList, now: datetime, easel: Easel) -> Lines:
    """A section of a board: which agencies, how many each, and the oldest of it."""
    if not found.count:
        return []
    head = Bold(_("🚩 下级逾期 {n} 件，请督促").format(n=found.count))
    lines: Lines = ["", head]
    for code, tally in list(found.tallies.items())[:MOST_AGENCIES]:
        lines.append(_of_agency(code, tally, easel))
        lines += [
            f"　{line(view, now=now, easel=easel)}"
            for view in found.views
            if view.leg.agency == code
        ]
    rest = len(found.tallies) - MOST_AGENCIES
    if rest > 0:
        lines.append(_("……另有 {n} 个单位").format(n=rest))
    return lines


def stationed(
    agency: Agency,
    found: RedList,
    coming: tuple[LegView, ...],
    count: int,
    *,
    now: datetime,
    easel: Easel,
) -> Text:
    """To a leader in private: what is open where they are stationed, the late first."""
    head = _("📋 您驻点的【{agency}】{at}").format(
        agency=agency.short_name, at=when(now, easel.zone)
    )
    told = _("在办 {n} 件，逾期 {late} 件。").format(n=count, late=found.count)
    lines: Lines = [Bold(head), told]
    for code, tally in found.tallies.items():
        lines.append(_of_agency(code, tally, easel))
        late = [view for view in found.views if view.leg.agency == code]
        lines += [f"　{line(view, now=now, easel=easel)}" for view in late]
    if coming:
        lines += ["", Bold(_("还在时限内："))]
        lines += [line(view, now=now, easel=easel) for view in coming]
    return as_list(*lines)


def _of_agency(code: str, tally: Tally, easel: Easel) -> str:
    agency = easel.agency(code)
    phone = agency.phone if agency else ""
    told = _("🔴 【{agency}】{n} 件").format(agency=easel.name_of(code), n=tally.late)
    return f"{told} ☎ {phone}" if phone else told

"""What a resident is promised the moment a call is raised: number, who answers, by when."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from aiogram.utils.formatting import Bold, Text, as_list

from bot.screens import names
from bot.screens.screen import Button, Screen
from bot.screens.times import soon
from bot.words import N_, _
from core.lifecycle import Status
from core.routing import RouteReason

if TYPE_CHECKING:
    from core.views import LegView

WHY = {
    RouteReason.OWN_COMMUNITY: N_("这类事先由所在社区接办"),
    RouteReason.OWN_STREET: N_("这类事由所在街道接办"),
    RouteReason.ITEM_LEAD: N_("这类事由这个单位主办"),
    RouteReason.DISTRICT_FIRST: N_("这类事由区里接办"),
    RouteReason.RESTRICTED: N_("只有专人能看到，不进单位的工作群"),
    RouteReason.CONFLICT: N_("涉及原受理单位，由上一级办理"),
}
FALLBACK = N_("下面的单位还没有接入，先由它接办")


def promised(view: LegView, now: datetime, zone: tzinfo) -> Screen:
    """The number, the agency, the reason and the times, and what may be done meanwhile."""
    call, unsettled = view.call, view.leg.status is Status.TRIAGE
    lines: list[Text | str] = [
        Text(_("已发出。编号："), Bold(call.number)),
        Text(_("受理单位：") if unsettled else _("办理单位："), Bold(view.agency.name)),
        Text(_("类型："), names.intent_and_urgency(view)),
    ]
    if call.danger:
        lines.append(Bold(_("人身安全第一：还没报警的话，请马上拨打 110、119 或 120。")))
    lines += [f"· {promise}" for promise in promises(view, now, zone)]
    lines.append(_why(view))
    lines.append(_("有进展我会告诉您。补充、催办、撤回或查进展，请点 /mycalls。"))
    return Screen(as_list(*lines), buttons=((Button(_("复制编号"), copy=call.number),),))


def promises(view: LegView, now: datetime, zone: tzinfo) -> list[str]:
    """The dates of the clocks that still run, in the order in which they run out."""
    leg = view.leg
    owed = (
        (_("{at} 前定下由谁办理"), leg.triage_due if leg.status is Status.TRIAGE else None),
        (_("{at} 前有人接手"), None if leg.signed_at else leg.sign_due),
        (_("{at} 前与您联系"), None if leg.contacted_at else leg.contact_due),
        (_("{at} 前办结"), None if leg.resolved_at else leg.finish_due),
    )
    return [said.format(at=soon(due, now, zone)) for said, due in owed if due is not None]


def _why(view: LegView) -> str:
    if view.leg.status is Status.TRIAGE:
        return _("您说不准是哪一类事，由受理单位帮您定。")
    why = next((_(said) for reason, said in WHY.items() if reason == view.leg.reason), "")
    because = _("，").join(part for part in (view.leg.clause, why or _(FALLBACK)) if part)
    return _("依据：{why}。").format(why=because)

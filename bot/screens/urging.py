"""Who is called when nobody takes something urgent; reminders in private, and a level above."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from aiogram.utils.formatting import Text

from bot.screens import discreet, names
from bot.screens.notices import Telling, Told
from bot.screens.times import by_then, lasting
from bot.words import N_, _
from core.lifecycle import Action
from core.limits import Clock
from core.nudging import Stage, running
from core.people import Officer, Party, on_duty
from core.posting import Purpose
from core.rights import STAFF
from core.warmth import AT_WORK

if TYPE_CHECKING:
    from bot.delivery.speech import Speech
    from core.board import Board
    from core.outgoing import OutboxRow

ASKED = {
    Clock.SIGN: N_("签收"),
    Clock.CONTACT: N_("联系呼叫人"),
    Clock.INTERIM: N_("告诉呼叫人进展"),
    Clock.FINISH: N_("办结"),
}


def matter(t: Telling) -> str:
    """``LW-… 路灯不亮（逢源北社区）``: a number alone sends its reader looking for the card."""
    view = t.view
    if view.call.restricted and t.to is Party.SUPERVISOR:
        return discreet.matter(t)
    return _("{number} {item}（{place}）").format(
        number=view.call.number, item=view.item.name, place=view.community.short_name
    )


def asked(t: Telling, clock: Clock) -> str:
    """What a clock asks of the agency; where an agency called, the caller has a name."""
    caller = t.view.leg.caller_agency
    if clock is Clock.CONTACT and caller is not None:
        return _("答复{caller}").format(caller=t.named(caller))
    return _(ASKED[clock]) if clock in ASKED else names.clock(clock, t.view.leg)


def staff(t: Telling) -> tuple[Officer, ...]:
    """Whoever is there and may take it, each once, in the order of the roster."""
    there = [one for one in on_duty(t.officers, now=t.entry.at) if one.post in STAFF]
    return tuple({one.account: one for one in there}.values())


def paged(t: Telling, stage: Stage) -> Told:
    """Nobody took something urgent: who is called by now, and in the end whom to telephone."""
    started = t.view.leg.dispatched_at or t.entry.at
    head = _("🚨 {matter}派来已经 {late}，还没有人签收{until}。").format(
        matter=matter(t), late=lasting(t.entry.at - started), until=_to_sign(t)
    )
    everybody = staff(t)
    if stage is Stage.TREE:
        return Told(Text(head, telephone(t), " ", *names.mentions(everybody)))
    called = everybody[: max(1, int(t.entry.facts.get("paged") or 0))]
    return Told(Text(head, _("请马上签收："), *names.mentions(called)))


def _to_sign(t: Telling) -> str:
    due = t.view.leg.sign_due
    if due is None:
        return ""
    at = by_then(due, t.entry.at, t.easel.zone)
    return (_("，时限已过（{at}）") if due <= t.entry.at else _("，时限是{at}")).format(at=at)


def telephone(t: Telling) -> str:
    """Whose telephone to ring, that of the level above as well where it is known."""
    level = t.easel.district.tree.by_code.get(t.view.agency.parent or "")
    own, other = t.view.agency.phone, level.phone if level else ""
    if own and other and level:
        return _("请电话联系值班人员：{own}；打不通再打【{above}】{other}。").format(
            own=own, above=level.short_name, other=other
        )
    if own or other:
        return _("请电话联系值班人员：{phone}。").format(phone=own or other)
    return _("看到的同志请马上打电话找值班人员。")


def in_private(t: Telling, told: Told) -> Told:
    """The same words for one person, and where to act on them."""
    where = _("请到【{agency}】的办理群，在这件事的卡片上办理。").format(
        agency=t.view.agency.short_name
    )
    return Told(Text(told.head, "\n", where))


def above(t: Telling) -> Told | None:
    """To the level above: what stands still below it, and how to reach whoever has it."""
    stage, clock = t.entry.facts["stage"], Clock(t.entry.facts["clock"])
    due = dict(running(t.view.leg)).get(clock)
    if t.view.leg.status not in AT_WORK:
        return None
    if stage != Stage.RED or due is None:
        words = _("📵 {agency}的群收不到消息，{matter}在等办理。请代为联系，或派人办理。")
        return Told(Text(words.format(agency=t.agency, matter=matter(t)), _phone_of(t)))
    words = _("🔴 {agency}：{matter}还没有{clock}，严重超过时限（{at}），请过问。")
    told = words.format(
        agency=t.agency,
        matter=matter(t),
        clock=asked(t, clock),
        at=by_then(due, t.entry.at, t.easel.zone),
    )
    return Told(Text(told, _phone_of(t)))


async def edited(speech: Speech, t: Telling, row: OutboxRow, board: Board) -> Speech:
    """In place of the last reminder where this one does not ring; a message of its own else."""
    if t.entry.action is not Action.NUDGE:
        return speech
    speech = replace(speech, purpose=Purpose.NUDGE)
    last = await board.work.postings.nudge(t.view.leg.id, t.chat)
    if last is None or not row.payload.get("edits"):
        return speech
    kept = {key: speech.params[key] for key in speech.params if key not in ONLY_OF_NEW}
    params = {**kept, "message_id": last.message}
    return replace(speech, method="editMessageText", params=params, replaces=last.message)


ONLY_OF_NEW = frozenset({"reply_parameters", "message_thread_id"})


def _phone_of(t: Telling) -> str:
    phone = t.view.agency.phone
    return _("值班电话：{phone}。").format(phone=phone) if phone else ""

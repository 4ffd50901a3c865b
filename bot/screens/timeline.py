"""A resident's calls: the list, and one call followed like a parcel.

Shows public words and agencies' names; never internal notes, never who of the staff acted.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from aiogram.utils.formatting import Bold, Text, as_list

from bot.screens import names, own_number, plans
from bot.screens.cards import clipped, linked
from bot.screens.happened import LONGEST_WORDS, happened
from bot.screens.promised import promises
from bot.screens.screen import Button, Screen
from bot.words import N_, _
from core.lifecycle import Action, Outcome, Status, open_actions
from core.people import Party

if TYPE_CHECKING:
    from core.views import CallView, LegView

LISTED = 10
ANSWERED = frozenset({Status.RESOLVED, Status.VERIFYING})
# The reasons reach the office, in its language; whoever keeps theirs to themselves says none.
REASONS = (N_("问题已经解决"), N_("说错了或重复了"))
UNTOLD = N_("不想说原因")


def calls(
    views: Sequence[CallView], supported: Sequence[CallView] = (), *, phone: str = ""
) -> Screen:
    """All calls, open ones first; then those of others that somebody stands by.

    ``phone`` is the number left for them, empty for none: it may be left or changed here.
    """
    if not views and not supported:
        return Screen(Text(_("您还没有反映过事情。有事请直接打字、发照片或语音给我。")))
    ordered = sorted(views, key=lambda view: view.call.closed_at is not None)[:LISTED]
    lines: list[Text | str] = [_listed(view) for view in ordered]
    if supported:
        lines += [Bold(_("您也反映过的：")), *(_listed(view) for view in supported[:LISTED])]
    rows = [
        (Button(f"{view.call.number} {names.item(view.main)}", data=f"call:{view.call.id}"),)
        for view in (*ordered, *supported[:LISTED])
    ]
    if views:
        rows.append((own_number.button(phone),))
    asked = _("点一件，看办到哪一步了。")
    if len(views) > LISTED:
        asked += _("更早的没有列出。")
    return Screen(as_list(Bold(_("我的呼叫")), *lines, asked), buttons=tuple(rows))


def call(
    view: CallView, now: datetime, zone: tzinfo, *, reopens: bool = False, suffers: bool = False
) -> Screen:
    """One call: where it stands, what is promised, what happened, newest first.

    ``reopens``: it is closed, and its caller may still reopen it. ``suffers``: there is a way to
    report what somebody suffers for having called.
    """
    main, triage = view.main, Status.TRIAGE in (view.main.leg.status, view.main.leg.paused_from)
    lines: list[Text | str] = [
        Text(Bold(view.call.number), f" {names.item(main)}"),
        _("现在：{status}").format(status=status(main)),
        (_("受理单位：{agency}") if triage else _("办理单位：{agency}")).format(
            agency=main.agency.name
        ),
        *_question(view),
    ]
    lines += linked(main)
    if view.call.supporters:
        lines.append(_("另有 {n} 位居民反映同一件事").format(n=view.call.supporters))
    if main.leg.pressed_at and main.leg.open:
        lines.append(_("🔺 区级督办"))
    if main.leg.open and main.leg.status not in ANSWERED:
        lines += [f"· {promise}" for promise in promises(main, now, zone)]
    if main.leg.plan is not None:
        lines += plans.for_caller(main.leg.plan, zone, longest=LONGEST_WORDS)
    return Screen(
        as_list(*lines, "", *happened(view, zone)), buttons=_buttons(view, reopens, suffers)
    )


def followed(view: CallView, now: datetime, zone: tzinfo) -> Screen:
    """Somebody else's call, as a supporter may see it."""
    main = view.main
    lines: list[Text | str] = [
        Text(Bold(view.call.number), f" {view.item.name}"),
        _("现在：{status}").format(status=status(main)),
        _("办理单位：{agency}").format(agency=main.agency.name),
        _("共 {n} 位居民反映了这件事。").format(n=view.call.supporters + 1),
    ]
    if main.leg.open and main.leg.status not in ANSWERED:
        lines += [f"· {promise}" for promise in promises(main, now, zone)]
    leave = Button(_("不再接收进展"), data="leave")
    return Screen(as_list(*lines), ((leave,), (Button(_("复制编号"), copy=view.call.number),)))


def unfollowed(number: str) -> Screen:
    """No more news of it."""
    return Screen(Text(Bold(number), _(" 的进展不再发给您。这件事照常办理。")))


def _question(view: CallView) -> list[Text | str]:
    """What is waited for: the question, to be read where it can be answered."""
    words = clipped(view.main.question, LONGEST_WORDS)
    return [Text(_("❓ 请回答："), Bold(words))] if words else []


def status(view: LegView) -> str:
    """Where a leg stands, for its caller: what is settled between agencies stays there."""
    leg = view.leg
    if leg.outcome is not None:
        closed = _(names.STATUSES[Status.CLOSED])
        outcome = _(names.OUTCOMES[leg.outcome])
        return _("{status}（{outcome}）").format(status=closed, outcome=outcome)
    shown = Status.IN_PROGRESS if leg.status is Status.RETURN_REVIEW else leg.status
    words = _("等您补充") if shown is Status.NEED_INFO else _(names.STATUSES[shown])
    called = [child for child in view.children if child.leg.open and not child.leg.co]
    if not called:
        return words
    above = "".join(f"【{child.agency.short_name}】" for child in called)
    return _("{status}，已呼叫{above}").format(status=words, above=above)


def adding(number: str) -> Screen:
    """Say or show more, each piece passed on as it comes."""
    return Screen(
        Text(_("要给 "), Bold(number), _(" 补充什么？请直接打字、发照片或语音，发一条转一条。")),
        buttons=((Button(_("说完了"), data="done", style="primary"),),),
    )


def withdrawing(number: str, *, looks: str = "") -> Screen:
    """Confirm and, for who likes, the reason; ``looks`` is the agency that makes sure first."""
    reasons = (*REASONS, UNTOLD)
    rows = [(Button(_(reason), data=f"why:{n}"),) for n, reason in enumerate(reasons)]
    return Screen(
        as_list(
            Text(_("要撤回 "), Bold(number), _(" 吗？撤回后就不再办理。")),
            _("请点一个原因，点了就撤回；也可以打字说明原因。不想撤回，请点「‹ 上一步」。"),
            *(
                [_("这件事涉及安全，{agency}会先确认没有危险，再撤回。").format(agency=looks)]
                if looks
                else []
            ),
        ),
        buttons=tuple(rows),
    )


def withdrawn(number: str) -> Screen:
    """The matter is off."""
    return Screen(Text(Bold(number), _(" 已撤回。以后还有这个问题，请随时再告诉我。")))


def withdrawal_waits(number: str, agency: str) -> Screen:
    """A matter of safety: somebody makes sure first."""
    told = _(" 涉及安全，{agency}会先确认没有危险，再撤回。结果会告诉您。").format(agency=agency)
    return Screen(Text(Bold(number), told))


def left() -> Screen:
    """Done looking."""
    return Screen(Text(_("好的。要再看，请点 /mycalls。")))


def _listed(view: CallView) -> Text:
    item = names.item(view.main)
    return Text(Bold(view.call.number), f" {item}", _("："), status(view.main))


def _buttons(view: CallView, reopens: bool, suffers: bool) -> tuple[tuple[Button, ...], ...]:
    could = open_actions(view.main.leg.status, Party.CALLER)
    offered = (
        (Action.ADD, Button(_("补充内容"), data="add")),
        (Action.ANSWER, Button(_("回答"), data="add", style="primary")),
        (Action.URGE, Button(_("催办"), data="urge")),
        (Action.OBJECT_TO_HOLD, Button(_("有意见"), data="object")),
        (Action.WITHDRAW, Button(_("撤回"), data="withdraw", style="danger")),
    )
    copies = Button(_("复制编号"), copy=view.call.number)
    row = tuple(button for action, button in offered if action in could)
    if view.main.leg.outcome is Outcome.DUPLICATE:
        row += (Button(_("不是同一件"), data="part"),)
    elif not view.main.leg.open:
        row += (Button(_("重开") if reopens else _("又出现了"), data="again"),)
    last = (copies, Button(_("反映后被为难"), data="suffers")) if suffers else (copies,)
    words = (Button(_("撤下我说过的话"), data="redact"),)
    return (row, last, words) if row else (last, words)

"""Which buttons stand below a card: what the lifecycle lets this chat do next, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.screens import canned, gestures, links, scene
from bot.screens.easel import Easel
from bot.screens.rating_buttons import verdicts
from bot.screens.screen import Button
from bot.words import N_, _
from core.arriving import awaits_arrival, awaits_release, reports_in
from core.asking import MOST_ASKS, MOST_INQUIRIES
from core.desk.helping import ASKS_IN
from core.extending import extendable
from core.lifecycle import Action, open_actions
from core.people import Party
from core.rating import Conclusion, Verdict
from core.reopening import answers_resident

if TYPE_CHECKING:
    from core.leg import Leg
    from core.views import LegView

Rows = tuple[tuple[Button, ...], ...]
TAPPED = {
    Action.ACKNOWLEDGE: (gestures.ACKNOWLEDGE, N_("✅ 签收")),
    Action.REPLY: (gestures.REPLY, N_("💬 回复")),
    Action.PROGRESS: (gestures.PROGRESS, N_("🔧 进展")),
    Action.AGREE: (gestures.AGREE, N_("同意改派")),
    Action.DECLINE: (gestures.DECLINE, N_("不同意")),
    Action.PASS: (gestures.PASS, N_("✅ 核查通过")),
    Action.ADMIT: (gestures.ADMIT, N_("✅ 受理")),
    Action.LET_GO: (gestures.LET_GO, N_("同意撤回")),
    Action.ARRIVE: (gestures.ARRIVE, N_("📍 到场")),
    Action.TAKE_UP: (gestures.TAKE_UP, N_("▶️ 恢复办理")),
}
OPENED = {
    Action.RESOLVE: (links.RESOLVE, N_("🏁 办结")),
    Action.RETURN: (links.RETURN, N_("↩️ 退单")),
    Action.CALL_UP: (links.CALL_UP, N_("📣 上呼")),
    Action.LOG_PHONE: (links.LOG_PHONE, N_("☎️ 记电话")),
    Action.REVEAL: (links.REVEAL, N_("📞 查看电话")),
    Action.RESTRICT: (links.RESTRICT, N_("🔒 转专人")),
    Action.PROPOSE_LIFT: (links.LIFT, N_("🔓 解除保密")),
    Action.ADD_CO: (links.ADD_CO, N_("🤝 请协办")),
    Action.ADD_CO_ABOVE: (links.ADD_CO_ABOVE, N_("🤝 请协办")),
    Action.ADD_CO_BY_HAND: (links.ADD_CO_BY_HAND, N_("🤝 请协办")),
    Action.MERGE: (links.MERGE, N_("🔗 并案")),
    Action.SPLIT: (links.SPLIT, N_("✂️ 拆分")),
    Action.NAME_LEAD: (links.NAME_LEAD, N_("⚖️ 指定主办")),
    Action.RECLASS: (links.RECLASS, N_("🏷 改事项")),
    Action.RECLASS_ABOVE: (links.RECLASS_ABOVE, N_("🏷 改事项")),
    Action.RETYPE: (links.RETYPE, N_("🗂 改类型")),
    Action.RETYPE_ABOVE: (links.RETYPE_ABOVE, N_("🗂 改类型")),
    Action.ASK_EXTENSION: (links.EXTEND, N_("⏳ 申请延期")),
    Action.FAIL: (links.FAIL, N_("❌ 不通过")),
    Action.PRESS_BY_HAND: (links.PRESS, N_("🔺 督办")),
    Action.REOPEN_BY_HAND: (links.REOPEN, N_("🔓 重开")),
    Action.REOPEN_ABOVE: (links.REOPEN_ABOVE, N_("🔓 重开")),
    Action.ASK: (links.ASK, N_("❓ 问呼叫人")),
    Action.INQUIRE: (links.INQUIRE, N_("❓ 问呼叫人")),
    Action.REDIRECT: (links.REDIRECT, N_("↪️ 转渠道")),
    Action.PROPOSE_REJECTION: (links.REJECT, N_("⛔ 不予受理")),
    Action.PROPOSE_HOLD: (links.HOLD, N_("📌 申请挂账")),
    Action.ORDER_UP: (links.ORDER_UP, N_("▶️ 责成恢复办理")),
    Action.PROPOSE_FINDING: (links.FINDING, N_("⚖️ 认定不合理")),
    Action.OBJECT_TO_RATING: (links.CONTEST, N_("⚖️ 评价异议")),
}
ROWS = (
    (Action.ACKNOWLEDGE, Action.REPLY, Action.PROGRESS),
    (Action.ARRIVE,),
    (Action.RESOLVE, Action.RETURN, Action.CALL_UP),
    (Action.AGREE, Action.DECLINE, Action.NAME_LEAD),
    (Action.PASS, Action.FAIL),
    (Action.ASK, Action.REDIRECT),
    (Action.LET_GO,),
)
# Acts that are needed once in a while: they stand on the second page, behind "more".
RARE: tuple[tuple[Action, ...], ...] = (
    (Action.LOG_PHONE, Action.REVEAL, Action.INQUIRE),
    (Action.ADD_CO, Action.ADD_CO_ABOVE, Action.ADD_CO_BY_HAND, Action.MERGE, Action.SPLIT),
    (Action.RECLASS, Action.RECLASS_ABOVE, Action.RETYPE, Action.RETYPE_ABOVE),
    (Action.RESTRICT, Action.PROPOSE_LIFT),
    (Action.PROPOSE_REJECTION,),
    (Action.ASK_EXTENSION, Action.PROPOSE_HOLD),
    (Action.TAKE_UP, Action.ORDER_UP),
    (Action.PROPOSE_FINDING, Action.OBJECT_TO_RATING),
    (Action.PRESS_BY_HAND, Action.REOPEN_BY_HAND, Action.REOPEN_ABOVE),
)
# What waits for somebody else's word; one at a time a leg.
PROPOSING = frozenset(
    {
        *(Action.ASK_EXTENSION, Action.PROPOSE_REJECTION, Action.PROPOSE_HOLD),
        *(Action.PROPOSE_CALL_UP, Action.PROPOSE_FINDING, Action.OBJECT_TO_RATING),
        *(Action.PROPOSE_REVEAL, Action.PROPOSE_LIFT),
    }
)
# In a dispute the district names the lead: one way for all three answers, and the caller hears it.
HEARD_BEFORE = {Action.AGREE, Action.DECLINE}
# Of what is restricted nobody else hears, and so nobody else is asked.
ALONE = frozenset(
    {Action.MERGE, Action.CALL_UP, Action.PROPOSE_CALL_UP, Action.RETURN, Action.RESTRICT}
    | {Action.NAME_LEAD, *ASKS_IN.values()}
)
FROM_ABOVE = {Action.RECLASS: Action.RECLASS_ABOVE, Action.RETYPE: Action.RETYPE_ABOVE}
REPORTS_IN = N_("📍 报到")
LONGEST_STEP, POOR = 16, 2
SORTS = N_("📂 选事项")
GREEN = frozenset({Action.ACKNOWLEDGE, Action.AGREE, Action.PASS, Action.ADMIT})


def below_card(view: LegView, *, seats: frozenset[Party], chat: int, easel: Easel) -> Rows:
    """The buttons of a card in the chat of a party with these seats in the leg."""
    could = offered(view, seats)
    rows = _drawn(ROWS, could, view.leg, chat, easel)
    if Action.REPLY in could and canned.offered(view, easel):
        rows[0] += (_turning(gestures.CANNED, _("📄 常用语"), view.leg, chat, easel),)
    if Action.REACH_MILESTONE in could:
        rows.append(next_step(view.leg, chat, easel))
    rows += scene.releasing(view, seats, chat, easel)
    if Party.APPROVER in seats:
        rows.insert(0, approvals(view.leg, chat, easel))
    if Action.ADMIT in could:
        rows.insert(0, admitting(view, chat, easel))
    if Party.CALLER in seats and Action.ACCEPT in open_actions(view.leg.status, Party.CALLER):
        rows.append(verdicts(view.leg, chat, easel))
    if any(action in could for row in RARE for action in row):
        rows.append((_turning(gestures.MORE, _("⋯ 更多"), view.leg, chat, easel),))
    return tuple(row for row in rows if row)


def second_page(view: LegView, *, seats: frozenset[Party], chat: int, easel: Easel) -> Rows:
    """The rarer buttons of a card, and the way back to the first page."""
    rows = _drawn(RARE, offered(view, seats), view.leg, chat, easel)
    rows.append((_turning(gestures.LESS, _("‹ 返回"), view.leg, chat, easel),))
    return tuple(row for row in rows if row)


def next_step(leg: Leg, chat: int, easel: Easel) -> tuple[Button, ...]:
    """The first step of the plan that is not done: one tap when it is."""
    number = leg.plan.unmet() if leg.plan else None
    if leg.plan is None or number is None:
        return ()
    label = _("✅ 完成：{title}").format(title=leg.plan.milestones[number].title[:LONGEST_STEP])
    data = easel.data(gestures.REACH, leg.id, leg.version, chat=chat, extra=str(number))
    return (Button(label, data=data),)


def approvals(leg: Leg, chat: int, easel: Easel) -> tuple[Button, ...]:
    """Yes or no to what is proposed, for the agency whose word it awaits."""
    if leg.proposal is None:
        return ()
    mark = leg.proposal.mark
    yes = easel.data(gestures.APPROVE, leg.id, leg.version, chat=chat, extra=mark)
    no = easel.data(gestures.REFUSE, leg.id, leg.version, chat=chat, extra=mark)
    return Button(_("同意申请"), data=yes, style="success"), Button(_("不同意"), data=no)


def offered(view: LegView, seats: frozenset[Party]) -> frozenset[Action]:
    """Steps worth a button: allowed by the table, and not certain to be refused."""
    could = {action for seat in seats for action in open_actions(view.leg.status, seat)}
    if view.leg.returns or view.leg.binding:
        could.discard(Action.RETURN)
    if view.agency.parent is None:
        could.discard(Action.CALL_UP)
    could -= {above for own, above in FROM_ABOVE.items() if own in could}
    if Action.ADMIT in could:
        could.discard(Action.RECLASS)
    could -= set([one for one in ASKS_IN.values() if one in could][1:])
    if view.leg.proposal:
        could -= PROPOSING
    if view.leg.conclusion is not Conclusion.EXPLAINED or view.leg.parent_id is not None:
        could.discard(Action.PROPOSE_FINDING)
    if not contestable(view):
        could.discard(Action.OBJECT_TO_RATING)
    if not view.leg.open:
        could.discard(Action.LOG_PHONE)
    if not view.call.phone or view.leg.signer is None:
        could.discard(Action.REVEAL)
    if not extendable(view.leg, view.call.urgency):
        could.discard(Action.ASK_EXTENSION)
    if view.leg.pressed_at:
        could.discard(Action.PRESS_BY_HAND)
    if not answers_resident(view.leg):
        could -= {Action.REOPEN_BY_HAND, Action.REOPEN_ABOVE}
    if Action.REOPEN_BY_HAND in could:
        could.discard(Action.REOPEN_ABOVE)
    return frozenset(could - _in_vain(view) - _not_ours(view))


def _not_ours(view: LegView) -> set[Action]:
    """Steps that are somebody else's among several agencies, or must wait for them."""
    vain = set() if view.convened else {Action.NAME_LEAD}
    below = [child.leg for child in view.children if child.leg.open]
    if not awaits_arrival(view.leg):
        vain.add(Action.ARRIVE)
    if awaits_release(view.leg):
        vain.add(Action.RESOLVE)
    if below:
        vain |= {Action.RESOLVE, Action.PROPOSE_HOLD}
    if any(not leg.co for leg in below):
        vain.add(Action.CALL_UP)
    if view.leg.co:
        vain |= set(ASKS_IN.values())
    if view.leg.parent_id is not None:
        vain |= {Action.MERGE, Action.SPLIT, Action.RESTRICT}
    vain |= ALONE if view.call.restricted else {Action.PROPOSE_LIFT}
    return vain | (HEARD_BEFORE if view.convened and view.supervisor else set())


def _in_vain(view: LegView) -> set[Action]:
    """Steps of triage that would be refused: asked enough, or nothing to let go."""
    vain = {Action.ASK} if view.leg.asks >= MOST_ASKS else set()
    vain |= {Action.INQUIRE} if view.leg.inquiries >= MOST_INQUIRIES else set()
    return vain if view.letting_go else vain | {Action.LET_GO}


def admitting(view: LegView, chat: int, easel: Easel) -> tuple[Button, ...]:
    """Take the guess with one tap, or choose item and agency in private."""
    leg = view.leg
    sorts = Button(_(SORTS), url=easel.links.duty(links.ADMIT, leg.id, leg.version))
    return (_button(Action.ADMIT, leg, chat, easel), sorts) if view.call.item else (sorts,)


def contestable(view: LegView) -> bool:
    """Whether the last rating is one that an agency may want to object to."""
    last = view.ratings[-1] if view.ratings else None
    poor = last is not None and (last.verdict is Verdict.UNSOLVED or last.stars <= POOR)
    return poor and view.leg.set_aside == 0


def _drawn(
    page: tuple[tuple[Action, ...], ...],
    could: frozenset[Action],
    leg: Leg,
    chat: int,
    easel: Easel,
) -> list[tuple[Button, ...]]:
    rows = [[action for action in row if action in could] for row in page]
    return [tuple(_button(action, leg, chat, easel) for action in row) for row in rows]


def _turning(word: str, label: str, leg: Leg, chat: int, easel: Easel) -> Button:
    return Button(label, data=easel.data(word, leg.id, leg.version, chat=chat))


def _button(action: Action, leg: Leg, chat: int, easel: Easel) -> Button:
    if action in OPENED:
        word, label = OPENED[action]
        return Button(_(label), url=easel.links.duty(word, leg.id, leg.version))
    word, label = TAPPED[action]
    label = REPORTS_IN if action is Action.ARRIVE and reports_in(leg) else label
    data = easel.data(word, leg.id, leg.version, chat=chat)
    return Button(_(label), data=data, style="success" if action in GREEN else None)

"""What anybody may read of a call (lifecycle, public view): never who, never exactly where.

The place is the community; of what was said only the answer is shown, without personal numbers,
the caller's name and the address. Photos are not public, and a restricted call is not found.
"""

from __future__ import annotations

from aiogram.utils.formatting import BlockQuote, Bold, Text, as_list

from bot.screens import gestures, names
from bot.screens.cards import clipped
from bot.screens.easel import Easel
from bot.screens.masking import masked
from bot.screens.names import clean
from bot.screens.screen import Button, Screen
from bot.screens.times import day, when
from bot.words import _
from core.call import Call
from core.journal import Entry
from core.lifecycle import Action
from core.registers import Line, Page
from core.views import CallView, LegView

SIZE = 10
LONGEST_ANSWER = 1500
SHORTEST_NAME = 2
LEAST = 5
"""Of fewer calls no figure is said in public: somebody might be known by it."""
HIDDEN = "＊＊"


def usage() -> str:
    """``/find`` without a number."""
    return _("请在命令后面写编号，例如：/find LW-260614-0037。正在挂账的事项：/holds")


def say_the_number() -> str:
    """Whoever comes from the channel."""
    return _("请把编号发给我，例如：LW-260614-0037。正在挂账的事项：/holds")


def not_found(words: str) -> str:
    """No such call, or none that is public."""
    told = _("没有编号是“{words}”的公开事项。请核对编号；自己反映的，请点 /mycalls 看。")
    return told.format(words=clean(words))


def shown(view: CallView, easel: Easel) -> Screen:
    """One call as anybody may read it."""
    main = view.main
    lines: list[Text | str] = [
        Bold(f"{view.call.number} · {names.item(main)}"),
        _("📍 {place}").format(place=view.community.short_name),
        f"▶️ {_stands(main)}",
        _("🗓 {at} 反映").format(at=day(view.call.raised_at, easel.zone)),
        *_until(main, easel),
    ]
    if answer := _answer(view):
        lines += [_("💬 办理答复："), BlockQuote(answer)]
    lines.append(_("公开查询不显示姓名、详细地址和照片。"))
    return Screen(as_list(*lines))


def holds(found: Page, *, chat: int, easel: Easel) -> Screen:
    """What is on hold in the district, why, and what comes next."""
    lines: list[Text | str] = [Bold(_("📌 正在挂账的事项"))]
    lines += [held(one, easel) for one in found.lines] or [_("现在没有挂账的事项。")]
    lines.append(_("看某一件：/find 编号"))
    if found.before is None:
        return Screen(as_list(*lines))
    data = easel.data(gestures.HOLDS, 0, 0, chat=chat, extra=str(found.before))
    return Screen(as_list(*lines), ((Button(_("更早 ›"), data=data),),))


def counted(calls: int, told: str, few: str) -> str:
    """``told`` with a number of calls; ``few`` where somebody could be known by the number."""
    return told.format(n=calls) if calls >= LEAST else few.format(n=LEAST)


def held(one: Line, easel: Easel) -> str:
    """One line of what is on hold: number, item, community, why, the next step."""
    view, plan = one.view, one.view.leg.plan
    parts = [view.call.number, names.item(view), view.community.short_name]
    if plan is not None:
        parts.append(_(names.HOLD_GROUNDS[plan.ground]))
        step = plan.unmet()
        if step is not None:
            due = day(plan.milestones[step].due, easel.zone)
            parts.append(_("下一步 {at} 前").format(at=due))
    return " · ".join(parts)


def _stands(view: LegView) -> str:
    leg = view.leg
    state = _(names.STATUSES[leg.status])
    if leg.outcome is not None and not leg.open:
        outcome = _(names.OUTCOMES[leg.outcome])
        state = _("{state}（{outcome}）").format(state=state, outcome=outcome)
    return f"{state} · {view.agency.short_name}"


def _until(view: LegView, easel: Easel) -> list[str]:
    leg = view.leg
    if leg.closed_at is not None and not leg.open:
        return [_("🗓 {at} 结案").format(at=day(leg.closed_at, easel.zone))]
    if leg.finish_due is not None:
        return [_("🗓 {at} 前办结").format(at=when(leg.finish_due, easel.zone))]
    return []


def _answer(view: CallView) -> str:
    """The last answer with which the call was resolved, without anything personal."""
    own = {one.leg.id for one in view.legs if one.leg.parent_id is None}
    answers = [e for e in view.entries if e.leg_id in own and e.action is Action.RESOLVE]
    return clipped(_impersonal(answers[-1], view.call), LONGEST_ANSWER) if answers else ""


def _impersonal(entry: Entry, call: Call) -> str:
    words = masked("\n".join(piece.text for piece in entry.pieces if piece.text))
    for secret in (call.address, call.caller_name):
        if len(secret.strip()) >= SHORTEST_NAME:
            words = words.replace(secret.strip(), HIDDEN)
    return words

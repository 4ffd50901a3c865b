"""What not everybody may know: asked before sending, shown on what is left of a card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiogram.utils.formatting import BlockQuote, Bold, Text, as_list

from bot.screens import cards, gridded, names
from bot.screens.masking import masked
from bot.screens.notices import Telling, Tells, Told
from bot.screens.screen import Button, Screen
from bot.words import _
from core.discretion import hidden_from
from core.lifecycle import Action

if TYPE_CHECKING:
    from datetime import datetime

    from bot.screens.easel import Easel
    from core.agency import Agency
    from core.views import LegView

PLAIN, ABOVE, TEAM = "plain", "above", "team"
CHOICES = frozenset({PLAIN, ABOVE, TEAM})


def asks(usual: Agency, above: Agency | None, team: Agency | None) -> Screen:
    """Whether whoever would answer is not to know; the ways there are here."""
    lines: list[Text | str] = [
        Text(_("这件事会交给 "), Bold(usual.short_name), _(" 办理。不方便的话，可以换一种：")),
    ]
    rows = []
    if above is not None:
        lines.append(
            _("· 问题就出在【{usual}】：直接交给【{above}】，【{usual}】看不到。").format(
                usual=usual.short_name, above=above.short_name
            )
        )
        label = _("交给{above}").format(above=above.short_name)
        rows.append((Button(label, data=ABOVE),))
    if team is not None:
        lines.append(
            _(
                "· 涉及个人隐私，或者反映工作人员作风、违纪：只交【{team}】的专人，别人都看不到。"
            ).format(team=team.short_name)
        )
        rows.append((Button(_("只交专人"), data=TEAM),))
    label = _("照常交给{usual}").format(usual=usual.short_name)
    rows.append((Button(label, data=PLAIN),))
    return Screen(as_list(*lines), buttons=tuple(rows))


def chosen(view: LegView) -> list[Text | str]:
    """A line of the last look, where not everybody is to know."""
    if view.call.restricted:
        return [_("🔒 只交专人办理，不进单位的工作群。")]
    if view.call.avoids:
        return [_("🔒 不经【{agency}】，交上一级办理。").format(agency=view.agency.short_name)]
    return []


def card(view: LegView) -> Screen:
    """What is left of a card in a group that may not read it any more."""
    return Screen(as_list(Bold(view.call.number), _("🔒 已转专人办理，这里不再显示内容。")))


def drawn(
    view: LegView, agency: str, *, chat: int, now: datetime, easel: Easel, handed: str = ""
) -> Screen:
    """The card as the group of an agency may read it, whatever it is shown upon."""
    if hidden_from(easel.district.tree, view, agency):
        return card(view)
    return cards.card(
        view,
        seats=cards.seats_of(view, agency),
        chat=chat,
        now=now,
        easel=easel,
        handed=handed,
        grid=gridded.part(view, agency, easel.district),
    )


def confirming(view: LegView, team: Agency) -> Screen:
    """To an officer, before a matter leaves the group."""
    lines = [
        Text(Bold(view.call.number), " · ", names.item(view)),
        _("转给【{team}】后，本群和上级群都不再看到内容，也收不回来。呼叫人会收到通知。").format(
            team=team.short_name
        ),
        _("涉及个人隐私、工作人员作风或违纪的，请转；其他的请照常办理。"),
    ]
    rows = ((Button(_("确定转给专人"), data="yes", style="danger"),),)
    return Screen(as_list(*lines), rows)


def handed_over(view: LegView) -> Screen:
    """The receipt of that."""
    told = _("已转给【{team}】，呼叫人也知道了。").format(team=view.agency.short_name)
    return Screen(Text("🔒 ", Bold(view.call.number), " ", told))


def restricted(t: Telling) -> Told:
    """To the caller: who has it now, and that nobody else does."""
    head = _(" 已转给{agency}的专人办理{finish}，别的单位不再看到内容。").format(
        agency=t.agency, finish=t.finish
    )
    return Told(Text("🔒 ", t.number, head))


def lifted(t: Telling) -> Told:
    """To the caller: who has it now, and why it is not for named people any more."""
    head = _(" 不再只限专人办理，已转给{agency}照常办理{finish}。原因：").format(
        agency=t.agency, finish=t.finish
    )
    why = BlockQuote(masked(str(t.entry.facts.get("reason") or ""), landlines=False))
    return Told(Text("🔓 ", t.number, head, "\n", why), relays=False)


def lifted_here(t: Telling) -> Told:
    """To the agency that answers it from now on."""
    head = _(" 原由专人办理，现转为普通办理，请{agency}签收{finish}。").format(
        agency=t.agency, finish=t.finish
    )
    return Told(Text("🔓 ", t.number, head), relays=False)


def suffering(number: str) -> Screen:
    """To a caller who suffers for having called."""
    return Screen(
        as_list(
            Text(_("因为反映 "), Bold(number), _(" 被刁难、威胁或报复了吗？")),
            _("请说明谁、什么时候、做了什么，打字、照片、语音都可以，一次说完。"),
            _("🔒 只交区里的专人办理，不显示您的姓名，原办理单位看不到。"),
            _("有人身危险，请马上打 110。"),
        )
    )


def matter(t: Telling) -> str:
    """How a group that may not read it hears of a restricted call: by number alone."""
    return _("保密事项 {number} ").format(number=t.view.call.number)


TO_CALLER: dict[Action, Tells] = {Action.RESTRICT: restricted, Action.LIFT: lifted}
TO_AGENCY: dict[Action, Tells] = {Action.LIFT: lifted_here}

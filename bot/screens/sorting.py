"""The forms of triage in private: which question, which item and agency, which other channel."""

from __future__ import annotations

from aiogram.utils.formatting import Text, as_list

from bot.screens import names
from bot.screens.filling import title
from bot.screens.screen import Button, Screen
from bot.words import N_, _
from core.agency import Agency
from core.catalogue import Item
from core.lifecycle import Status
from core.redirecting import Elsewhere
from core.rejecting import RejectGround
from core.views import LegView

CHANNELS = {
    "110": N_("110 报警台"),
    "12345": N_("12345 政务服务热线"),
    "12315": N_("12315 消费维权热线"),
    "12333": N_("12333 劳动保障热线"),
    "12348": N_("12348 法律援助热线"),
    "12388": N_("12388 纪检监察举报电话"),
}


def question(view: LegView) -> Screen:
    """One question: what such items want to know, or typed."""
    paused = (
        _("呼叫人回答前，受理时限暂停；一共可以问两次。")
        if view.leg.status is Status.TRIAGE
        else _("呼叫人回答前，办结时限暂停；办理中只能问一次。")
    )
    lines = [title(view, _("问呼叫人")), _("请点一个问题，或者直接打字，只问一件事。"), paused]
    rows = [(Button(fact, data=str(n)),) for n, fact in enumerate(view.item.required_facts)]
    return Screen(as_list(*lines), tuple(rows))


def asked(view: LegView) -> Screen:
    """The question is on its way."""
    if view.caller_agency is None and not view.reachable:
        told = _("⚠️ 已记下（{number}），但暂时联系不上呼叫人，对方回来后才会看到。时限暂停。")
        return Screen(Text(told.format(number=view.call.number)))
    told = _("已把问题转给{caller}（{number}），时限暂停。回答会出现在群里。").format(
        caller=names.caller_of(view), number=view.call.number
    )
    return Screen(Text("❓ ", told))


def reasons(view: LegView) -> Screen:
    """Why it belongs elsewhere."""
    lines = [title(view, _("转渠道")), _("为什么不由我们办？呼叫人会看到。")]
    rows = tuple((Button(_(names.ELSEWHERE[one]), data=one.value),) for one in Elsewhere)
    return Screen(as_list(*lines), rows)


def channels(view: LegView) -> Screen:
    """Whom the caller should turn to."""
    lines = [
        title(view, _("转渠道")),
        _("请呼叫人找谁？点一个，或者打“名称 电话”，例如：区人民法院 020-12345678。"),
    ]
    rows = tuple((Button(_(name), data=phone),) for phone, name in CHANNELS.items())
    return Screen(as_list(*lines), rows)


def rejections(view: LegView) -> Screen:
    """Why it is not accepted at all."""
    lines = [
        title(view, _("不予受理")),
        _("要由另一个人审核同意，呼叫人可以申诉。为什么不受理？"),
    ]
    rows = tuple((Button(_(names.REJECTS[one]), data=one.value),) for one in RejectGround)
    return Screen(as_list(*lines), rows)


def redirected(view: LegView) -> Screen:
    """The caller knows where to go."""
    told = _("已告诉呼叫人该找谁，{number} 结案。").format(number=view.call.number)
    return Screen(Text("↪️ ", told))


def last_look(view: LegView, item: Item, taker: Agency, listed: bool) -> Screen:
    """What it is about, who gets it, and the way to change either."""
    why = _("按清单") if listed else _("您指定")
    lines = [
        title(view, _("受理")),
        _("事项：{item}").format(item=item.name),
        _("派给：{agency}（{why}）").format(agency=taker.short_name, why=why),
        _("没问题就点「受理派单」，签收、联系、办结时限马上开始。"),
    ]
    rows = (
        (Button(_("✅ 受理派单"), data="send", style="success"),),
        (Button(_("改事项"), data="item"), Button(_("改派给别的单位"), data="taker")),
    )
    return Screen(as_list(*lines), rows)


def takers(view: LegView, found: tuple[Agency, ...]) -> Screen:
    """To whom else."""
    lines = [
        title(view, _("受理")),
        _("派给哪个单位？可以是清单上的主办、本单位，或者别的社区。"),
        _("列表里没有的，请直接打单位名称。"),
    ]
    rows = tuple((Button(agency.short_name, data=agency.code),) for agency in found)
    return Screen(as_list(*lines), rows)


def admitted(view: LegView) -> Screen:
    """It is on its way."""
    told = _("已受理 {number}，由【{agency}】办理。").format(
        number=view.call.number, agency=view.agency.short_name
    )
    return Screen(Text("✅ ", told))

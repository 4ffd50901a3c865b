"""How people and agencies are called, and how much of a caller's name a group may see (I21)."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from aiogram.types import User
from aiogram.utils.formatting import Text, TextMention

from bot.words import N_, _
from core.arriving import reports_in
from core.call import Call, Link, NameShown
from core.catalogue import Urgency
from core.holding import HoldGround
from core.intent import CLASSES, Intent
from core.lifecycle import Outcome, Status
from core.limits import Clock
from core.nudging import URGENT
from core.people import Officer
from core.rating import Conclusion, Verdict
from core.redirecting import Elsewhere
from core.rejecting import RejectGround
from core.returning import Ground
from core.whistle import Whistle

if TYPE_CHECKING:
    from core.leg import Leg
    from core.views import LegView

LONGEST_NAME = 32
STATUSES = {
    Status.TRIAGE: N_("待受理"),
    Status.NEED_INFO: N_("等呼叫人补充"),
    Status.DISPATCHED: N_("待签收"),
    Status.IN_PROGRESS: N_("办理中"),
    Status.RETURN_REVIEW: N_("退单审核中"),
    Status.ON_HOLD: N_("挂账中"),
    Status.RESOLVED: N_("已办结，待评价"),
    Status.VERIFYING: N_("已办结，核查中"),
    Status.CLOSED: N_("已结案"),
}
OUTCOMES = {
    Outcome.SOLVED: N_("已解决"),
    Outcome.PARTLY: N_("部分解决"),
    Outcome.UNSOLVED: N_("未解决"),
    Outcome.UNRATED: N_("未评价"),
    Outcome.EXPLAINED: N_("已解释说明"),
    Outcome.WITHDRAWN: N_("呼叫人已撤回"),
    Outcome.MISDISPATCH: N_("已改派"),
    Outcome.NO_REPLY: N_("没有等到回答"),
    Outcome.REDIRECTED: N_("已转其他渠道"),
    Outcome.REJECTED: N_("不予受理"),
    Outcome.DUPLICATE: N_("已并案"),
}
WHISTLES = {
    Whistle.WORK: N_("工作推进哨"),
    Whistle.TOUGH: N_("攻坚克难哨"),
    Whistle.EMERGENCY: N_("应急哨"),
}
LINKS = {
    Link.MERGED: N_("🔗 已并入 {number}"),
    Link.SPLIT: N_("🔗 由 {number} 拆分而来"),
    Link.REBOUND: N_("🔗 {number} 又出现了"),
    Link.RETALIATION: N_("🔗 因反映 {number} 被为难"),
}
VERDICTS = {
    Verdict.SOLVED: N_("已解决"),
    Verdict.PARTLY: N_("部分解决"),
    Verdict.UNSOLVED: N_("未解决"),
}
CONCLUSIONS = {
    Conclusion.SOLVED: N_("已解决"),
    Conclusion.PARTLY: N_("部分解决"),
    Conclusion.EXPLAINED: N_("已解释说明"),
}
GROUNDS = {
    Ground.TERRITORY: N_("不在本辖区"),
    Ground.DUTY: N_("不是本单位职责"),
    Ground.OWNERSHIP: N_("权属在别的单位"),
    Ground.DUPLICATE: N_("与另一件重复"),
    Ground.MISSING: N_("缺少要素，无法办理"),
}
REJECTS = {
    RejectGround.VAGUE: N_("没有具体事实，无法核实"),
    RejectGround.SETTLED: N_("已有终局结论"),
    RejectGround.NOT_PUBLIC: N_("不属于公共服务和管理的范围"),
    RejectGround.UNLAWFUL: N_("要求违反法律法规"),
    RejectGround.ABUSE: N_("辱骂、骚扰或者虚构"),
}
ELSEWHERE = {
    Elsewhere.POLICE: N_("属于警情或治安，由公安处理"),
    Elsewhere.LEGAL: N_("应当通过诉讼、仲裁或复议解决"),
    Elsewhere.OTHER_PLACE: N_("不在本区范围内"),
    Elsewhere.OTHER_OFFICE: N_("属于上级或专门机关的职责"),
    Elsewhere.PRIVATE: N_("属于消费或合同纠纷"),
}
HOLD_GROUNDS = {
    HoldGround.POLICY: N_("要等政策"),
    HoldGround.MONEY: N_("要等资金"),
    HoldGround.WORKS: N_("要等工程"),
    HoldGround.LAW: N_("要走法律程序"),
    HoldGround.HISTORY: N_("历史遗留"),
}
REASONS = {
    "called_up": N_("下级已先行处置，上呼请求一起解决"),
    "danger": N_("有人身危险，社区和街道同时处置"),
    "returned": N_("由退单改派而来"),
    "reopened": N_("结案后重开"),
    "co": N_("主办单位请求协办"),
}
URGENCIES = {
    Urgency.P0: N_("🚨 紧急"),
    Urgency.P1: N_("❗ 急办"),
    Urgency.P2: N_("一般"),
    Urgency.P3: N_("复杂"),
    Urgency.P4: N_("疑难"),
    Urgency.CONSULT: N_("咨询"),
    Urgency.SUGGESTION: N_("建议"),
    Urgency.REPORT: N_("举报"),
    Urgency.PRAISE: N_("表扬"),
}
INTENTS = {
    Intent.CONSULT: N_("咨询"),
    Intent.HELP: N_("求助"),
    Intent.COMPLAINT: N_("投诉"),
    Intent.REPORT: N_("举报"),
    Intent.SUGGESTION: N_("建议"),
    Intent.PRAISE: N_("表扬"),
}
CLOCKS = {
    Clock.SIGN: N_("签收"),
    Clock.CONTACT: N_("首次联系"),
    Clock.ARRIVE: N_("到场"),
    Clock.INTERIM: N_("阶段答复"),
    Clock.FINISH: N_("办结"),
    Clock.MILESTONE: N_("计划节点"),
}


REPORTED_IN = N_("报到")


def clock(which: Clock, leg: Leg) -> str:
    """What a clock of this leg waits for: whoever was whistled for reports in, others come."""
    return _(REPORTED_IN if which is Clock.ARRIVE and reports_in(leg) else CLOCKS[which])


def clean(name: str, most: int = LONGEST_NAME) -> str:
    """A display name without control, direction and invisible characters, on one line (S6)."""
    if not name.isprintable():  # which nearly every name is: asked of every update
        spaced = "".join(" " if c.isspace() else c for c in name)
        name = "".join(c for c in spaced if unicodedata.category(c)[0] != "C")
    return " ".join(name.split())[:most]


def item(view: LegView) -> str:
    """The item, or that it is not settled yet: a guess is not shown as if somebody had decided."""
    return _("事项待定") if unsettled(view) else view.item.name


def urgency(view: LegView) -> str:
    """How urgent it is; of a guess no more than that it may be."""
    if not unsettled(view) or view.call.danger:
        return _(URGENCIES[view.call.urgency])
    return _("❗ 可能要急办") if view.call.urgency in URGENT else _("等级待定")


def intent_and_urgency(view: LegView) -> str:
    """What is wanted and how urgent it is, unless one word says both."""
    said = urgency(view)
    own = CLASSES.get(view.call.intent)
    return said if own is view.call.urgency else f"{_(INTENTS[view.call.intent])} · {said}"


def unsettled(view: LegView) -> bool:
    """Whether nobody has said yet what it is about."""
    return Status.TRIAGE in (view.leg.status, view.leg.paused_from) or not view.call.item


def caller(call: Call) -> str:
    """The caller as the answering agency may see them: ``王**`` unless the caller chose."""
    name = clean(call.caller_name)
    if call.name_shown is NameShown.ANONYMOUS or not name:
        return _("匿名居民")
    return name if call.name_shown is NameShown.SHOWN else f"{name[0]}**"


def caller_of(view: LegView) -> str:
    """Whom a leg answers, as its agency reads it: the agency that called, or the caller."""
    above = view.caller_agency
    return f"【{above.short_name}】" if above else _("呼叫人")


def mention(account: int, name: str) -> Text:
    """A name that rings for this person, whatever their username is."""
    shown = clean(name) or _("经办人")
    return TextMention(shown, user=User(id=account, is_bot=False, first_name=shown))


def mentions(officers: tuple[Officer, ...]) -> list[Text | str]:
    """Several people, each once, separated by spaces."""
    nodes: list[Text | str] = []
    for account, name in {officer.account: officer.name for officer in officers}.items():
        nodes += [mention(account, name), " "]
    return nodes

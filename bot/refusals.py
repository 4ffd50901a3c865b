"""One sentence for each finding of the domain: what is the matter, and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from bot.screens import proposals, settings
from bot.screens.easel import Easel
from bot.screens.names import clean
from bot.screens.times import soon
from bot.words import N_, _
from core import errors
from core.holding import Lack
from core.lifecycle import Action, Status, rule_for
from core.merging import Apart
from core.people import Party

DONE = {
    Action.ACKNOWLEDGE: N_("签收"),
    Action.RESOLVE: N_("办结"),
    Action.RETURN: N_("退单"),
    Action.AGREE: N_("同意改派"),
    Action.DECLINE: N_("决定不改派"),
    Action.WITHDRAW: N_("撤回"),
    Action.ACCEPT: N_("评价"),
    Action.GIVE_UP: N_("评价"),
    Action.RATE_LATE: N_("评价"),
    Action.REWORK: N_("要求重办"),
    Action.SECOND: N_("同意"),
    Action.REFUSE: N_("决定不同意"),
    Action.LAPSE_PROPOSAL: N_("过时没有决定"),
    Action.EXTEND: N_("同意延期"),
    Action.RATE_BESIDE: N_("评价"),
    Action.RATE_AHEAD: N_("评价"),
    Action.PASS: N_("核查通过"),
    Action.FAIL: N_("退回重办"),
    Action.PRESS_BY_HAND: N_("督办"),
    Action.REOPEN: N_("重开"),
    Action.REOPEN_BY_HAND: N_("重开"),
    Action.STILL_GOOD: N_("回复"),
    Action.CAME_BACK: N_("重新反映"),
    Action.ADMIT: N_("受理"),
    Action.ASK: N_("问呼叫人"),
    Action.INQUIRE: N_("问呼叫人"),
    Action.ANSWER: N_("回答"),
    Action.REDIRECT: N_("转其他渠道"),
    Action.REJECT: N_("不予受理"),
    Action.LET_GO: N_("同意撤回"),
    Action.HOLD: N_("同意挂账"),
    Action.TAKE_UP: N_("恢复办理"),
    Action.TAKE_UP_AGAIN: N_("恢复办理"),
    Action.ORDER_UP: N_("责成恢复办理"),
    Action.MERGE: N_("并案"),
    Action.PART: N_("拆开"),
}
WHY_APART = {
    Apart.SAME_CALL: N_("这就是同一件，不用并。请选另一件。"),
    Apart.CALLED_UP: N_("上呼或协办的一件不能并案，请告诉上呼的单位。"),
    Apart.CLOSED: N_("{number} 已经结案，请选一件还在办的。"),
    Apart.ELSEWHERE: N_("{number} 不在本单位的范围，请选另一件。"),
    Apart.RESTRICTED: N_("保密的呼叫不能并案，请单独办理。"),
    Apart.LESS_URGENT: N_("{number} 的等级更低。请打开 {number}，把它并到这一件来。"),
    Apart.PARTED: N_("呼叫人说过这不是同一件，不能再并。请单独办理。"),
}
NOW_IT_IS = {
    Status.TRIAGE: N_("还没有受理，请先受理，或者问呼叫人"),
    Status.NEED_INFO: N_("正在等呼叫人补充"),
    Status.DISPATCHED: N_("还没有签收，请先签收"),
    Status.IN_PROGRESS: N_("正在办理"),
    Status.RETURN_REVIEW: N_("正在退单审核，等审核单位决定"),
    Status.ON_HOLD: N_("正在挂账，要办请先恢复办理"),
    Status.RESOLVED: N_("已经办结，在等呼叫人评价"),
    Status.VERIFYING: N_("已经办结，正在核查"),
    Status.CLOSED: N_("已经结案"),
}
MAY = {
    Party.AGENCY: N_(
        "只有本群承办单位登记的经办人能操作。要加入，请向管理员要链接，在私聊里打开。"
    ),
    Party.ADJUDICATOR: N_("只有审核单位登记的经办人能决定，请在审核单位的群里操作。"),
    Party.CALLER: N_("只有呼叫人本人能这样操作。"),
    Party.VERIFIER: N_("只有核查单位登记的经办人能核查，请在核查单位的群里操作。"),
    Party.SUPERVISOR: N_("只有区呼应办登记的经办人能这样操作，请在区里的群里操作。"),
    Party.SUPPORTER: N_("呼叫人本人不用再点“和这件一样”。"),
    Party.APPROVER: N_("只有审批单位登记的经办人能决定，请在审批单位的群里操作。"),
    Party.SYSTEM: N_("这一步由系统自动完成，不用操作。"),
}


class Finding(NamedTuple):
    """The facts of a refusal, and what is needed to name them."""

    facts: Mapping[str, Any]
    easel: Easel
    now: datetime

    def at(self, fact: str) -> str:
        """A moment of the facts, short."""
        moment = self.facts.get(fact)
        return soon(moment, self.now, self.easel.zone) if moment else ""

    def agency(self, fact: str = "agency") -> str:
        """An agency of the facts, in brackets."""
        return f"【{self.easel.name_of(self.facts.get(fact))}】"


def sentence(error: errors.CoreError, *, easel: Easel, now: datetime) -> str:
    """The sentence of the nearest known class of this finding."""
    finding = Finding(error.facts, easel, now)
    known = next(kind for kind in type(error).__mro__ if kind in SENTENCES)
    return SENTENCES[known](finding)


def already_done(finding: Finding) -> str:
    """Who was first, and when; callers hear no names of the staff."""
    facts = finding.facts
    action = facts.get("action")
    did = _(DONE[action]) if action in DONE else _("处理")
    wanted = facts.get("wanted")
    hides = wanted is not None and rule_for(wanted).who in (Party.CALLER, Party.SUPPORTER)
    name = "" if hides else clean(str(facts.get("name") or ""))
    if not name:
        return _("这一步已经过了（{at} {did}），请看最新的消息。").format(
            at=finding.at("at"), did=did
        )
    return _("已由{name} {at} {did}，不用再点。").format(name=name, at=finding.at("at"), did=did)


def not_allowed_now(finding: Finding) -> str:
    """In which state it is instead."""
    status = finding.facts.get("status")
    if status is None:
        return _("这一件已经结案，不能再这样操作。")
    return _("现在不能这样操作：这一件{state}。").format(state=_(NOW_IT_IS[status]))


def not_your_part(finding: Finding) -> str:
    """Who may, and how to become one of them."""
    action = finding.facts.get("action")
    if not isinstance(action, Action):
        return _("只有管理员能这样操作。")
    return _(MAY[rule_for(action).who])


def children_open(finding: Finding) -> str:
    """What must end first."""
    names = _("、").join(finding.easel.name_of(code) for code in finding.facts.get("agencies", ()))
    return _("{names}的一件还没结案，等它结案后再办结。").format(names=names)


def already_proposed(finding: Finding) -> str:
    """What waits for a decision."""
    waiting = proposals.ACTS[Action(finding.facts["act"])]
    return _("已有一个申请在等决定（{what}，{at} 前），有了结果再申请。").format(
        what=_(waiting), at=finding.at("until")
    )


def higher_post(finding: Finding) -> str:
    """Who may decide this."""
    posts = _("、").join(_(settings.POSTS[post]) for post in finding.facts.get("posts", ()))
    return _("这个申请要由{posts}决定，请转告。").format(posts=posts)


LACKS = {
    Lack.STEPS: N_("计划至少要有一步，最多八步，每步写清日期和要做的事。"),
    Lack.PAST: N_("计划里有一步的日期已经过了，请重写计划。"),
    Lack.LEADER: N_("还没有写牵头领导，请补上。"),
    Lack.REVIEW: N_("复核日期要在今天以后、{at} 以前，请重选。"),
}


def bad_plan(finding: Finding) -> str:
    """What the plan lacks."""
    return _(LACKS[finding.facts.get("lack", Lack.STEPS)]).format(at=finding.at("until"))


def too_long(finding: Finding) -> str:
    """How much is the most."""
    most = proposals.spanned(finding.facts["most"])
    return _("最多只能延 {most}，请选短一些。").format(most=most)


def photo_missing(finding: Finding) -> str:
    """What has to be seen on it."""
    if finding.facts.get("action") is Action.FAIL:
        return _("核查不通过要附现场照片，请补发照片再提交。")
    return _("办结要附现场照片（{standard}）。请补发照片再办结。").format(
        standard=finding.facts.get("standard", "")
    )


def not_mergeable(finding: Finding) -> str:
    """Why these two do not become one, and what to do instead."""
    why = WHY_APART[finding.facts["reason"]]
    return _(why).format(number=finding.facts.get("number", ""))


def _fixed(words: str) -> Callable[[Finding], str]:
    return lambda finding: _(words)


SENTENCES: dict[type, Callable[[Finding], str]] = {
    errors.AlreadyDone: already_done,
    errors.NotAllowedNow: not_allowed_now,
    errors.NotYourPart: not_your_part,
    errors.ChildrenOpen: children_open,
    errors.CardOutdated: _fixed(N_("这个按钮是之前的，请看最新的卡片，再点一次。")),
    errors.AlreadyReturned: _fixed(N_("这一件已经退过一次，不能再退。请继续办理，或者上呼。")),
    errors.TooLate: lambda f: _("已过可以操作的时间（{at}）。请继续办理，或者上呼。").format(
        at=f.at("until")
    ),
    errors.TooSoon: lambda f: _("刚催过了，请等到 {at} 再催。办理单位已经收到提醒。").format(
        at=f.at("again_at")
    ),
    errors.PhotoMissing: photo_missing,
    errors.TooLateToReopen: _fixed(
        N_("重开的期限已过。请在 /mycalls 里点开这一件，选“又出现了”，会作为新的一件反映。")
    ),
    errors.ReopenedBefore: _fixed(
        N_("这一件已经重开过一次。请在 /mycalls 里点开这一件，选“又出现了”，会作为新的一件反映。")
    ),
    errors.ReworkedEnough: _fixed(
        N_("已经重办三次，不能再退回。请选“就此结案”如实评价，区里会看到。")
    ),
    errors.PressedBefore: _fixed(N_("这一件已经在督办，不用再点。")),
    errors.NothingSaid: _fixed(N_("还没有内容。请写几句话，或者发一张照片。")),
    errors.AlreadyCalledUp: lambda f: _("已经上呼{agency}，正在办理，不用再呼。").format(
        agency=f.agency()
    ),
    errors.NoLevelAbove: _fixed(N_("不能呼叫这个单位，请从列表里选一个。")),
    errors.NothingChanges: _fixed(N_("现在就是这一类，不用改。")),
    errors.OnlyAboveLowers: lambda f: _(
        "改成更宽的时限要由{agency}决定。请联系{agency}，在他们的群里发 /call 编号 后改。"
    ).format(agency=f.agency()),
    errors.AlreadyHelping: lambda f: _("{agency}已经在办这一件，请另选一个单位。").format(
        agency=f.agency()
    ),
    errors.OnlyTheLead: _fixed(N_("请主办单位来增加协办；需要别的单位，请在群里告诉主办。")),
    errors.AlreadyProposed: already_proposed,
    errors.SamePerson: _fixed(N_("要由另一个人决定：您已经提出或同意过。请同事来点。")),
    errors.HigherPost: higher_post,
    errors.NoExtension: _fixed(
        N_("这类呼叫不能延期。确实办不了的，请上呼；需要长期解决的，请申请挂账。")
    ),
    errors.AlreadyExtended: _fixed(N_("已经延过两次，不能再延。请办结，或者申请挂账。")),
    errors.TooLong: too_long,
    errors.NotMergeable: not_mergeable,
    errors.PartedTooLate: lambda f: _(
        "已过可以拆开的时间（{at}）。还没解决的话，请直接发消息告诉我，单独算一件。"
    ).format(at=f.at("until")),
    errors.ClosedMeanwhile: _fixed(
        N_("这一件刚刚结案了。您那里还没解决的话，请照常发送，单独算一件。")
    ),
    errors.AlreadySupports: lambda f: _(
        "您已经跟进 {number} 了，有进展会告诉您。要补充，请先打字再点。"
    ).format(number=f.facts.get("number", "")),
    errors.AskedEnough: _fixed(N_("已经问够次数了，不能再问。请按已知的情况受理或办理。")),
    errors.ItemMissing: _fixed(N_("还不知道是什么事项，请点“选事项”，选好再派单。")),
    errors.NotOnTheList: lambda f: _("清单没有把这类事交给{agency}，请从列表里选。").format(
        agency=f.agency()
    ),
    errors.ChannelMissing: _fixed(N_("请写明渠道名称和电话号码，呼叫人才知道找谁。")),
    errors.WithdrawalWaits: lambda f: _(
        "您已经申请撤回，{agency}正在确认安全，确认后就撤回，不用再点。"
    ).format(agency=f.agency()),
    errors.WithdrawalNotAsked: _fixed(N_("呼叫人没有要求撤回，请照常办理。")),
    errors.BadPlan: bad_plan,
    errors.AlreadyReached: _fixed(N_("这一步已经记过完成，不用再点。")),
    errors.AlreadyObjected: lambda f: _(
        "您的意见已在 {at} 转给上级单位，不用再说一次。有变化我会告诉您。"
    ).format(at=f.at("at")),
    errors.CodeUseless: _fixed(
        N_("这个码用不了：可能输错、用过、过期，或者不是发给您的。请管理员重新领一个码。")
    ),
    errors.AlreadyBound: lambda f: _(
        "本群已是{agency}的办理群。要改，请先把机器人移出本群。"
    ).format(agency=f.agency()),
    errors.LegMoved: _fixed(N_("刚刚有别人动了这一件，请再点一次。")),
    errors.NothingToCorrect: _fixed(
        N_("这条消息没有转达过，不用更正。要补充，请再回复一次卡片。")
    ),
    errors.NotFound: _fixed(N_("没有找到，可能已经变了。请从最新的消息重新开始。")),
    errors.Refused: _fixed(N_("现在不能这样操作，请看最新的卡片。")),
    errors.CoreError: _fixed(N_("没有成功，请再试一次。")),
}

"""One sentence for each finding of the domain: what is the matter, and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from bot.screens import edits, place, proposals, settings
from bot.screens.clauses import with_clause
from bot.screens.easel import Easel
from bot.screens.names import clean
from bot.screens.refused import AFTER_THEM, DONE, FIXED, LACKS, MAY, NOW_IT_IS, WHY_APART
from bot.screens.settings import POSTS
from bot.screens.steps_named import STEPS
from bot.screens.times import soon, spanned
from bot.words import N_, _
from core import errors
from core.features import Feature
from core.holding import Lack
from core.lifecycle import Action, rule_for
from core.people import Party

DID = {**STEPS, **DONE}


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
    return with_clause(SENTENCES[known](finding), error, easel.district)


def street_decides(finding: Finding) -> str:
    """By its own powers; what is urgent is not held up by this."""
    return _(
        "“{name}”是街道自己能办的（{clause}），不用上呼。请先办理；办不了的，请用“挂账”写明困难。"
    ).format(name=finding.facts.get("name", ""), clause=finding.facts.get("clause", ""))


def already_done(finding: Finding) -> str:
    """Who was first, and when; callers hear no names of the staff."""
    facts = finding.facts
    did = _(DID.get(facts["action"], N_("处理")))
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
    if posts := finding.facts.get("posts"):
        named = _("、").join(_(words) for post, words in POSTS.items() if post in posts)
        return _("这一步要由{posts}来办，您的职务不能操作。").format(posts=named)
    if not isinstance(action, Action):
        return _("只有管理员能这样操作。")
    return _(MAY[rule_for(action).who])


def children_open(finding: Finding) -> str:
    """What must end first, and what may be done then."""
    names = _("、").join(finding.easel.name_of(code) for code in finding.facts.get("agencies", ()))
    told = AFTER_THEM.get(finding.facts["action"], AFTER_THEM[Action.RESOLVE])
    return _(told).format(names=names)


def already_proposed(finding: Finding) -> str:
    """What waits for a decision."""
    waiting = proposals.ACTS[Action(finding.facts["act"])]
    return _("已有一个申请在等决定（{what}，{at} 前），有了结果再申请。").format(
        what=_(waiting), at=finding.at("until")
    )


def not_open_here(finding: Finding) -> str:
    """What is off there, and where to turn."""
    name = finding.easel.name_of(finding.facts.get("agency"))
    if finding.facts.get("feature") == Feature.CALLS:
        return place.not_open(name)
    return _("{place}还没有开通这个功能。要开通，请管理员用 /feature 打开。").format(place=name)


def no_such_row(finding: Finding) -> str:
    """What was typed, and what is there instead."""
    row, close = clean(str(finding.facts.get("row"))), finding.facts.get("close") or ()
    if close:
        return _("有好几个都像“{row}”：{names}。请写全名或编号。").format(
            row=row, names=_("、").join(close)
        )
    return _("没有“{row}”。请写全名或编号，例如：/agency 西村街道、/item 23").format(row=row)


def decided_already(finding: Finding) -> str:
    """By whom, or that it was too late."""
    name = clean(str(finding.facts.get("name") or ""))
    if name:
        return _("{name} 已在 {at} 决定，不用再点。").format(name=name, at=finding.at("at"))
    return _("这个申请已经结束，不用再点。看还有什么在等：/pending")


def higher_post(finding: Finding) -> str:
    """Who may decide this."""
    posts = _("、").join(_(settings.POSTS[post]) for post in finding.facts.get("posts", ()))
    return _("这个申请要由{posts}决定，请转告。").format(posts=posts)


def bad_plan(finding: Finding) -> str:
    """What the plan lacks."""
    return _(LACKS[finding.facts.get("lack", Lack.STEPS)]).format(at=finding.at("until"))


def too_long(finding: Finding) -> str:
    """How much is the most."""
    most = spanned(finding.facts["most"])
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


def _figure(fact: object) -> str:
    return f"{fact:g}" if isinstance(fact, int | float) else ""


def _fixed(words: str) -> Callable[[Finding], str]:
    return lambda finding: _(words)


SENTENCES: dict[type, Callable[[Finding], str]] = {
    **{kind: _fixed(words) for kind, words in FIXED.items()},
    errors.AlreadyDone: already_done,
    errors.NotAllowedNow: not_allowed_now,
    errors.NotYourPart: not_your_part,
    errors.ChildrenOpen: children_open,
    errors.NotReleased: lambda f: _(
        "应急哨要等{agency}解除后才能办结。现场处置好了，请{agency}点“解除”。"
    ).format(agency=f.easel.name_of(f.facts.get("agency"))),
    errors.ArrivedBefore: _fixed(N_("到场已经记过，或者这一件不用到场。请继续办理。")),
    errors.NothingToRelease: _fixed(N_("这一件没有要解除的应急哨，不用操作。")),
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
    errors.NotOpenHere: not_open_here,
    errors.NothingSaid: _fixed(N_("还没有内容。请写几句话，或者发一张照片。")),
    errors.AlreadyCalledUp: lambda f: _("已经上呼{agency}，正在办理，不用再呼。").format(
        agency=f.agency()
    ),
    errors.StreetDecides: street_decides,
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
    errors.NotTheCaller: _fixed(
        N_("这件事要由来电人本人认领。登记或办理这件事的工作人员不能认领。")
    ),
    errors.SamePerson: _fixed(N_("要由另一个人决定：您已经提出或同意过。请同事来点。")),
    errors.DecidedAlready: decided_already,
    errors.HigherPost: higher_post,
    errors.NoExtension: _fixed(
        N_("这类呼叫不能延期。确实办不了的，请上呼；需要长期解决的，请申请挂账。")
    ),
    errors.AlreadyExtended: _fixed(N_("已经延过两次，不能再延。请办结，或者申请挂账。")),
    errors.TooLong: too_long,
    errors.LeadNamed: _fixed(N_("区里已经指定你们主办，不能再退。请继续办理，或者上呼。")),
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
    errors.NotExplained: _fixed(
        N_("只有按“已解释说明”办结的才能认定。请先向呼叫人解释清楚，再办结。")
    ),
    errors.NotAResidents: _fixed(N_("只有居民直接反映的才能认定，上呼的一件请照常办理。")),
    errors.AlreadyContested: lambda f: _("{at} 已经对这次评价提过异议，不能再提。").format(
        at=f.at("at")
    ),
    errors.NotForThem: lambda f: _(
        "这件事不能交给{agency}：它要回避，或者只有专人能看。请另选一个单位。"
    ).format(agency=f.agency()),
    errors.EnoughForToday: lambda f: _(
        "您今天已经反映了 {most} 件，请明天再发。有人身危险随时可报；要补充请点 /mycalls。"
    ).format(most=_figure(f.facts.get("most"))),
    errors.AlreadyBound: lambda f: _(
        "本群已是{agency}的办理群。要改，请先把机器人移出本群。"
    ).format(agency=f.agency()),
    errors.LegMoved: _fixed(N_("刚刚有别人动了这一件，请再点一次。")),
    errors.NoSuchRule: lambda f: _("没有叫“{rule}”的规则。用 /rule 看名称，例如：/rule P2").format(
        rule=clean(str(f.facts.get("rule")))
    ),
    errors.NoSuchRow: no_such_row,
    errors.StillAbove: lambda f: edits.still_above(f.facts),
    errors.NobodyCalledSo: lambda f: _(
        "本单位没有（或不止一位）叫“{name}”的经办人。请写登记的姓名；没登记的，先请管理员邀请。"
    ).format(name=clean(str(f.facts.get("name") or ""))),
    errors.NothingToCorrect: _fixed(
        N_("这条消息没有转达过，不用更正。要补充，请再回复一次卡片。")
    ),
    errors.NotFound: _fixed(N_("没有找到，可能已经变了。请从最新的消息重新开始。")),
    errors.Refused: _fixed(N_("现在不能这样操作，请看最新的卡片。")),
    errors.CoreError: _fixed(N_("没有成功，请再试一次。")),
}

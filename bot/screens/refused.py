"""The words of refusals: what was done before, how it stands instead, who may, what is missing."""

from __future__ import annotations

from bot.words import N_
from core import errors
from core.holding import Lack
from core.lifecycle import Action, Status
from core.merging import Apart
from core.people import Party

AFTER_THEM = {
    Action.RESOLVE: N_("{names}的一件还没结案，等它结案后再办结。"),
    Action.PROPOSE_HOLD: N_("{names}的一件还没结案，等它结案后再申请挂账。"),
    Action.HOLD: N_("{names}的一件还没结案，等它结案后再同意挂账。"),
}
DONE = {
    Action.ACKNOWLEDGE: N_("签收"),
    Action.ARRIVE: N_("到场"),
    Action.RELEASE: N_("解除应急哨"),
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
    Action.REOPEN_ABOVE: N_("重开"),
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
    Action.FIND_UNREASONABLE: N_("同意认定"),
    Action.SET_ASIDE: N_("同意评价不计入考核"),
    Action.LIFT: N_("同意解除保密"),
    Action.TAKE_UP: N_("恢复办理"),
    Action.TAKE_UP_AGAIN: N_("恢复办理"),
    Action.ORDER_UP: N_("责成恢复办理"),
    Action.MERGE: N_("并案"),
    Action.PART: N_("拆开"),
    Action.NAME_LEAD: N_("指定主办"),
    Action.KEEP_LEAD: N_("指定主办"),
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
LACKS = {
    Lack.STEPS: N_("计划至少要有一步，最多八步，每步写清日期和要做的事。"),
    Lack.PAST: N_("计划里有一步的日期已经过了，请重写计划。"),
    Lack.LEADER: N_("还没有写牵头领导，请补上。"),
    Lack.REVIEW: N_("复核日期要在今天以后、{at} 以前，请重选。"),
}
# Whatever the facts are.
FIXED = {
    errors.RestrictedBefore: N_("这件事已经由专人办理，不用再转。"),
    errors.NotTheSigner: N_(
        "电话只给签收人看。要看，请从卡片点「查看电话」，写明原因，等第二个人同意。"
    ),
    errors.NotRestricted: N_("这件事没有限专人办理，照常办理就行。"),
    errors.KeptForCaller: N_(
        "呼叫人要求只由专人办理，或者这类事只能由专人办理，不能转出。请在专班里办完。"
    ),
    errors.NoTeam: N_(
        "本区还没有保密专班，请照常办理，并请管理员在单位表里设一个（“保密专班”填“是”）。"
    ),
    errors.CannotBeBanned: N_("只能暂停居民。经办人请先撤销职务；这件呼叫也可能已没有呼叫人。"),
    errors.CodeUseless: N_(
        "这个码用不了：可能输错、用过、过期，或者不是发给您的。请管理员重新领一个码。"
    ),
    errors.NoTopicsHere: N_("本群还没有话题。请群主在群设置里打开“话题”，再发一次 /topics on。"),
    errors.MayNotMakeTopics: N_(
        "我还不能管理话题。请群主把我设为管理员，打开“管理话题”，再发一次 /topics on。"
    ),
}

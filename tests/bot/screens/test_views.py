"""The views of every row: whoever is told reads what the district's table says, others nothing.

Generated from ``core.lifecycle`` where it says who is told; ``SAYS`` adds what the table of the
district's rules wants that view to read. A row that is silent for a party has no words for it.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.screens import public
from bot.screens.names import STATUSES
from bot.screens.rendering import WORDS_OF
from core.call import Medium, Piece
from core.lifecycle import LIFECYCLE, Action, Outcome, Status, rule_for
from core.people import Party
from core.views import CallView
from tests.bot.screens.test_cards import EASEL, a_view
from tests.bot.screens.test_notices import STANDS, a_telling, words_of
from tests.builders import NOON, a_leg, words

CALLER, AGENCY, SUPPORTER = Party.CALLER, Party.AGENCY, Party.SUPPORTER
ADJUDICATOR, SUPERVISOR = Party.ADJUDICATOR, Party.SUPERVISOR
APPROVER, VERIFIER, DENIER = Party.APPROVER, Party.VERIFIER, Party.DENIER
RESIDENT = Party.RESIDENT
# Whom a dispatch tells depends on why, a nudge on its rung, an erasure on what is left: the row
# alone does not say it.
BY_REASON = {Action.DISPATCH, Action.NUDGE, Action.ERASE}
SAYS = {
    (Action.SUPPORT, AGENCY): "反映同一件事",
    (Action.ASK, CALLER): "想问您一件事",
    (Action.ANSWER, AGENCY): "呼叫人回答了",
    (Action.ADMIT, CALLER): "由【逢源北社区】办理",
    (Action.ADMIT, AGENCY): "请签收",
    (Action.DISPATCH_LATE, CALLER): "由【逢源北社区】办理",
    (Action.DISPATCH_LATE, ADJUDICATOR): "受理超时",
    (Action.REDIRECT, CALLER): "电话 12315",
    (Action.REJECT, CALLER): "申诉",
    (Action.MERGE, CALLER): "已并案办理",
    (Action.JOINED, AGENCY): "新并入一件",
    (Action.NO_REPLY, CALLER): "重开",
    (Action.WITHDRAW, AGENCY): "已撤回",
    (Action.ACKNOWLEDGE, CALLER): "【逢源北社区】已签收",
    (Action.RETURN, ADJUDICATOR): "建议改派",
    (Action.AGREE, AGENCY): "不用再办",
    (Action.DECLINE, AGENCY): "退单未获同意",
    (Action.DEEM_DECLINED, AGENCY): "视为不同意",
    (Action.CONVENE, CALLER): "正由区里明确责任单位",
    (Action.CONVENE, ADJUDICATOR): "召集有关单位",
    (Action.CONVENE, DENIER): "决定前由",
    (Action.NAME_LEAD, DENIER): "你们不用再办",
    (Action.KEEP_LEAD, DENIER): "不能再退",
    (Action.LEAVE_LEAD, DENIER): "没有按时指定",
    (Action.KEEP_LEAD, CALLER): "区里已明确由",
    (Action.LEAVE_LEAD, CALLER): "确定仍由",
    (Action.LEAVE_LEAD, ADJUDICATOR): "没有按时指定",
    (Action.NAME_LEAD, AGENCY): "区里指定",
    (Action.REPLY, CALLER): "回复",
    (Action.LOG_PHONE, CALLER): "打过电话",
    (Action.PROGRESS, CALLER): "办理进展",
    (Action.INQUIRE, CALLER): "想问您一件事",
    (Action.ADD_CO, CALLER): "协办",
    (Action.CALL_UP, CALLER): "已呼叫",
    (Action.CHILD_CLOSED, AGENCY): "请在 1 个工作日内答复呼叫人",
    (Action.EXTEND, CALLER): "等配件到货",
    (Action.EXTEND, AGENCY): "已同意延期",
    (Action.HOLD, CALLER): "立项",
    (Action.HOLD, AGENCY): "办结时限停走",
    (Action.TAKE_UP, CALLER): "已恢复办理",
    (Action.RESOLVE, CALLER): "请您评价",
    (Action.VERIFY, VERIFIER): "请核查",
    (Action.FAIL, AGENCY): "现场没有办理",
    (Action.FAIL, CALLER): "已退回【逢源北社区】重办",
    (Action.ACCEPT, AGENCY): "⭐⭐⭐⭐⭐",
    (Action.REWORK, AGENCY): "要求重办（第 2 次）",
    (Action.LAPSE, CALLER): "补评",
    (Action.REOPEN, AGENCY): "呼叫人重开",
    (Action.LOOK_BACK, CALLER): "有没有再出现",
    (Action.PRESS, CALLER): "区级督办",
    (Action.PRESS, RESIDENT): "区里盯着",
    (Action.PRESS, AGENCY): "书面答复",
    (Action.PRESS, SUPERVISOR): "请跟进到结案",
    (Action.RECLASS, CALLER): "把事项改为",
    (Action.RETYPE, CALLER): "从「求助」改为「建议」",
    (Action.RETYPE_ABOVE, AGENCY): "由上级从「求助」改为「建议」",
    (Action.SPLIT, CALLER): "编号",
    (Action.FIND_UNREASONABLE, CALLER): "申诉",
    (Action.SET_ASIDE, CALLER): "不计入考核",
    (Action.SECOND, APPROVER): "请在",
}
SECRETS = ("林", "13812345678", "3 号楼", "三号楼", "（群里的话）")


@pytest.mark.parametrize("party", WORDS_OF)
def test_a_party_has_words_for_the_rows_that_tell_it_and_for_no_others(party: Party):
    told = {rule.does for rule in LIFECYCLE if party in rule.telling}

    assert set(WORDS_OF[party]) - BY_REASON == told - BY_REASON


@pytest.mark.parametrize(("action", "party"), SAYS, ids=lambda one: one.value)
def test_each_view_reads_what_the_table_of_the_district_says(action: Action, party: Party):
    leg = a_leg(**({"status": STANDS[action]} if action in STANDS else {"sign_due": NOON}))
    leg = replace(leg, outcome=Outcome.UNRATED) if action is Action.LAPSE else leg
    facts = {"returns": 2, "until": NOON.isoformat()}

    assert party in rule_for(action).telling
    assert SAYS[action, party] in words_of(a_telling(action, party, leg=leg, facts=facts))


@pytest.mark.parametrize("status", Status)
def test_the_public_reads_where_it_stands_and_never_who_or_what_was_said(status: Status):
    outcome = Outcome.SOLVED if status is Status.CLOSED else None
    own = a_view(a_leg(status=status, outcome=outcome, signed_by="李敏"))
    secret = (Piece(Medium.WORDS, "三号楼的林阿姨，13812345678"),)
    call = replace(own.call, address="3 号楼", pieces=secret)
    own = replace(own, call=call)
    shown = public.shown(CallView(call, own.item, own.community, (own,), ()), EASEL)
    text = shown.text.render()[0]

    assert own.call.number in text
    assert own.community.short_name in text
    assert STATUSES[status] in text
    assert not any(secret in text for secret in (*SECRETS, "李敏"))


@pytest.mark.parametrize("action", [a for a, p in SAYS if p is CALLER])
def test_what_the_caller_reads_names_no_officer(action: Action):
    leg = a_leg(status=STANDS.get(action, Status.IN_PROGRESS), outcome=Outcome.UNRATED)
    telling = a_telling(action, CALLER, leg=leg, pieces=words("好"), facts={"returns": 2})

    assert "李敏" not in words_of(telling)

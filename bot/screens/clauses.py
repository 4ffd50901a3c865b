"""Which clause a refusal rests on; printed in short wherever the district's sheet names it."""

from __future__ import annotations

from bot.words import _
from core import errors
from core.clauses import Clause
from core.district import District

LONGEST = 200  # what may answer a tap
RESTS_ON: dict[type, str] = {
    errors.AlreadyReturned: "退单",
    errors.TooLate: "退单",
    errors.LeadNamed: "会商",
    errors.TooLateToReopen: "重开",
    errors.ReopenedBefore: "重开",
    errors.ReworkedEnough: "重办",
    errors.TooSoon: "催办",
    errors.PhotoMissing: "办结",
    errors.ChildrenOpen: "上呼",
    errors.NoLevelAbove: "上呼",
    errors.NotReleased: "应急哨",
    errors.PressedBefore: "督办",
    errors.OnlyAboveLowers: "改事项",
    errors.OnlyTheLead: "协办",
    errors.NotTheSigner: "个人信息",
    errors.SamePerson: "两人决定",
    errors.HigherPost: "两人决定",
    errors.NoExtension: "延期",
    errors.AlreadyExtended: "延期",
    errors.TooLong: "延期",
    errors.PartedTooLate: "并案",
    errors.NotMergeable: "并案",
    errors.AskedEnough: "补充",
    errors.NotOnTheList: "派单",
    errors.WithdrawalWaits: "撤回",
    errors.BadPlan: "挂账",
    errors.AlreadyObjected: "挂账",
    errors.NotExplained: "不合理认定",
    errors.NotAResidents: "不合理认定",
    errors.AlreadyContested: "评价",
    errors.EnoughForToday: "每日限额",
    errors.CannotBeBanned: "暂停使用",
}


def with_clause(words: str, error: errors.CoreError, district: District) -> str:
    """The refusal and where its rule stands; the words alone where none does, or none fits."""
    kind = next((kind for kind in type(error).__mro__ if kind in RESTS_ON), None)
    clause = district.clauses.get(RESTS_ON[kind]) if kind else None
    told = (
        _("{words}（依据：{clause}）").format(words=words, clause=clause.clause) if clause else ""
    )
    return told if told and len(told) <= LONGEST else words


def told(clause: Clause) -> str:
    """A clause as ``/rule`` shows it."""
    text = f"\n{clause.text}" if clause.text else ""
    return _("{name}：{clause}").format(name=clause.name, clause=clause.clause) + text

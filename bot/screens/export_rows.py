"""Calls, legs, people and acts as rows of a table; people masked unless a reason was given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cached_property

from bot.screens import names
from bot.screens.cards import redacted
from bot.screens.masking import masked
from bot.screens.settings import POSTS
from bot.screens.steps_named import DEEDS, STEPS
from bot.words import N_, _
from core.acts import Act, Deed
from core.agency import AgencyKind
from core.call import Call, words_of
from core.catalogue import GRADES
from core.district import District
from core.exporting import What
from core.journal import Entry
from core.leg import Leg
from core.people import Officer, Resident
from core.rating import Rating
from core.scoring import earned

TITLES = {
    What.CALLS: N_("呼叫"),
    What.LEGS: N_("分单"),
    What.PEOPLE: N_("人员"),
    What.AUDIT: N_("台账"),
    What.RESIDENTS: N_("居民"),
}
COLUMNS = {
    What.CALLS: (
        *(N_("编号"), N_("提出时间"), N_("结案时间"), N_("领域"), N_("大类"), N_("事项")),
        *(
            N_("等级"),
            N_("类型"),
            N_("街道"),
            N_("社区"),
            N_("网格"),
            N_("首接单位"),
            N_("办理单位"),
            N_("状态"),
        ),
        *(N_("结果"), N_("分单数"), N_("跟进人数"), N_("称呼"), N_("电话"), N_("地址")),
        *(N_("原话"),),
    ),
    What.LEGS: (
        *(N_("编号"), N_("分单"), N_("单位"), N_("类别"), N_("角色"), N_("状态"), N_("结果")),
        *(N_("派单时间"), N_("签收期限"), N_("签收时间"), N_("签收人"), N_("联系期限")),
        *(N_("首次联系"), N_("办结期限"), N_("办结时间"), N_("按时办结"), N_("结案时间")),
        *(N_("退单次数"), N_("重办次数"), N_("催办次数"), N_("评价"), N_("星级"), N_("得分")),
    ),
    What.PEOPLE: (
        *(N_("单位"), N_("单位编码"), N_("姓名"), N_("职务"), N_("加入时间"), N_("请假至")),
        *(N_("账号"),),
    ),
    What.AUDIT: (
        *(N_("时间"), N_("类别"), N_("对象"), N_("单位"), N_("谁"), N_("做了什么")),
        *(N_("由"), N_("变为")),
    ),
    What.RESIDENTS: (
        *(N_("账号"), N_("称呼"), N_("更正后的称呼"), N_("语言"), N_("同意告知的时间")),
        *(N_("能否收到消息"), N_("党员认证"), N_("暂停至"), N_("呼叫数"), N_("最近一次呼叫")),
    ),
}
HIDDEN = N_("（已隐去）")
OF_PEOPLE = frozenset(
    {Deed.BANNED, Deed.UNBANNED, Deed.APPEALED, Deed.ERASED, Deed.CORRECTED, Deed.DATA_GIVEN}
)
"""Acts whose subject is somebody's account."""


@dataclass(frozen=True)
class Drawing:
    """Under which district, and whether people are shown as they are."""

    district: District
    open: bool

    def header(self, what: What) -> list[str]:
        """The names of the columns."""
        return [_(name) for name in COLUMNS[what]]

    def at(self, moment: datetime | None) -> str:
        """On the district's wall."""
        return f"{moment.astimezone(self._zone):%Y-%m-%d %H:%M:%S}" if moment else ""

    def agency(self, code: str | None) -> str:
        """By name; by code where the sheet lost it."""
        found = self.district.tree.by_code.get(code or "")
        return found.name if found else code or ""

    def street(self, community: str) -> str:
        """The street a community belongs to."""
        found = self.district.tree.by_code.get(community)
        return self.agency(found.parent) if found else ""

    def grid(self, call: Call) -> str:
        """The grid a call lies in, by name; who walks it is in no file."""
        found = self.district.grid_at(call.community, call.point)
        return found.grid.name if found else ""

    def name(self, name: str) -> str:
        """Somebody's, or its first sign."""
        shown = names.clean(name)
        return shown if self.open or not shown else f"{shown[0]}**"

    def private(self, text: str) -> str:
        """What only a reason opens."""
        return text if self.open or not text else _(HIDDEN)

    @cached_property
    def _zone(self) -> tzinfo:
        return self.district.calendar.zone


def call(each: Call, legs: Sequence[Leg], drawing: Drawing) -> list[str]:
    """One row a call."""
    item = drawing.district.catalogue.by_code.get(each.item)
    first, last = legs[0], legs[-1]
    return [
        each.number,
        drawing.at(each.raised_at),
        drawing.at(each.closed_at),
        item.domain if item else "",
        item.category if item else "",
        item.name if item else each.item,
        each.urgency.value if each.urgency in GRADES else "",
        _(names.INTENTS[each.intent]),
        drawing.street(each.community),
        drawing.agency(each.community),
        drawing.grid(each),
        drawing.agency(first.agency),
        drawing.agency(last.agency),
        _(names.STATUSES[first.status]),
        _(names.OUTCOMES[first.outcome]) if first.outcome else "",
        str(len(legs)),
        str(each.supporters),
        drawing.name(each.caller_name),
        each.phone if drawing.open else masked(each.phone),
        drawing.private(each.address),
        drawing.private(words_of(redacted(each.pieces))),
    ]


def leg(each: Leg, of: Call, rated: Rating | None, drawing: Drawing) -> list[str]:
    """One row a leg."""
    agency = drawing.district.tree.by_code.get(each.agency)
    return [
        of.number,
        str(each.id),
        drawing.agency(each.agency),
        _(KINDS[agency.kind]) if agency else "",
        _role(each),
        _(names.STATUSES[each.status]),
        _(names.OUTCOMES[each.outcome]) if each.outcome else "",
        *map(drawing.at, (each.dispatched_at, each.sign_due, each.signed_at)),
        drawing.name(each.signed_by),
        *map(drawing.at, (each.contact_due, each.contacted_at)),
        *map(drawing.at, (each.finish_due, each.resolved_at)),
        _on_time(each),
        drawing.at(each.closed_at),
        *map(str, (each.returns, each.rework, each.nudges)),
        _(names.VERDICTS[rated.verdict]) if rated else "",
        str(rated.stars) if rated else "",
        "" if (points := earned(each, rated)) is None else f"{points:.2f}",
    ]


def officer(each: Officer, drawing: Drawing) -> list[str]:
    """One row a post somebody holds."""
    return [
        drawing.agency(each.agency),
        each.agency,
        drawing.name(each.name),
        _(POSTS[each.post]),
        drawing.at(each.since),
        drawing.at(each.away_until),
        drawing.private(str(each.account)),
    ]


def resident(each: Resident, raised: Sequence[Call], drawing: Drawing) -> list[str]:
    """One row a resident, with how many calls they raised and the last one."""
    last = raised[-1] if raised else None
    return [
        drawing.private(str(each.account)),
        drawing.name(each.name),
        drawing.name(each.called),
        each.language,
        drawing.at(each.consented_at),
        _("是") if each.reachable else _("否"),
        drawing.agency(each.member_of),
        drawing.at(each.banned_until),
        str(len(raised)),
        last.number if last else "",
    ]


def entry(each: Entry, of: Call, drawing: Drawing) -> list[str]:
    """One row a step of a call."""
    return [
        drawing.at(each.at),
        _("呼叫"),
        of.number,
        drawing.agency(each.agency),
        drawing.name(each.actor_name) if each.actor is not None else _("系统"),
        _(STEPS[each.action]),
        _(names.STATUSES[each.before]) if each.before else "",
        _(names.STATUSES[each.after]) if each.after else "",
    ]


def act(each: Act, drawing: Drawing) -> list[str]:
    """One row an act on no call."""
    about = drawing.private(each.subject) if each.deed in OF_PEOPLE else each.subject
    return [
        drawing.at(each.at),
        _("管理"),
        about,
        drawing.agency(each.subject) if each.subject in drawing.district.tree.by_code else "",
        drawing.name(each.actor_name) if each.actor is not None else _("系统"),
        _(DEEDS[Deed(each.deed)]) if each.deed in {*Deed} else each.deed,
        "",
        "",
    ]


KINDS = {
    AgencyKind.DISTRICT: N_("区"),
    AgencyKind.STREET: N_("街道"),
    AgencyKind.COMMUNITY: N_("社区"),
    AgencyKind.DEPARTMENT: N_("部门"),
    AgencyKind.ENTERPRISE: N_("企业"),
}


def _role(leg: Leg) -> str:
    if leg.co:
        return _("协办")
    return _("主办") if leg.parent_id else _("首接")


def _on_time(leg: Leg) -> str:
    """Of what was resolved and had a limit."""
    if leg.resolved_at is None or leg.finish_due is None:
        return ""
    return _("是") if leg.resolved_at <= leg.finish_due else _("否")

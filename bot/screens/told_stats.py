"""How it goes, as text: what an officer reads below the chart of ``/stats``, and in a brief."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from aiogram.utils.formatting import Bold, Text, as_list

from bot.screens.asked_stats import named
from bot.screens.easel import Easel
from bot.screens.names import INTENTS
from bot.words import N_, _
from core.agency import AgencyKind
from core.assessment import Band, on_time, rates_of
from core.intent import Intent
from core.periods import Stretch
from core.scoring import Ground
from core.stats import Member, Report

MOST, BRIEFLY = 5, 3
LISTED = 12
PLACED = 25
"""Lines of a table: with three tables a message stays below what Telegram takes."""
BANDS = {
    Band.MANY: N_("300 件以上"),
    Band.SOME: N_("80—299 件"),
    Band.LESS: N_("20—79 件"),
    Band.FEW: N_("不足 20 件"),
}
KINDS = {
    AgencyKind.STREET: N_("各街道（同量级排名）"),
    AgencyKind.DEPARTMENT: N_("各部门（同量级排名）"),
    AgencyKind.ENTERPRISE: N_("各企业（同量级排名）"),
    AgencyKind.COMMUNITY: N_("各社区（全区同量级排名）"),
}
GROUNDS = {
    Ground.MISDISPATCH: N_("误派"),
    Ground.DUPLICATE: N_("并案"),
    Ground.HOLD: N_("按计划挂账"),
    Ground.UNREASONABLE: N_("认定不合理"),
    Ground.REDIRECTED: N_("转其他渠道"),
    Ground.REJECTED: N_("不予受理"),
    Ground.NO_REPLY: N_("等不到补充"),
}


def told(report: Report, easel: Easel) -> Text:
    """Everything: totals, rates, what and where, the agencies below, what the figures rest on."""
    today = report.asked_at.astimezone(easel.zone).date()
    lines: list[Text | str] = [Bold(title(report, today)), *_totals(report)]
    if report.calls or report.counts.due:
        lines += _mostly(report, easel)
        for kind, members in report.members.items():
            lines += ["", Bold(_(KINDS[kind])), *_table(members, easel)]
        lines += ["", *_own(report), *_basis(report)]
    return as_list(*lines)


def title(report: Report, today: date) -> str:
    """Whose figures, of when."""
    return _("📊 {agency} · {period}").format(
        agency=report.agency.short_name, period=named(report.period, today)
    )


def brief(report: Report, easel: Easel) -> Text:
    """A few lines for a group that did not ask: totals, rates, what and where; how to see more."""
    today = report.asked_at.astimezone(easel.zone).date()
    weekly = report.period.stretch is Stretch.LAST_WEEK
    head = _("📋 周报 · {agency} · {period}") if weekly else _("📋 日报 · {agency} · {period}")
    named_so = {"agency": report.agency.short_name, "period": named(report.period, today)}
    lines: list[Text | str] = [Bold(head.format(**named_so))]
    lines += [*_totals(report), *_mostly(report, easel, BRIEFLY)]
    lines.append(_("图表和各单位情况：/stats"))
    return as_list(*lines)


def failed() -> str:
    """It was not told in time."""
    return _("没能把统计发出来。请过一会儿再发一次 /stats。")


def percent(share: float | None) -> str:
    """``94.2%``, or that there is nothing to go by."""
    return "—" if share is None else f"{100 * share:.1f}%"


def _totals(report: Report) -> Iterator[str]:
    counts, rates = report.counts, rates_of(report.counts)
    if not report.calls and not counts.due:
        yield _("这段时间没有呼叫。")
    else:
        yield _("呼叫 {calls} 件").format(calls=report.calls)
        yield _("响应率 {rate}（按时联系 {part} / 应联系 {whole}）").format(
            rate=percent(rates.response), part=counts.contacted, whole=counts.due
        )
        yield _("解决率 {rate}（已评价或核查 {whole} 件）").format(
            rate=percent(rates.resolution), whole=counts.judged
        )
        yield _("满意率 {rate}（已评价 {whole} 件）").format(
            rate=percent(rates.satisfaction), whole=counts.rated
        )
        yield _("按时办结 {rate}（{part} / {whole}）").format(
            rate=percent(on_time(counts)), part=counts.finished, whole=counts.ended
        )
    yield _("现在在办 {open} 件，其中逾期 {late} 件").format(open=report.open, late=report.late)


def _mostly(report: Report, easel: Easel, most: int = MOST) -> Iterator[str]:
    if report.intents:
        yield _("类型：{list}").format(list=_listed(intents(report)))
    if report.items:
        yield _("最多的事项：{list}").format(list=_listed(items(report, easel)[:most]))
    if len(report.places) > 1:
        yield _("最多的地方：{list}").format(list=_listed(places(report, easel)[:most]))


def intents(report: Report) -> list[tuple[str, int]]:
    """What was wanted, by name, the most first."""
    return [(_(INTENTS[Intent(wanted)]), calls) for wanted, calls in report.intents]


def items(report: Report, easel: Easel) -> list[tuple[str, int]]:
    """Items by name, the most first."""
    by_code = easel.district.catalogue.by_code
    return [
        (by_code[code].name if code in by_code else code or _("待选定事项"), calls)
        for code, calls in report.items
    ]


def places(report: Report, easel: Easel) -> list[tuple[str, int]]:
    """Places by name, the most first."""
    return [(easel.name_of(code), calls) for code, calls in report.places]


def _listed(counted: Sequence[tuple[str, int]]) -> str:
    return _("；").join(f"{name} {calls}" for name, calls in counted)


def _table(members: Sequence[Member], easel: Easel) -> Iterator[str]:
    """Those with a place one a line, by band; the others together, with the reason."""
    band: Band | None = None
    placed = [member for member in members if member.place is not None]
    for member in placed[:PLACED]:
        assessment = member.assessment
        if assessment.band is not band:
            band = assessment.band
            yield _("{band}：").format(band=_(BANDS[band]))
        yield f"{member.place}. {_row(member, easel)}"
    if len(placed) > PLACED:
        yield _("还有 {n} 个，请按单位看。").format(n=len(placed) - PLACED)
    yield from _unranked(members, easel)


def _row(member: Member, easel: Easel) -> str:
    assessment = member.assessment
    return _("{name} {index} 分（{rates}，{due} 件）").format(
        name=easel.name_of(member.agency),
        index=_points(assessment.index),
        rates="/".join(percent(rate) for rate in assessment.rates),
        due=assessment.counts.due,
    )


def _unranked(members: Sequence[Member], easel: Easel) -> Iterator[str]:
    few = [one for one in members if one.assessment.band is Band.FEW]
    silent = [one for one in members if one.place is None and one not in few]
    if few:
        yield _("样本不足，仅供参考：{list}").format(list=_together(few, easel))
    if silent:
        yield _("评价不到三成，不排名次：{list}").format(list=_together(silent, easel))


def _together(members: Sequence[Member], easel: Easel) -> str:
    shown = [
        _("{name} {index} 分（{due} 件）").format(
            name=easel.name_of(one.agency),
            index=_points(one.assessment.index),
            due=one.assessment.counts.due,
        )
        for one in members[:LISTED]
    ]
    more = [_("等 {n} 个").format(n=len(members))] if len(members) > LISTED else []
    return _("；").join([*shown, *more])


def _own(report: Report) -> Iterator[str]:
    """The index of the agency itself: of the district as a whole there is none."""
    if report.agency.kind is AgencyKind.DISTRICT or not report.own.counts.due:
        return
    alone = report.own.band is Band.FEW
    note = _("（样本不足，仅供参考）") if alone else ""
    yield _("本单位指数 {index} 分{note}").format(index=_points(report.own.index), note=note)


def _basis(report: Report) -> Iterator[str]:
    if report.excluded:
        grounds = _("、").join(f"{_(GROUNDS[one])} {n}" for one, n in report.excluded.items())
        yield _("未计入考评：{grounds}").format(grounds=grounds)
    version = _("第 {n} 版").format(n=report.version) if report.version else _("初始版本")
    yield _("权重 响应/解决/满意 = {weights}；规则表{version}。不含限制查看的呼叫。").format(
        weights=report.weights.named, version=version
    )


def _points(index: float | None) -> str:
    return "—" if index is None else f"{index:.1f}"

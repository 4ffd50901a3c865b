"""The month and the year as groups that oversee are told of them: against the one before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aiogram.utils.formatting import Bold, Text, as_list

from bot.screens.asked_stats import named
from bot.screens.easel import Easel
from bot.screens.told_stats import percent
from bot.words import N_, _
from core.assessment import Counts, on_time, rates_of
from core.periods import Stretch
from core.stats import Report

MOST = 3
ENOUGH = 5
"""An item with fewer legs that were to be finished is neither best nor worst."""
HEADS = {
    Stretch.LAST_MONTH: N_("📋 月报 · {agency} · {period}"),
    Stretch.LAST_YEAR: N_("📋 年报 · {agency} · {period}"),
}
MORE = {
    Stretch.LAST_MONTH: N_("图表和各单位情况：/stats 上月"),
    Stretch.LAST_YEAR: N_("图表和各单位情况：/stats 去年"),
}
BEFORE = {Stretch.LAST_MONTH: N_("前一个月"), Stretch.LAST_YEAR: N_("前一年")}
RATED = (N_("响应率"), N_("解决率"), N_("满意率"), N_("按时办结"))


def told(report: Report, earlier: Report, easel: Easel) -> Text:
    """Calls, rates and on-time share against the period before; best and worst items; repeats."""
    today, stretch = report.asked_at.astimezone(easel.zone).date(), report.period.stretch
    period, before = named(report.period, today), _(BEFORE[stretch])
    head = _(HEADS[stretch]).format(agency=report.agency.short_name, period=period)
    calls = _("呼叫 {calls} 件（{before} {n} 件）")
    lines: list[Text | str] = [
        Bold(head),
        calls.format(calls=report.calls, before=before, n=earlier.calls),
        *_rates(report.counts, earlier.counts, before),
        _("现在在办 {open} 件，其中逾期 {late} 件").format(open=report.open, late=report.late),
        *_items(report, easel),
        *_repeated(report, easel),
        _(MORE[stretch]),
    ]
    return as_list(*lines)


def failed() -> str:
    """It could not be counted."""
    return _("没能把月报或年报做出来。要看数字，请发：/stats 上月")


def _rates(counts: Counts, earlier: Counts, before: str) -> Iterator[str]:
    now = (*rates_of(counts), on_time(counts))
    then = (*rates_of(earlier), on_time(earlier))
    for name, rate, compared in zip(RATED, now, then, strict=True):
        yield f"{_(name)} {percent(rate)}{_change(rate, compared, before)}"


def _change(rate: float | None, earlier: float | None, before: str) -> str:
    """Against the period before; nothing where one of them has nothing to go by."""
    if rate is None or earlier is None:
        return ""
    points = round(round(100 * rate, 1) - round(100 * earlier, 1), 1)
    if not points:
        return _("（和{before}持平）").format(before=before)
    told = _("（比{before}高 {n} 个百分点）") if points > 0 else _("（比{before}低 {n} 个百分点）")
    return told.format(before=before, n=f"{abs(points):.1f}")


def _items(report: Report, easel: Easel) -> Iterator[str]:
    """By the share finished in time: of one item alone nothing is said, and none is both."""
    shares = {
        item: share
        for item, counts in report.fared.items()
        if counts.ended >= ENOUGH and (share := on_time(counts)) is not None
    }
    order = sorted(shares, key=lambda item: (-shares[item], -report.fared[item].ended, item))
    half = min(MOST, len(order) // 2)
    best, worst = order[:half], [one for one in order[::-1][:half] if shares[one] < 1]
    if best:
        yield _("按时办结最好的事项：{list}").format(list=_listed(best, report, easel))
    if worst:
        yield _("按时办结最差的事项：{list}").format(list=_listed(worst, report, easel))


def _listed(items: Sequence[str], report: Report, easel: Easel) -> str:
    catalogue = easel.district.catalogue.by_code
    counted = ((item, report.fared[item]) for item in items)
    return _("；").join(
        f"{catalogue[item].name if item in catalogue else item} "
        f"{percent(on_time(counts))}（{counts.finished}/{counts.ended}）"
        for item, counts in counted
    )


def _repeated(report: Report, easel: Easel) -> Iterator[str]:
    catalogue = easel.district.catalogue.by_code
    shown = [
        _("{item}（{place}）{n} 件").format(
            item=catalogue[item].name if item in catalogue else item,
            place=easel.name_of(place),
            n=calls,
        )
        for (item, place), calls in report.repeated[:MOST]
    ]
    if shown:
        yield _("反复出现：{list}").format(list=_("；").join(shown))

"""A ranking as the public may read it: places among agencies of like volume, and how they come.

Whoever had too little, or was rated too seldom, stands without a place; so does who is last for
the first time: the bottom is named only when it is so twice running (assessment.md, e2).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from aiogram.utils.formatting import Text

from bot.screens import public
from bot.screens.asked_stats import asked, named
from bot.screens.easel import Easel
from bot.screens.screen import Button, Screen
from bot.screens.told_stats import BANDS
from bot.words import N_, _
from core.agency import AgencyKind
from core.assessment import Band
from core.errands import Errand
from core.periods import Period, Stretch, period_of
from core.stats import Member, Report

YES, DROP = "rank", "norank"
LONGEST = 3200
ENOUGH = 3
"""In a band of fewer nobody is called the last."""
WHOLE = frozenset({Stretch.LAST_MONTH, Stretch.LAST_QUARTER, Stretch.LAST_YEAR})
RANKED = {AgencyKind.DISTRICT: AgencyKind.STREET, AgencyKind.STREET: AgencyKind.COMMUNITY}
HEADS = {
    AgencyKind.STREET: N_("📊 {agency}各街道呼应排名 · {period}"),
    AgencyKind.COMMUNITY: N_("📊 {agency}各社区呼应排名（全区同量级名次） · {period}"),
}


def wished(words: str, today: date) -> tuple[str, Period] | str:
    """Whose members and which whole period, last month where none is named; or what is wrong."""
    found = asked(words, today)
    if isinstance(found, str):
        return usage()
    if found.agency == " ".join(words.split()):
        return found.agency, period_of(Stretch.LAST_MONTH, today)
    if found.period.stretch not in WHOLE:
        return usage()
    return found.agency, found.period


def usage() -> str:
    """Nobody picks the days that look best."""
    return _(
        "排名按整月、整季、整年公布，例如："
        "/ranking 上月，/ranking 西村街道 上季度，/ranking 去年。"
    )


def not_ranked() -> str:
    """Only the district and its streets have members that are ranked."""
    return _("可以排各街道（/ranking 上月）和一个街道的各社区（/ranking 西村街道 上月）。")


def no_channel() -> str:
    """Nowhere to publish."""
    return _("还没有公开频道，没有地方公布。先绑定：/channel")


def nobody() -> str:
    """Nothing to rank."""
    return _("这段时间没有够得上排名次的单位：要有 20 件以上，其中三成有评价或核查。")


def failed() -> str:
    """It could not be counted."""
    return _("没能把排名算出来。请过一会儿再发一次 /ranking。")


def dropped() -> str:
    """In place of the proposal."""
    return _("已取消，没有公布。")


def ranking(report: Report, before: Report, easel: Easel) -> str:
    """The whole text; empty where nobody has a place."""
    kind = RANKED[report.agency.kind]
    members = report.members.get(kind, ())
    hidden = _last(members) - _last(before.members.get(kind, ()))
    placed = [one for one in members if one.place is not None and one.agency not in hidden]
    if not placed:
        return ""
    today = report.asked_at.astimezone(easel.zone).date()
    head = _(HEADS[kind]).format(
        agency=report.agency.short_name, period=named(report.period, today)
    )
    rest = [one for one in members if one not in placed]
    lines = [head, _("只在件数相近的单位之间比，不评个人。"), *_places(placed, easel)]
    lines += [*_without(rest, easel), "", *_explained(report, easel)]
    return "\n".join(lines)[:LONGEST]


def proposal(text: str, errand: Errand, data: str, easel: Easel) -> Screen:
    """What would be published; 确认 asks a second person."""
    ask = _("公布前要第二个人同意。要申请公布，请您本人在 60 秒内确认。")

    def button(action: str) -> str:
        return easel.data(action, errand.id, 0, chat=errand.chat, extra=data)

    yes = Button(_("申请公布"), data=button(YES), style="success")
    row = (yes, Button(_("取消"), data=button(DROP)))
    return Screen(Text(f"{text}\n\n{ask}"), (row,))


def _last(members: Sequence[Member]) -> frozenset[str]:
    """Those at the bottom of their band."""
    bands: dict[Band, dict[str, int]] = {}
    for one in members:
        if one.place is not None:
            bands.setdefault(one.assessment.band, {})[one.agency] = one.place
    return frozenset().union(*map(_bottom, bands.values()))


def _bottom(places: Mapping[str, int]) -> frozenset[str]:
    worst = max(places.values())
    if len(places) < ENOUGH or worst == min(places.values()):
        return frozenset()
    return frozenset(code for code, place in places.items() if place == worst)


def _places(placed: Sequence[Member], easel: Easel) -> Iterator[str]:
    band: Band | None = None
    for one in placed:
        if one.assessment.band is not band:
            band = one.assessment.band
            yield ""
            yield _("{band}：").format(band=_(BANDS[band]))
        points = f"{one.assessment.index or 0:.1f}"
        yield _("{place}. {name} {points} 分").format(
            place=one.place, name=easel.name_of(one.agency), points=points
        )


def _without(rest: Sequence[Member], easel: Easel) -> Iterator[str]:
    if rest:
        names = _("、").join(sorted(easel.name_of(one.agency) for one in rest))
        yield ""
        yield _("不排名次：{names}（不足 20 件、评价不到三成，或者头一次排在末位）").format(
            names=names
        )


def _explained(report: Report, easel: Easel) -> Iterator[str]:
    weights, excluded = report.weights, sum(report.excluded.values())
    version = _("第 {n} 版").format(n=report.version) if report.version else _("初始版本")
    yield _("怎么算的：")
    yield _(
        "· 看三样：有没有按时联系，事情有没有解决，大家满不满意，按 {weights} 合成，满分 100。"
    ).format(weights=weights.named.replace("/", ":"))
    yield _("· 有没有解决，听反映的人说，没说的看核查；满不满意，只听反映的人说，没说的不算。")
    yield _("· 每个单位先加 {n} 件全区平均水平的，免得一两件就定好坏。反映得多不扣分。").format(
        n=f"{weights.prior:g}"
    )
    yield _("· 长期逾期、没办好说办好、退单退错、反复重办，要扣分。")
    if excluded:
        yield public.counted(
            excluded,
            _("· 误派、并案、按计划挂账、认定不合理等不计入，共 {n} 件。"),
            _("· 误派、并案、按计划挂账、认定不合理等不计入，不足 {n} 件。"),
        )
    yield _("· 按规则表{version}算。有疑问请私聊 @{bot}。").format(
        version=version, bot=easel.bot_name
    )

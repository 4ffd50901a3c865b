"""What is wrong in plain words, and what to do about each (``/health``, ``huying check``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from bot.screens.names import clean
from bot.screens.times import when
from bot.words import N_, _
from core.agency import Agency, AgencyKind
from core.health import Finding, Ill

NAMED, NAMED_OF_LEVEL = 5, 10
LEVELS = {
    AgencyKind.STREET: N_("街道 {n} 个"),
    AgencyKind.COMMUNITY: N_("社区 {n} 个"),
    AgencyKind.DEPARTMENT: N_("部门 {n} 个"),
    AgencyKind.ENTERPRISE: N_("企业 {n} 个"),
}
LEVEL_NAMES = {
    AgencyKind.STREET: N_("街道"),
    AgencyKind.COMMUNITY: N_("社区"),
    AgencyKind.DEPARTMENT: N_("部门"),
    AgencyKind.ENTERPRISE: N_("企业"),
}
TOLD = {
    Ill.NO_OFFICE: N_(
        "【{names}】还没有办理群：没有单位接得上的事无处可派。"
        "请把机器人加进群，发 /bindcode {names} 领绑定码，再在群里发 /bind 绑定码。"
    ),
    Ill.NO_GROUPS: N_("还没有办理群：{levels}。派给它们的事先由上一级接。要绑定：/bindcode 单位"),
    Ill.SILENT: N_(
        "机器人不在这些群里了：{names}。请群主把机器人请回群里，再用 /bindcode 重新绑定。"
    ),
    Ill.MUTED: N_("机器人在这些群里被禁言：{names}。请群主允许它发言，再在群里发 /board。"),
    Ill.NO_PINS: N_(
        "机器人在这些群里不是管理员，看板不能置顶：{names}。"
        "要置顶，请群主给它“置顶消息”权限；不置顶也能用。"
    ),
    Ill.EMPTY: N_("这些街道下面没有社区，居民选不到：{names}。请在单位表里补上：/sheet 单位"),
    Ill.CHANNEL_LOST: N_(
        "公开频道“{title}”发不进去，简报和排名都停了。请在频道里把机器人加为管理员，"
        "给它“发布消息”的权限，之后自动接着发；不再用这个频道，请发：/channel 解除"
    ),
    Ill.UNSTAFFED: N_(
        "这些群里还没有人能办理：{names}。请发 /invite 单位 联络员，把链接转给本人。"
    ),
    Ill.ALONE: N_("管理员只有 {n} 位：要两个人同意的事没有人能同意。请在配置里再加一位管理员。"),
    Ill.YEAR_UNKNOWN: N_(
        "日历里没有 {n} 年的放假安排，现在只按周一到周五算。请发 /sheet 日历，补上后发回来。"
    ),
    Ill.YEAR_ENDS: N_(
        "日历里还没有 {n} 年的放假安排。国务院公布后，请发 /sheet 日历，补上后发回来。"
    ),
    Ill.UNREAD: N_("有消息从 {at} 起没有处理。请在主机上看日志；服务停了就重新启动。"),
    Ill.BURIED: N_("有 {n} 条收到的消息处理不了，已放在一边。请在主机上运行：huying inbox list"),
    Ill.UNSENT: N_("有消息从 {at} 起没有发出去。请看网络；群多的早上要等几分钟。"),
    Ill.DOUBTFUL: N_(
        "有 {n} 条消息没有发成，或者不知道有没有发到。请在主机上运行：huying outbox list"
    ),
    Ill.HELD: N_("恢复备份后扣下了 {n} 条消息，等您放行。请在主机上运行：huying outbox list"),
    Ill.TOKEN_REFUSED: N_(
        "Telegram 不认这个令牌。请在 @BotFather 核对后，改正 telegram.token，再重新启动。"
    ),
    Ill.OUT_OF_REACH: N_(
        "现在连不上 Telegram。请检查网络和 telegram.api_root；消息先存着，连上后自动补发。"
    ),
    Ill.JOINS_NOTHING: N_("机器人进不了群。请在 @BotFather 发 /setjoingroups，选 Enable。"),
    Ill.HOOK_IN_THE_WAY: N_(
        "令牌上挂着一个推送网址，长轮询收不到消息。若另有程序在用这个令牌，请先停掉它；"
        "再重新启动本服务，它会取下网址。"
    ),
    Ill.HOOK_MISSING: N_(
        "Telegram 没有把消息推到设定的 webhook_url。请重新启动本服务，它会重新登记。"
    ),
    Ill.HOOK_FAILING: N_(
        "Telegram 最近一次推送没有成功（{at}）。请检查 webhook_url、证书和反向代理。"
    ),
    Ill.PILED_UP: N_(
        "Telegram 那里有 {n} 条消息等着收。请看服务是否在运行，有没有另一个程序在用同一个令牌。"
    ),
    Ill.CLOCK_WRONG: N_(
        "主机的时钟和 Telegram 差 {n} 秒，时限会算错。请在主机上打开自动校时（NTP）。"
    ),
    Ill.DISK_FULL: N_("数据库所在的磁盘只剩 {n} MB。请清理旧的备份和日志，腾出空间。"),
}


def report(found: Sequence[Finding], zone: tzinfo) -> str:
    """Everything found, a paragraph each; one good word where nothing was."""
    if not found:
        return _("✅ 一切正常：单位、群、人员、日历和收发都没有问题。")
    grave = [one for one in found if one.grave]
    rest = [one for one in found if not one.grave]
    lines: list[str] = []
    for head, some in ((_("🔴 要马上处理："), grave), (_("🟡 请留意："), rest)):
        if some:
            lines += [head, *(f"{n}. {sentence(one, zone)}" for n, one in enumerate(some, 1)), ""]
    return "\n".join(lines).rstrip()


def sentence(one: Finding, zone: tzinfo) -> str:
    """What is wrong, and what to do."""
    if one.ill is Ill.ALONE and not one.count:
        return _("还没有管理员：请运行 huying init，或在配置的 people.administrators 里写上编号。")
    told = _(TOLD[one.ill]).format(
        n=one.count,
        names=_names(one.agencies),
        levels=_levels(one.agencies),
        at=when(one.since, zone) if one.since else "",
        title=clean(one.title),
    )
    if one.ill is not Ill.NO_GROUPS:
        return told
    return "\n".join([told, *_by_level(one.agencies)])


def _names(agencies: Sequence[Agency], most: int = NAMED) -> str:
    """The first few by name, how many there are beyond."""
    named = _("、").join(one.short_name for one in agencies[:most])
    if len(agencies) <= most:
        return named
    return _("{names}等 {n} 个").format(names=named, n=len(agencies))


def _by_level(agencies: Sequence[Agency]) -> Iterator[str]:
    """A line each, so that whoever binds knows where to begin."""
    for kind, name in LEVEL_NAMES.items():
        of_kind = [one for one in agencies if one.kind is kind]
        if of_kind:
            names = _names(of_kind, NAMED_OF_LEVEL)
            yield _("· {level}：{names}").format(level=_(name), names=names)


def _levels(agencies: Sequence[Agency]) -> str:
    counts = {kind: sum(one.kind is kind for one in agencies) for kind in LEVELS}
    return _("、").join(_(LEVELS[kind]).format(n=n) for kind, n in counts.items() if n)


def not_seen() -> str:
    """Nobody could look around."""
    return _("没能检查网络、时钟和磁盘。请在主机上运行 huying check。")

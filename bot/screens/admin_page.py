"""What administrators read before they change anything: every command by theme, every limit, every
rule by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from bot.commands import ADMINISTRATORS, OFFICE, RESIDENTS
from bot.screens.easel import Easel
from bot.screens.names import clean
from bot.words import N_, _
from core.sheet_edits import Row

THEMES = (
    (N_("规则"), ("rule", "limit", "holiday", "quiet", "replies", "feature")),
    (N_("表格和版本"), ("sheet", "versions", "rollback")),
    (N_("事项和说法"), ("item", "aliases", "alias", "misroutes")),
    (
        N_("单位、人员和群"),
        ("agency", "people", "post", "invite", "member", "bindcode", "groups", "unbind"),
    ),
    (N_("居民"), ("ban", "erase", "breach")),
    (N_("公开"), ("channel", "ranking")),
    (N_("查看和导出"), ("stats", "health", "pending", "audit", "export")),
)
LONGEST, ON_ONE_LINE, A_LINE = 3600, 6, 3
OTHERS = N_("其他")


def page() -> str:
    """``/admin``: everything there is, on one page."""
    words = dict(ADMINISTRATORS)
    known = {name for _theme, names in THEMES for name in names}
    left = tuple(name for name in words if name not in known and name != "admin")
    parts = [_("改规则的命令都会先给您看，您本人在 60 秒内确认才生效，之后随时可以退回。")]
    for theme, names in (*THEMES, (OTHERS, left)):
        if names:
            lines = (f"/{name} — {_(words[name])}" for name in names)
            parts.append("\n".join([_("【{theme}】").format(theme=_(theme)), *lines]))
    return "\n\n".join(parts)


def limits(rows: Sequence[Row], words: Sequence[str]) -> str:
    """``/limit`` and ``/limit P2``: what counts now, a line for each class of urgency.

    Said as well where a figure was given that could not be read.
    """
    timed = [row for row in rows if row.get("数值") and row.get("单位")]
    asked, found = _named(timed, words)
    how = _("改：/limit P2 办结 4 工作日；到日子才改：/limit P2 办结 4 工作日 2026-12-01 起")
    if not found:
        name = clean(" ".join(words))
        return _("没有叫“{name}”的时限。全部时限：/limit").format(name=name) + "\n" + how
    together: dict[str, list[str]] = {}
    for row in found:
        group, _space, name = row["项目"].rpartition(" ")
        line = _("{name} {figure} {unit}").format(name=name, figure=row["数值"], unit=row["单位"])
        together.setdefault(group, []).append(line)
    lines = [_limit(group, each) for group, each in together.items()]
    puzzled = [_("没看懂要改成多少，没有改动。")] if len(asked) < len(words) else []
    return "\n".join([*puzzled, _("现在的时限："), *lines, "", how])[:LONGEST]


def _named(rows: Sequence[Row], words: Sequence[str]) -> tuple[Sequence[str], Sequence[Row]]:
    """As many of the first words as name anything, and what they name."""
    for many in range(len(words), 0 if words else -1, -1):
        asked = words[:many]
        found = [row for row in rows if all(word in row.get("项目", "") for word in asked)]
        if found:
            return asked, found
    return (), ()


def _limit(group: str, lines: Iterable[str]) -> str:
    every = tuple(lines)
    portions = [_("、").join(every[at : at + A_LINE]) for at in range(0, len(every), A_LINE)]
    whole = _("、").join(every)
    said = whole if len(every) <= ON_ONE_LINE else "".join(f"\n　{each}" for each in portions)
    return _("· {group}：{limits}").format(group=group or _(OTHERS), limits=said)


def rules(easel: Easel) -> str:
    """``/rule`` alone: what may be asked for."""
    names = _("、").join(clause.name for clause in easel.district.clauses.values())
    ask = _("请写上规则的名称，例如：/rule 退单")
    return "\n".join(filter(None, (ask, names and _("可以查：{names}").format(names=names))))


def unknown_command(said: str, *, administrator: bool) -> str:
    """For a command nobody knows: the one that was probably meant, and where all of them are."""
    known = dict(OFFICE if administrator else RESIDENTS)
    word = said.partition("@")[0].removeprefix("/").lower()
    near = get_close_matches(word, known, n=1, cutoff=0.8)
    if near:
        name = near[0]
        return _("没有这个命令。您是不是要 /{name}（{words}）？").format(
            name=name, words=_(known[name])
        )
    if administrator:
        return _("没有这个命令。管理命令请看 /admin；有事要反映，请直接打字。")
    return _("没有这个命令。有事请直接打字告诉我；看进展点 /mycalls，怎么用点 /help。")

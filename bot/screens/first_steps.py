"""What an administrator reads when everything is set up: what is done, what comes next."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.utils.formatting import Bold, Code, Text, as_list

from bot.screens.health import LEVELS, sentence
from bot.screens.names import clean
from bot.screens.screen import Screen
from bot.words import _
from core.district import District
from core.health import Finding, Ill

NEXT_ANYWAY = frozenset({Ill.NO_OFFICE, Ill.NO_GROUPS, Ill.UNSTAFFED})


def checklist(name: str, district: District, left: Sequence[Finding], line: str) -> Screen:
    """One command each; ``left`` is what was found wanting, beside the groups and people.

    ``line`` binds the district's group, once, and soon: it is the first step.
    """
    tree = district.tree
    counted = ((words, len(tree.of_kind(kind))) for kind, words in LEVELS.items())
    levels = _("、").join(_(words).format(n=n) for words, n in counted if n)
    lines: list[Text | str] = [
        Bold(_hello(clean(name))),
        _("辖区：{district}（{levels}），事项 {n} 项。").format(
            district=tree.district.name, levels=levels, n=len(district.catalogue.items)
        ),
        "",
        Bold(_("接下来")),
        _("1. 绑定办理群：把我加进群，发 /bindcode 单位 领绑定码，再在群里发 /bind 绑定码。"),
        _(
            "　 先绑定 {district}，没有单位接得上的事会派到那里：在那个群里由您本人发下面一行。"
        ).format(district=tree.district.short_name),
        Text("　 ", Code(line)),
        _("　 绑定码只能用一次，几分钟内有效；过期了发 /bindcode {district} 再领。").format(
            district=tree.district.short_name
        ),
        _("2. 邀请经办人：发 /invite 单位 联络员，把链接转给本人点一下。"),
        _("3. 看还差什么：发 /health。"),
        _("4. 试一遍：发 /call 反映一件事，在群里签收、办结，再来评价。"),
        _("5. 改规则、时限、日历：发 /admin 看全部命令。"),
    ]
    noted = [one for one in left if one.ill not in NEXT_ANYWAY]
    if noted:
        told = (sentence(one, district.calendar.zone) for one in noted)
        lines += ["", Bold(_("另外请留意")), *(f"· {one}" for one in told)]
    return Screen(as_list(*lines))


def _hello(name: str) -> str:
    if name:
        return _("✅ {name}，您好！“呼应”已经装好。").format(name=name)
    return _("✅ 您好！“呼应”已经装好。")

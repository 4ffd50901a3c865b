"""Is anybody in danger: the numbers that save lives come before everything else."""

from __future__ import annotations

from aiogram.utils.formatting import Bold, Text, as_list

from bot.screens.screen import Button, Screen
from bot.words import _


def question() -> Screen:
    """Asked of every call."""
    return Screen(
        Text(Bold(_("现在有人受伤、被困，或者有火情、燃气味、触电危险吗？"))),
        buttons=(
            (Button(_("没有"), data="no", style="success"),),
            (Button(_("有"), data="yes", style="danger"),),
        ),
    )


def stop() -> Screen:
    """The stop screen: call first, report afterwards."""
    return Screen(
        as_list(
            Bold(_("请马上打电话求助，不要等回复！")),
            Text(_("火情、被困、燃气泄漏："), Bold("119")),
            Text(_("有人受伤、急病："), Bold("120")),
            Text(_("有人伤人、报警："), Bold("110")),
            _("请先离开危险的地方，提醒旁边的人。打完电话再回来上报，社区和街道会同时收到。"),
        ),
        buttons=(
            (Button(_("已报警，继续上报"), data="reported", style="danger"),),
            (Button(_("其实没有危险"), data="safe"),),
        ),
    )

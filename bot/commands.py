"""The command menus, one for each kind of chat, as parameters of ``setMyCommands``."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from bot.words import N_, _

RESIDENTS = (
    ("start", N_("开始，或者接着说")),
    ("call", N_("反映一件事")),
    ("mycalls", N_("我的呼叫和进展")),
    ("cancel", N_("取消正在填的内容")),
    ("help", N_("怎么用")),
)
GROUPS = (
    ("calls", N_("本单位的待办")),
    ("call", N_("看某一件：/call 编号")),
    ("help", N_("怎么办理")),
)
ADMINISTRATORS = (
    ("bindcode", N_("领取绑定码：/bindcode 单位")),
    ("invite", N_("邀请经办人：/invite 单位 职务")),
    ("groups", N_("已绑定的群")),
)
BINDING = (("bind", N_("设为办理群：/bind 绑定码")),)


def menus(administrators: Collection[int]) -> Sequence[Mapping[str, Any]]:
    """Every menu with its scope; setting them again changes nothing."""
    scopes: list[tuple[dict[str, Any], tuple[tuple[str, str], ...]]] = [
        ({"type": "all_private_chats"}, RESIDENTS),
        ({"type": "all_group_chats"}, GROUPS),
        ({"type": "all_chat_administrators"}, GROUPS + BINDING),
    ]
    scopes += [
        ({"type": "chat", "chat_id": account}, RESIDENTS + ADMINISTRATORS)
        for account in sorted(administrators)
    ]
    return [{"commands": _drawn(commands), "scope": scope} for scope, commands in scopes]


def _drawn(commands: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    return [{"command": name, "description": _(words)} for name, words in commands]

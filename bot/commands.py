"""The command menus, one for each kind of chat, as parameters of ``setMyCommands``."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from bot.words import N_, SOURCE, _, speaking

Commands = tuple[tuple[str, str], ...]

RESIDENTS = (
    ("start", N_("开始，或者接着说")),
    ("call", N_("反映一件事")),
    ("mycalls", N_("我的呼叫和进展")),
    ("find", N_("按编号查公开情况：/find 编号")),
    ("holds", N_("正在挂账的事项")),
    ("claim", N_("认领代为登记的事")),
    ("cancel", N_("取消正在填的内容")),
    ("mydata", N_("我的个人信息：查看、导出、删除")),
    ("language", N_("换语言 Language")),
    ("help", N_("怎么用")),
)
GROUPS = (
    ("board", N_("本单位的看板")),
    ("mine", N_("我签收的")),
    ("calls", N_("本单位的待办")),
    ("call", N_("看某一件：/call 编号")),
    ("who", N_("查谁主办：/who 油烟")),
    ("gate", N_("查清单和准入：/gate 入户核对")),
    ("take", N_("签收：/take 编号，或回复卡片")),
    ("done", N_("办结：/done 编号，或回复卡片")),
    ("return", N_("退单：/return 编号，或回复卡片")),
    ("up", N_("上呼：/up 编号，或回复卡片")),
    ("registers", N_("台账（街道和区）")),
    ("stats", N_("统计：/stats 本周")),
    ("leave", N_("请假和替班：/leave 天数 同事姓名")),
    ("back", N_("销假")),
    ("roster", N_("值班表的点名顺序：/roster 姓名 姓名")),
    ("help", N_("怎么办理")),
)
ADMINISTRATORS = (
    ("admin", N_("管理命令一览")),
    ("rule", N_("看规则和依据：/rule 退单")),
    ("limit", N_("改时限：/limit P2 办结 4 工作日")),
    ("holiday", N_("改放假和调休：/holiday 日期 休")),
    ("sheet", N_("取表、换表：/sheet 日历")),
    ("aliases", N_("看居民的新说法，加进别名")),
    ("misroutes", N_("看常派错的事项，改主办")),
    ("alias", N_("给事项加说法：/alias 编号 说法")),
    ("agency", N_("看、改单位：/agency 西村街道")),
    ("item", N_("看、改事项：/item 23 主办 单位")),
    ("replies", N_("看、改常用语：/replies 加 内容")),
    ("quiet", N_("改免打扰时间：/quiet 21:30 8:00")),
    ("feature", N_("分街道开通：/feature 反映 西村街道 开")),
    ("versions", N_("看历次版本：/versions 时限")),
    ("rollback", N_("退回某一版：/rollback 时限 2")),
    ("bindcode", N_("领取绑定码：/bindcode 单位")),
    ("invite", N_("邀请经办人：/invite 单位 职务")),
    ("member", N_("认证党员：/member 单位")),
    ("groups", N_("已绑定的群")),
    ("people", N_("看谁担任什么职务：/people 单位")),
    ("post", N_("改职务、撤下：/post 单位 姓名 职务")),
    ("unbind", N_("解除办理群：/unbind 单位")),
    ("erase", N_("替书面申请的人删除信息：/erase 编号")),
    ("breach", N_("信息泄露时告知有关的人")),
    ("ranking", N_("公布排名：/ranking 上月")),
    ("channel", N_("公开频道：/channel 绑定，/channel 每周")),
    ("ban", N_("暂停一位居民：/ban 编号 天数 理由")),
    ("pending", N_("等第二个人同意的事")),
    ("health", N_("看服务哪里不正常、怎么办")),
    ("audit", N_("查一件事的全程：/audit 编号")),
    ("export", N_("导出呼叫、分单、人员、居民、台账")),
    ("stats", N_("统计：/stats 西村街道 上月")),
)
AUDITORS = tuple(each for each in ADMINISTRATORS if each[0] in ("pending", "audit"))
RULES = tuple(
    each
    for each in ADMINISTRATORS
    if each[0]
    in (
        *("admin", "rule", "limit", "holiday", "agency", "replies", "quiet", "feature"),
        *("sheet", "versions", "rollback", "health"),
    )
)
OFFICERS = (("behalf", N_("替来电来访人登记")), ("stats", N_("本单位统计：/stats 本月")))
OFFICE = RESIDENTS + ADMINISTRATORS
BINDING = (
    ("bind", N_("设为办理群：/bind 绑定码")),
    ("topics", N_("每件一个话题：/topics on 或 off")),
)


# Telegram knows two letters only: "zh" is everybody's Chinese. No letters are for all others.
CODES = {"": SOURCE, "zh": SOURCE, "en": "en"}
Menu = Mapping[str, Any]


def menus(administrators: Collection[int]) -> Sequence[Menu]:
    """Every menu with its scope; setting them again changes nothing. Groups read Chinese."""
    office = (
        _menu({"type": "all_group_chats"}, GROUPS),
        _menu({"type": "all_chat_administrators"}, GROUPS + BINDING),
    )
    chats = [({"type": "chat", "chat_id": n}, OFFICE) for n in sorted(administrators)]
    private: list[tuple[Menu, Commands]]
    private = [({"type": "all_private_chats"}, RESIDENTS), *chats]
    spoken = (
        _menu(scope, listed, code, language)
        for scope, listed in private
        for code, language in CODES.items()
    )
    return (*office, *spoken)


def menus_of(
    account: int,
    language: str,
    *,
    administrator: bool,
    officer: bool = False,
    auditor: bool = False,
) -> Sequence[Menu]:
    """The menus of one private chat in the language chosen there, whatever the app's is."""
    scope: Menu = {"type": "chat", "chat_id": account}
    listed: Commands = OFFICE if administrator else RESIDENTS
    listed = (*listed, *AUDITORS) if auditor and not administrator else listed
    known = {name for name, _words in listed}
    listed = (*listed, *(each for each in OFFICERS if officer and each[0] not in known))
    return tuple(_menu(scope, listed, code, language) for code in CODES)


def menus_at_desk(chat: int, administrators: Collection[int]) -> Sequence[Menu]:
    """The menus of the district's group, for each administrator alone; groups read Chinese."""
    return tuple(
        _menu({"type": "chat_member", "chat_id": chat, "user_id": account}, GROUPS + RULES)
        for account in sorted(administrators)
    )


def _menu(
    scope: Mapping[str, Any], listed: Commands, code: str = "", language: str = SOURCE
) -> Menu:
    with speaking(language):
        drawn = [{"command": name, "description": _(words)} for name, words in listed]
    menu = {"commands": drawn, "scope": scope}
    return {**menu, "language_code": code} if code else menu

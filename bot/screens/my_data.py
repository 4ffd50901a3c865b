"""What a resident reads and chooses about their own data."""

from __future__ import annotations

from datetime import tzinfo

from aiogram.utils.formatting import Bold, Text, as_list

from bot.screens.own_number import shown
from bot.screens.screen import Button, Screen
from bot.screens.times import when
from bot.words import _
from core.erasing import Kept
from core.people import Resident

NAME, PHONE, EXPORT, ERASE, SURE, LEAVE = "name", "phone", "export", "erase", "sure", "leave"
SECONDS = 60


def kept(resident: Resident | None, known: Kept, zone: tzinfo) -> Screen:
    """Everything that is kept, as a plain list, and what can be done about it."""
    if resident is None:
        return Screen(Text(_("我们没有保存您的任何信息。")))
    agreed = when(resident.consented_at, zone) if resident.consented_at else _("还没有")
    member = [_("党员认证：有")] if resident.member_of else []
    lines = [
        Bold(_("我们保存了您的这些信息")),
        _("称呼：{name}").format(name=resident.name),
        _("电话：{phone}").format(phone=shown(resident.phone) if resident.phone else _("没有留")),
        _("账号编号：{account}（用来给您回消息）").format(account=resident.account),
        _("同意保存信息：{at}").format(at=agreed),
        *member,
        _("呼叫 {n} 件，其中在办 {open} 件：您说的话、照片、位置和评价").format(
            n=known.calls, open=known.open
        ),
        _("跟进别人的呼叫 {n} 件").format(n=known.supported),
        _("收发记录 {n} 条，按期自动清理").format(
            n=known.rows.get("updates", 0) + known.rows.get("messages", 0)
        ),
        "",
        _("换语言请点 /language。"),
    ]
    rows = (
        (Button(_("改称呼"), data=NAME), Button(_("改电话"), data=PHONE)),
        (Button(_("导出全部"), data=EXPORT),),
        (Button(_("删除全部"), data=ERASE, style="danger"),),
    )
    return Screen(as_list(*lines), rows)


def asks_name() -> Screen:
    """Another name."""
    return Screen(Text(_("以后怎么称呼您？请直接打字，例如：王阿姨。")))


def named(name: str) -> Screen:
    """Done."""
    return Screen(Text(_("已改好，以后称呼您“{name}”，在办的呼叫也一起改了。").format(name=name)))


def exported() -> Screen:
    """It comes as a file."""
    return Screen(Text(_("好的，文件马上发给您。")))


def asks_sure(ends: int, going_on: int, closed: int) -> Screen:
    """What happens, in plain words, before it cannot be undone."""
    lines: list[Text | str] = [
        Bold(_("要删除您的全部信息吗？删了就找不回来。")),
    ]
    if closed:
        lines.append(
            _("· 已结案的 {n} 件：您的话、照片、位置、电话、称呼都删除，只留编号和事项。").format(
                n=closed
            )
        )
    if ends:
        lines.append(_("· 在办的 {n} 件：先撤回，不再办理，然后删除。").format(n=ends))
    if going_on:
        lines.append(
            _(
                "· 另有 {n} 件涉及安全、已有答复或有别的居民跟进，会不留姓名继续办，"
                "结案后内容也删除。"
            ).format(n=going_on)
        )
    lines.append(_("群里发过的内容也会删掉。请在 60 秒内点“确定删除”。"))
    rows = (
        (Button(_("确定删除"), data=SURE, style="danger"),),
        (Button(_("不删了"), data=LEAVE),),
    )
    return Screen(as_list(*lines), rows)


def too_late() -> str:
    """More than a minute went by: whoever holds the phone now may be somebody else."""
    return _("已超过 60 秒，没有删除。要删除请再点一次“确定删除”。")


def erased(calls: int, waiting: tuple[str, ...]) -> Screen:
    """It is done."""
    lines = [_("已删除您的全部信息（{n} 件呼叫的内容已清空）。").format(n=calls)]
    if waiting:
        lines.append(
            _("{numbers} 不留姓名继续办，结案后内容也会删除。").format(
                numbers=_("、").join(waiting)
            )
        )
    lines.append(_("这里的聊天记录请您自己删除。以后有事，随时发消息给我。"))
    return Screen(as_list(*lines), drops_keys=True)


def left() -> Screen:
    """Nothing was changed."""
    return Screen(Text(_("好的，没有改动。")))

"""Calls on behalf: the form, the slip that is handed over, and taking a call over with it."""

from __future__ import annotations

from datetime import datetime, tzinfo

from aiogram.utils.formatting import Bold, Code, Text, as_list

from bot.screens.happened import happened
from bot.screens.notices import Telling, Tells, Told
from bot.screens.promised import promises
from bot.screens.screen import Button, Screen
from bot.screens.timeline import status
from bot.words import _
from core.agency import Agency
from core.lifecycle import Action
from core.views import CallView, LegView

CLAIM = "claim_"


def unit(agencies: tuple[Agency, ...]) -> Screen:
    """For which agency the officer raises it."""
    rows = tuple((Button(one.short_name, data=one.code),) for one in agencies)
    return Screen(Text(_("您以哪个单位的名义登记？")), rows)


def name() -> Screen:
    """Who came in or rang up; said beforehand what their words are for."""
    lines = [
        Bold(_("来电（来访）人怎么称呼？")),
        _("请先口头告诉对方：内容、称呼和电话只用来办理这件事。"),
        _("打字告诉我姓名或称呼，例如：陈伯。"),
    ]
    return Screen(as_list(*lines), ((Button(_("不愿留姓名"), data="none"),),))


def phone() -> Screen:
    """A number for telling them how it goes."""
    lines = [
        Bold(_("对方的电话号码？")),
        _("用来打电话告诉对方进展。群里不显示，只有签收人能看，每看一次都有记录。"),
    ]
    return Screen(as_list(*lines), ((Button(_("不愿留电话"), data="none"),),))


def bad_number() -> str:
    """Not a number anybody in China could be phoned at."""
    return _("这不像中国的手机或固定电话号码。请重打，固话要带区号，例如 020-81234567。")


def slip(view: LegView, code: str, link: str, now: datetime, zone: tzinfo) -> Text:
    """What the caller takes home, or is read aloud: one message that can be forwarded."""
    lines: list[Text | str] = [
        Bold(_("您反映的事已登记")),
        Text(_("编号："), Code(view.call.number)),
        Text(_("领取码："), Code(code)),
        _("办理单位：{agency}").format(agency=view.agency.name),
        *(f"· {promise}" for promise in promises(view, now, zone)),
        _("用 Telegram 的，打开下面的链接，或者给我发 /claim 编号 领取码，就能看进展、评价："),
        link,
        _("不用 Telegram 的，有进展由办理单位打电话告诉您。")
        if view.call.phone
        else _("没留电话、也不用 Telegram 的，请带上编号到办理单位问进展。"),
    ]
    return as_list(*lines)


def registered(view: LegView, card: Text) -> Screen:
    """The slip first, so that it can be forwarded alone; then what to do with it."""
    told = _("上面是给对方的回条，请转发，或者读给对方听。领取码只能用一次，不要发到群里。")
    return Screen(Text("✅ ", Bold(view.call.number), " ", told), before=(card,))


def renewed(number: str, code: str) -> Screen:
    """The old code is worth nothing."""
    told = _(" 的新领取码：")
    return Screen(Text(Bold(number), told, Code(code), _("。旧的作废，请告诉来电人。")))


def renew_usage() -> str:
    """``/newcode`` without a number."""
    return _("请在命令后面写上编号，例如：/newcode LW-260614-0037。")


def asks() -> Screen:
    """Number and code, in one message."""
    lines = [
        Bold(_("认领代为登记的事")),
        _("请把回条上的编号和领取码发给我，例如：LW-260614-0037 123456"),
    ]
    return Screen(as_list(*lines))


def unclear() -> str:
    """Neither a number nor a code in what was typed."""
    return _("没有看到编号和领取码。请照回条打，例如：LW-260614-0037 123456")


def unknown() -> str:
    """No such call, or one that was taken over before."""
    return _("没有找到可以认领的这一件。请对照回条上的编号再试；认领过的，请在 /mycalls 里看。")


def wrong(left: int) -> str:
    """The code does not fit."""
    if left:
        return _("领取码不对，还可以试 {n} 次。请对照回条再打一遍。").format(n=left)
    return _("试错太多次，这个领取码已停用。请联系帮您登记的单位换一个新码。")


def taken(view: CallView, now: datetime, zone: tzinfo) -> Screen:
    """It is theirs now, and this is what happened so far."""
    main = view.main
    lines: list[Text | str] = [
        Text("✅ ", _("已认领 "), Bold(view.call.number)),
        _("现在：{status}").format(status=status(main)),
        _("办理单位：{agency}").format(agency=main.agency.name),
        *(f"· {promise}" for promise in promises(main, now, zone) if main.leg.open),
        "",
        *happened(view, zone),
        "",
        _("以后有进展我直接告诉您。补充、催办、撤回或查进展，请点 /mycalls。"),
    ]
    return Screen(as_list(*lines))


def refused(why: str) -> Screen:
    """Why it is not theirs yet."""
    return Screen(Text(why, _("再试一次，请发 /claim。")))


def dropped() -> Screen:
    """Nothing was taken over."""
    return Screen(Text(_("好的，没有认领。需要时再发 /claim。")))


def taken_over(t: Telling) -> Told:
    """The caller reads for themselves from now on."""
    return Told(Text("🙋 ", t.number, _(" 来电人已认领，以后回复卡片就能直接转达给对方。")))


def answered(t: Telling) -> Told:
    """What was said over the phone, to be checked by whoever said it."""
    head = _(" {agency}记下了您在电话里的回答，如有出入请直接回复：").format(agency=t.agency)
    return Told(Text("☎️ ", t.number, head))


TO_AGENCY: dict[Action, Tells] = {Action.CLAIM: taken_over}
TO_CALLER: dict[Action, Tells] = {Action.ANSWER_BY_PHONE: answered}

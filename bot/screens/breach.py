"""What is said when personal data got out: to administrators, and to everybody affected."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, tzinfo

from bot.screens.easel import Easel
from bot.screens.names import clean
from bot.screens.times import day
from bot.words import _
from core.breach import LONGEST, SHORTEST, Breach

CONFIRM, DROP = "breach", "nobreach"
SPAN = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})(?:\s+(\d{4}-\d{1,2}-\d{1,2}))?\s+(.+)", re.DOTALL)
EVERYBODY = re.compile(r"(?:全部|所有人|all)\s+(.+)", re.DOTALL | re.IGNORECASE)


def wished(args: str, zone: tzinfo) -> Breach | str:
    """What these words ask for, or how the command is written."""
    everybody, within = EVERYBODY.fullmatch(args.strip()), SPAN.fullmatch(args.strip())
    if everybody is None and within is None:
        return usage()
    said = everybody[1] if everybody else within[3] if within else ""
    words = "\n".join(clean(line, LONGEST) for line in said.splitlines()).strip()
    if not SHORTEST <= len(words) <= LONGEST:
        return _(
            "请写清楚：泄露了什么、为什么、可能有什么影响、我们做了什么、本人可以做什么"
            "（{least} 到 {most} 个字）。"
        ).format(least=SHORTEST, most=LONGEST)
    if within is None:
        return Breach(words)
    try:
        first = _midnight(within[1], zone)
        last = _midnight(within[2] or within[1], zone)
    except ValueError:
        return usage()
    return Breach(words, first, last + timedelta(days=1)) if first <= last else usage()


def usage() -> str:
    """How the command is written."""
    return _(
        "个人信息泄露时告知有关的人。请写起止日期和要告诉大家的话，例如：\n"
        "/breach 2026-06-01 2026-06-20 6 月 18 日有一份名单误发到群里，含称呼和电话……\n"
        "涉及所有人：/breach 全部 要告诉大家的话"
    )


def proposal(breach: Breach, count: int, easel: Easel) -> str:
    """How many would be told what; 确认 or 取消."""
    return "\n".join(
        [
            _("将向 {n} 人各发一次下面的告知（现在还没有发）：").format(n=count),
            "",
            notice(breach, easel),
            "",
            _("代为登记、没有认领的来电人收不到，请另行电话告知。"),
            _("您确认后，还要第二个人同意才发（24 小时内）。请您本人在 60 秒内确认。"),
        ]
    )


def nobody() -> str:
    """Nobody raised anything then."""
    return _("这段时间没有人反映过事情，不用告知。请检查日期。")


def notice(breach: Breach, easel: Easel) -> str:
    """To everybody affected, in their language but for the office's own words."""
    district = easel.district.tree.district
    whose = _("涉及：您在本服务里留下的信息。")
    if breach.since and breach.until:
        last = breach.until - timedelta(days=1)
        whose = _("涉及：您从 {since} 到 {until} 反映事情时留下的信息。").format(
            since=day(breach.since, easel.zone), until=day(last, easel.zone)
        )
    asks = _("有疑问请找{district}：{phone}") if district.phone else _("有疑问请找{district}。")
    return "\n".join(
        [
            _("【个人信息安全告知】"),
            breach.words,
            whose,
            _("您可以发 /mydata 查看、更正或删除您的信息；请当心陌生来电，不要告诉别人验证码。"),
            asks.format(district=district.name, phone=district.phone),
        ]
    )


def told(count: int) -> str:
    """To whoever asked: all notices are on their way."""
    return _("✅ 告知已交给发送，共 {n} 人，每人一次。").format(n=count)


def failed() -> str:
    """It could not be done."""
    return _("告知没有发完。请看日志，过一会儿再发一次 /breach，有的人可能会收到两次。")


def dropped() -> str:
    """In place of the proposal."""
    return _("已取消，没有发。")


def _midnight(said: str, zone: tzinfo) -> datetime:
    year, month, date = map(int, said.split("-"))
    return datetime(year, month, date, tzinfo=zone)

"""``huying retention``: what was kept long enough, counted; it goes by itself at night."""

from __future__ import annotations

from bot.office.asked import Config, in_words, row, settings_of

KINDS = {
    "updates": "收到的原始消息（正文）",
    "messages": "发出的消息（正文）",
    "calls": "已结案呼叫的原话、照片、位置和呼叫人",
    "erasures": "已完成的删除清单",
}


def retention(config: Config = None) -> None:
    """看今晚会清理什么；只数不删。每天 03:00 自动清理。"""
    from core.retiring import limits_of
    from storage.aside import looking, time_of
    from storage.replaying import StillWire, finished
    from storage.retiring import SqlRetiring
    from storage.sheets import read_district

    settings = settings_of(config)
    with in_words(), looking(settings.storage.url) as connection:
        limits = read_district(settings.district.folder).limits
        before = limits_of(limits, time_of(connection))
        due = finished(SqlRetiring(StillWire(connection)).due(before))
    for kind, name in KINDS.items():
        if kind not in before:
            row(name, "不清理（表里没有这一行）")
        else:
            row(name, f"{due[kind]} 条", f"{before[kind]:%Y-%m-%d} 以前")

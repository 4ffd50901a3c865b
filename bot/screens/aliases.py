"""Words that residents use for an item: what each would change, and how to take it up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from aiogram.utils.formatting import Bold, Text, as_list

from bot.screens.screen import Button, Screen
from bot.words import _

if TYPE_CHECKING:
    from core.aliases import Candidate


def offered(found: Sequence[Candidate], looked_at: int) -> Screen:
    """The words worth offering, the most useful first; a button copies the command for each."""
    if not found:
        told = _("看了最近 {n} 件由工作人员改过或定下事项的呼叫，没有值得加的说法。")
        return Screen(Text(told.format(n=looked_at)))
    head = _("居民常这样说，事项表里还没有。加进“别名”，下次就能直接提示：")
    lines: list[Text | str] = [head]
    for one in found:
        lines += ["", Text(Bold(f"“{one.word}”"), " → ", one.item.name), _told(one)]
    lines += ["", _("点下面的按钮复制命令，发给我，看过改动再确认。不加就不用管。")]
    rows = tuple((_copying(one),) for one in found)
    return Screen(as_list(*lines), buttons=rows)


def _told(one: Candidate) -> str:
    if not one.worse:
        return _("{people} 位居民说过；最近的呼叫里多提示对 {better} 件。").format(
            people=one.people, better=one.better
        )
    told = _("{people} 位居民说过；最近的呼叫里多提示对 {better} 件，少提示对 {worse} 件。")
    return told.format(people=one.people, better=one.better, worse=one.worse)


def _copying(one: Candidate) -> Button:
    label = _("复制：{word} → {item}").format(word=one.word, item=one.item.name)
    return Button(label, copy=f"/alias {one.item.code} {one.word}")

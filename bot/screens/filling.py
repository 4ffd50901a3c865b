"""The steps of an officer's form in private chat: conclusion, words, which agency, last look."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.utils.formatting import BlockQuote, Bold, Text, as_list

from bot.screens import names
from bot.screens.matter import counted
from bot.screens.screen import Button, Screen
from bot.screens.settings import POSTS
from bot.words import _
from core.agency import Agency
from core.call import Medium, Piece
from core.rating import Conclusion
from core.returning import Ground
from core.views import LegView

WHOLE = 2800


def title(view: LegView, what: str) -> Text:
    """``办结 LW-… 路灯不亮``."""
    return Text(Bold(what), " ", view.call.number, " ", names.item(view))


def conclusions(view: LegView) -> Screen:
    """How did it end?"""
    standard = _("办结标准：{standard}").format(standard=view.item.done_standard)
    lines = [title(view, _("办结")), standard, _("结论是哪一种？")]
    rows = tuple((Button(_(names.CONCLUSIONS[one]), data=one.value),) for one in Conclusion)
    return Screen(as_list(*lines), rows)


def grounds(view: LegView) -> Screen:
    """Why is it not ours?"""
    lines = [title(view, _("退单")), _("每件只能退一次，审核期间时限照走。为什么退？")]
    rows = tuple((Button(_(names.GROUNDS[one]), data=one.value),) for one in Ground)
    return Screen(as_list(*lines), rows)


def words(view: LegView, what: str, asked: str, pieces: Sequence[Piece]) -> Screen:
    """Write, add photos, go on."""
    lines = [title(view, what), asked]
    if not pieces:
        return Screen(as_list(*lines))
    lines.append(
        _("已记下：{what}。可以接着发；写好了请点「下一步」。").format(what=counted(pieces))
    )
    on = Button(_("下一步"), data="done", style="primary")
    return Screen(as_list(*lines), ((on,), (Button(_("全部重写"), data="again"),)))


def text(view: LegView, what: str, asked: str, offers: Sequence[str]) -> Screen:
    """A short answer: typed, or one of those offered."""
    rows = tuple((Button(_(offer), data=str(n)),) for n, offer in enumerate(offers))
    return Screen(as_list(title(view, what), asked), rows)


def agencies(view: LegView, what: str, asked: str, found: Sequence[Agency]) -> Screen:
    """Which agency? From the list, or by typing its name."""
    rows = tuple((Button(agency.short_name, data=agency.code),) for agency in found)
    typed = _("列表里没有的，请直接打单位名称。")
    return Screen(as_list(title(view, what), asked, typed), rows)


def look(
    view: LegView, what: str, facts: Sequence[str], pieces: Sequence[Piece], does: str
) -> Screen:
    """Everything once more before it is done; ``does`` stands on the button."""
    said = "\n".join(piece.text for piece in pieces if piece.text)
    shown = said if len(said) <= WHOLE else said[:WHOLE] + _("……（其余照发，不会截断）")
    quote = [BlockQuote(shown)] if shown else []
    beside = [piece for piece in pieces if piece.medium is not Medium.WORDS]
    attached = [_("附：{what}").format(what=counted(beside))] if beside else []
    lines = [
        title(view, what),
        *facts,
        *quote,
        *attached,
        _("没问题就点「{what}」。").format(what=does),
    ]
    send = Button(does, data="send", style="success")
    return Screen(as_list(*lines), ((send,), (Button(_("改内容"), data="words"),)))


def confirm(view: LegView, what: str, facts: Sequence[str]) -> Screen:
    """What would be done, where nothing was written for it; one question may be asked again."""
    lines = [title(view, what), *facts, _("没问题就点「{what}」。").format(what=what)]
    send = Button(what, data="send", style="success")
    return Screen(as_list(*lines), ((send,), (Button(_("重选"), data="again"),)))


def dropped() -> Screen:
    """Nothing was done."""
    return Screen(Text(_("已取消，这一件没有变化。")))


def resolved(view: LegView) -> Screen:
    """The answer is on its way."""
    told = _("已办结 {number}，答复已转给{caller}，等待评价。").format(
        number=view.call.number, caller=names.caller_of(view)
    )
    return Screen(Text("🏁 ", told))


def returned(view: LegView) -> Screen:
    """Somebody else decides now."""
    who = view.adjudicator.short_name if view.adjudicator else _("审核单位")
    told = _("已提交退单 {number}，由【{who}】审核。决定前请照常联系呼叫人。")
    return Screen(Text("↩️ ", told.format(number=view.call.number, who=who)))


def whistles(view: LegView) -> Screen:
    """Which whistle?"""
    lines = [
        title(view, _("上呼")),
        _("用哪一种哨？"),
        _("工作推进哨：推进日常工作。攻坚克难哨：久拖难办的事。应急哨：要马上到场。"),
        _("前两种由负责人吹，应急哨由副职或负责人吹；别人吹的，先等他们同意。"),
    ]
    rows = tuple((Button(_(words), data=kind),) for kind, words in names.WHISTLES.items())
    return Screen(as_list(*lines), rows)


def proposed_whistle(view: LegView) -> Screen:
    """It waits for the head."""
    told = _("{number} 已提交，要由{posts}同意后发出，请他在群里点「同意申请」。")
    proposal = view.leg.proposal
    posts = _("、").join(_(POSTS[post]) for post in (proposal.posts if proposal else ()))
    return Screen(Text("📣 ", told.format(number=view.call.number, posts=posts)))


def standing_in(meant: str) -> str:
    """Why another agency has it than the one that was named."""
    return _("（原请【{meant}】，它还没有办理群）").format(meant=meant)


def called_up(child: LegView, meant: str = "") -> Screen:
    """The level above has it too, or stands in for who was ``meant``."""
    told = _("已上呼【{agency}】一起办理 {number}，仍由你们负责答复。")
    why = standing_in(meant) if meant else ""
    return Screen(
        Text("📣 ", told.format(agency=child.agency.short_name, number=child.call.number), why)
    )

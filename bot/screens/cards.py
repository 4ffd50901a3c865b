"""The card: how a leg looks in a group chat, decided here and nowhere else.

A card shows what the answering agency may see: no phone number, no more of the caller's name
than the caller allowed, nothing of who the caller is in the messenger (I21).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from aiogram.utils.formatting import BlockQuote, Bold, ExpandableBlockQuote, Text, as_list

from bot.screens import names
from bot.screens.buttons import below_card
from bot.screens.easel import Easel
from bot.screens.masking import masked
from bot.screens.progress import clocks, lateness, state
from bot.screens.proposals import proposed
from bot.screens.screen import Screen
from bot.words import N_, _
from core.call import Call, Medium, NameShown, Piece
from core.people import Party
from core.portions import beside_card, portions
from core.redacting import GONE

if TYPE_CHECKING:
    from core.views import LegView

LONG_WORDS = 400
LONGEST_ADDRESS = 200
LONGEST_DETAILS = 600
LONGEST_NOTE = 200
MEDIA = {
    Medium.PHOTO: N_("图片 {n} 张"),
    Medium.VIDEO: N_("视频 {n} 段"),
    Medium.VOICE: N_("语音 {n} 条"),
    Medium.FILE: N_("文件 {n} 份"),
    Medium.PLACE: N_("定位 {n} 个"),
}
TAKEN_BACK = N_("（呼叫人已撤下这段话）")
Lines = list[Text | str]


def card(
    view: LegView,
    *,
    seats: frozenset[Party],
    chat: int,
    now: datetime,
    easel: Easel,
    handed: str = "",
    grid: str = "",
) -> Screen:
    """The card of a leg for a chat with these seats in it, as the leg stands now.

    ``handed`` is what the agency that called up said it had done first; ``grid`` what this chat
    may read of the grid the call lies in.
    """
    if view.call.erased:
        return erased(view)
    lines = [
        *heading(view, now, easel),
        *matter(view, grid),
        *background(view, handed),
        "",
        *clocks(view, easel),
        *state(view, easel),
        *proposed(view, easel),
        *elsewhere(view, seats),
    ]
    return Screen(as_list(*lines), buttons=below_card(view, seats=seats, chat=chat, easel=easel))


def erased(view: LegView) -> Screen:
    """What is left of a card: number, item, how it ended - and why there is no more."""
    outcome = view.leg.outcome
    ended = _(names.OUTCOMES[outcome]) if outcome else _(names.STATUSES[view.leg.status])
    return Screen(
        as_list(
            Bold(view.call.number),
            Text(names.item(view), " · ", ended),
            _("内容已按当事人要求删除。"),
        )
    )


def seats_of(view: LegView, agency: str) -> frozenset[Party]:
    """Which parts an agency has in a leg: what its group may do there."""
    leg = view.leg
    parts = {
        Party.AGENCY: leg.agency,
        Party.ADJUDICATOR: leg.adjudicator,
        Party.CALLER: leg.caller_agency,
        Party.VERIFIER: leg.verifier,
        Party.SUPERVISOR: view.supervisor.code if view.supervisor else None,
        Party.APPROVER: leg.proposal.asked if leg.proposal else None,
    }
    return frozenset(party for party, code in parts.items() if code == agency)


def heading(view: LegView, now: datetime, easel: Easel) -> Lines:
    """Number, urgency, how late, and which item."""
    call = view.call
    marks = lateness(view, now, easel)
    return [
        Bold(f"{call.number} · {names.intent_and_urgency(view)}"),
        *([Bold(_("🔺 区级督办"))] if view.leg.pressed_at and view.leg.open else []),
        *([Bold(marks)] if marks else []),
        Bold(names.item(view)),
    ]


def matter(view: LegView, grid: str = "") -> Lines:
    """Where, who, and the caller's own words - or where to find them."""
    call = view.call
    lines: Lines = [
        _("📍 {place}").format(place=" · ".join(filter(None, (place(view), grid)))),
        _("👤 {who}").format(who=who(view)),
    ]
    if call.supporters:
        lines.append(_("👥 另有 {n} 位居民反映同一件事").format(n=call.supporters))
    words = shown_words(call)
    if words:
        quote = ExpandableBlockQuote if len(words) > LONG_WORDS else BlockQuote
        lines.append(quote(words))
    if call.details:
        lines.append(Text(_("补充："), clipped(masked(call.details), LONGEST_DETAILS)))
    lines += beside(call)
    return lines


def place(view: LegView) -> str:
    """The community, its street where known, and what the caller said of the address."""
    address = clipped(masked(view.call.address), LONGEST_ADDRESS)
    return f"{view.community.short_name} {address}".strip()


def who(view: LegView) -> str:
    """The masked caller; for a leg called up by an agency's own choice, that agency too."""
    caller = names.caller(view.call)
    if view.member and view.call.name_shown is not NameShown.ANONYMOUS:
        caller = _("{caller}（党员）").format(caller=caller)
    if view.call.unclaimed:
        caller = _("{caller}（工作人员代为登记）").format(caller=caller)
    if view.caller_agency is None or view.leg.reason == "danger":
        return caller
    calls = (
        _("{agency}请求协办（居民 {caller}）")
        if view.leg.co
        else _("{agency}上呼（居民 {caller}）")
    )
    return calls.format(agency=view.caller_agency.short_name, caller=caller)


def shown_words(call: Call) -> str:
    """The caller's words with numbers masked, or nothing when they follow as replies."""
    pieces = in_groups(call.pieces)
    said, outside = portions(pieces), set(beside_card(pieces))
    return "".join(one.words for one in said if one.index not in outside)


def beside(call: Call) -> Lines:
    """What follows the card as replies."""
    counts = {medium: sum(p.medium is medium for p in call.pieces) for medium in MEDIA}
    told = [_(MEDIA[medium]).format(n=n) for medium, n in counts.items() if n]
    if any(piece.medium is Medium.WORDS for piece in call.pieces) and not shown_words(call):
        told.insert(0, _("原话较长"))
    return [_("📎 {what}，见下面的回复").format(what=_("、").join(told))] if told else []


def background(view: LegView, handed: str) -> Lines:
    """Why this agency, and what happened before it came here."""
    leg = view.leg
    lines: Lines = linked(view)
    if leg.clause:
        lines.append(_("📖 依据：{clause}").format(clause=clipped(leg.clause, LONGEST_NOTE)))
    if leg.whistle:
        lines.append(_("📣 {whistle}").format(whistle=_(names.WHISTLES[leg.whistle])))
    if leg.reason in names.REASONS and not handed:
        lines.append(_("📝 {reason}").format(reason=_(names.REASONS[leg.reason])))
    if handed:
        handed_on = _("🧾 请协办：{words}") if leg.co else _("🧾 先行处置：{words}")
        lines.append(handed_on.format(words=clipped(handed, LONGEST_NOTE)))
    if not view.reachable:
        lines.append(_("⚠️ 暂时联系不上呼叫人"))
    return lines


def elsewhere(view: LegView, seats: frozenset[Party]) -> Lines:
    """For a group that gave the leg away: who has it now."""
    if seats or not view.leg.open:
        return []
    return [_("➡️ 现由【{agency}】办理").format(agency=view.agency.short_name)]


def linked(view: LegView) -> Lines:
    """The call this one is linked with, and how."""
    link = view.call.link
    return [_(names.LINKS[link]).format(number=view.linked)] if link and view.linked else []


def in_groups(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """What was said, as a group may read it: same portions, numbers masked."""
    return tuple(replace(piece, text=masked(piece.text)) for piece in redacted(pieces))


def redacted(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """With a sentence in place of what its caller took back."""
    gone = Piece(Medium.WORDS, _(TAKEN_BACK))
    return tuple(gone if piece == GONE else piece for piece in pieces)


def clipped(words: str, longest: int) -> str:
    """Words of secondary weight, kept to a length."""
    return words if len(words) <= longest else words[: longest - 1] + "…"

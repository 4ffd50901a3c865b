"""Turns rows that say what happened into messages, at the moment of delivery.

Because nothing was printed before, an old card row shows the leg as it is now, a nudge about
what has been done since is dropped, and a change of words needs no migration.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.delivery.speech import Speech
from bot.screens import (
    board_rows,
    by_phone,
    claimed,
    digests,
    discreet,
    handing_out,
    petitions,
    redacting,
    revealing,
    taking_back,
    told_checks,
    told_danger,
    told_holds,
    told_proposals,
    told_waiting,
    topical,
    urging,
)
from bot.screens.easel import Easel
from bot.screens.filling import standing_in
from bot.screens.hushed import hushed
from bot.screens.notices import Telling
from bot.screens.saying import in_topic, keyboard, replying, said, worded
from bot.screens.screen import Screen
from bot.screens.sheltered import sheltered
from bot.screens.to_agency import TO_ADJUDICATOR, TO_AGENCY
from bot.screens.to_caller import TO_CALLER
from bot.screens.told_supporters import TO_SUPPORTER
from bot.screens.told_together import TO_DENIER
from bot.words import speaking
from core.albums import album_of, together
from core.board import Board
from core.desk.helping import ASKS_IN
from core.discretion import hidden_from
from core.journal import Entry
from core.lifecycle import Action
from core.outgoing import Kind, OutboxRow
from core.people import Binding, Party
from core.portions import words_alone
from core.ports import Work
from core.posting import Posting, Purpose
from core.views import LegView

PASSED_ON = frozenset({Action.AGREE, Action.NAME_LEAD})
CALLED_IN = frozenset({Action.CALL_UP, *ASKS_IN.values()})
WORDS_OF = {
    Party.SUPPORTER: TO_SUPPORTER | told_proposals.TO_SUPPORTER | told_waiting.TO_SUPPORTER,
    Party.VERIFIER: told_checks.TO_VERIFIER,
    Party.CALLER: TO_CALLER
    | told_proposals.TO_CALLER
    | told_waiting.TO_CALLER
    | claimed.TO_CALLER
    | revealing.TO_CALLER
    | discreet.TO_CALLER,
    Party.AGENCY: TO_AGENCY | told_proposals.TO_AGENCY | claimed.TO_AGENCY | redacting.TO_AGENCY,
    Party.ADJUDICATOR: TO_ADJUDICATOR | told_holds.TO_ADJUDICATOR,
    Party.APPROVER: told_proposals.TO_APPROVER,
    Party.DENIER: TO_DENIER,
    Party.RESIDENT: told_checks.TO_RESIDENT,
    Party.SUPERVISOR: told_checks.TO_SUPERVISOR
    | told_holds.TO_SUPERVISOR
    | told_danger.TO_SUPERVISOR
    | {Action.NUDGE: urging.above},
}


class Renderer:
    """Holds nothing but what every drawing needs; reads the store, never writes."""

    def __init__(self, easel: Easel) -> None:
        self._easel = easel

    async def render(self, row: OutboxRow, work: Work) -> Speech | None:
        """The message this row asks for now; None when there is nothing left to say."""
        board = Board(work, self._easel.district)
        speech = await self._rendered(row, board)
        if speech is None:
            return None
        return await hushed(sheltered(speech, row), row, board, self._easel)

    async def _rendered(self, row: OutboxRow, board: Board) -> Speech | None:
        if row.kind is Kind.CARD:
            return await self._card(row, board)
        if row.kind is Kind.BOARD:
            return await board_rows.board(row, board, self._easel)
        if row.kind is Kind.DIGEST:
            return await digests.digest(row, board, self._easel)
        if row.kind is Kind.PHONE_TASK:
            return await by_phone.task(row, board, self._easel)
        if row.kind is Kind.TOPIC:
            return await topical.topic(row, board)
        if row.kind is Kind.LEAVE:
            return await taking_back.going(row, board)
        if row.kind is Kind.STUB:
            return taking_back.stub(row, (await board.leg(row.payload["leg"])).call)
        if row.kind is Kind.EXPORT:
            return await handing_out.export(row, board)
        if row.kind is Kind.PETITION:
            return await petitions.petition(row, board, self._easel)
        return await self._notice(row, board)

    async def _card(self, row: OutboxRow, board: Board) -> Speech | None:
        posting = await board.work.postings.card(row.payload["leg"], row.lane)
        binding = await board.work.groups.at_chat(row.lane)
        view = await board.leg(row.payload["leg"])
        if (binding is not None and binding.suspended) or _pointless(view, binding, posting):
            return None
        screen = self._drawn_for(view, binding, row, await _handed(view, board))
        where = (
            {} if posting else in_topic(binding, await topical.own(view.leg.id, binding, board))
        )
        return _shown(screen, view, row.lane, where, posting)

    def _drawn_for(
        self, view: LegView, binding: Binding | None, row: OutboxRow, handed: str
    ) -> Screen:
        """The card as the agency of this chat may read it."""
        return discreet.drawn(
            view,
            binding.agency if binding else "",
            chat=row.lane,
            now=row.created_at,
            easel=self._easel,
            handed=handed,
        )

    async def _notice(self, row: OutboxRow, board: Board) -> Speech | None:
        telling = await self._telling(row, board)
        with speaking(await _language(telling, board)):
            tells = WORDS_OF[telling.to].get(telling.entry.action)
            told = tells(telling) if tells else None
            if told is None:
                return None
            if telling.chat > 0 and not telling.to_resident:
                told = urging.in_private(telling, told)
            speech = said(told, telling, int(row.payload["part"]))
        if speech is None or telling.to_resident:
            return speech
        if telling.chat > 0:
            return speech
        if await _unread(telling, board):
            return None
        placed = await _in_group(speech, telling, board)
        return await urging.edited(placed, telling, row, board) if placed else None

    async def _telling(self, row: OutboxRow, board: Board) -> Telling:
        entry = await board.entry(row.payload["entry"])
        view = await board.leg(entry.leg_id)
        if album_of(entry):
            entry = together(entry, await board.work.journal.of_call(entry.call_id))
        to = Party(row.payload["to"])
        if to is Party.SUPPORTER:
            entry = replace(entry, pieces=words_alone(entry.pieces))
        return Telling(
            entry=entry,
            view=view,
            to=to,
            chat=row.lane,
            easel=self._easel,
            officers=await board.officers_of(view.leg.agency),
        )


def _pointless(view: LegView, binding: Binding | None, posting: Posting | None) -> bool:
    """A card nobody was ever shown is not begun for a closed leg, or in somebody else's chat."""
    waits = view.leg.open or view.leg.proposal is not None
    return posting is None and (binding is None or not waits)


async def _handed(view: LegView, board: Board) -> str:
    """What the agency below said it had done before it called up, whoever was called first."""
    if view.leg.parent_id is None:
        return ""
    entries = await board.work.journal.of_call(view.call.id)
    known = {view.leg.agency, *(_gave_up(entries) if view.leg.reason == "returned" else ())}
    begun = view.leg.dispatched_at
    for entry in reversed([one for one in entries if begun is None or one.at <= begun]):
        called = entry.action in CALLED_IN and entry.leg_id == view.leg.parent_id
        if called and entry.facts.get("agency") in known:
            words = " ".join(piece.text for piece in entry.pieces if piece.text)
            return f"{_meant(entry, board)}{words}"
    return ""


def _gave_up(entries: Sequence[Entry]) -> set[object]:
    """The agencies whose legs were passed on."""
    over = {one.leg_id for one in entries if one.action in PASSED_ON}
    begun = (one for one in entries if one.action is Action.DISPATCH and one.leg_id in over)
    return {one.facts.get("agency") for one in begun}


def _meant(entry: Entry, board: Board) -> str:
    """Who was called, where this agency stands in for one without a group."""
    known = board.district.tree.by_code.get(str(entry.facts.get("meant")))
    return standing_in(known.short_name) if known else ""


async def _unread(telling: Telling, board: Board) -> bool:
    """Whether this group may not hear of it: of what is restricted only that it stands still."""
    binding = await board.group(telling.chat)
    if binding is None or telling.entry.action is Action.NUDGE:
        return False
    return hidden_from(board.district.tree, telling.view, binding.agency)


async def _language(telling: Telling, board: Board) -> str:
    """Groups read the language of the office, residents their own."""
    resident = await board.resident(telling.chat) if telling.to_resident else None
    return resident.language if resident else "zh_Hans"


async def _in_group(speech: Speech, telling: Telling, board: Board) -> Speech | None:
    """The same as a reply to the card of the leg, in the topic of the binding."""
    binding = await board.group(telling.chat)
    if binding is None:
        return None
    card = await _card_below(telling.view, binding, board)
    thread = card.thread if card else await topical.own(telling.view.leg.id, binding, board)
    below = replying(card.message) if card else {}
    params = {**speech.params, **in_topic(binding, thread), **below}
    return replace(speech, params=params)


async def _card_below(view: LegView, binding: Binding, board: Board) -> Posting | None:
    """The card this chat knows the matter by: the leg's own, or that of the leg that called."""
    legs = (view.leg.id, view.leg.parent_id)
    own = legs if binding.agency != view.leg.caller_agency else legs[::-1]
    for leg in own:
        posting = await board.work.postings.card(leg, binding.chat) if leg else None
        if posting is not None:
            return posting
    return None


def _shown(
    screen: Screen, view: LegView, chat: int, where: dict[str, Any], posting: Posting | None
) -> Speech:
    params = {"chat_id": chat, **worded(screen.text), **keyboard(screen.buttons)}
    if posting:
        where = {"message_id": posting.message}
    return Speech(
        method="editMessageText" if posting else "sendMessage",
        params={**params, **where},
        leg=view.leg.id,
        purpose=Purpose.CARD,
        replaces=posting.message if posting else None,
    )

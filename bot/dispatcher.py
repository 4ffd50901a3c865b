"""The dispatcher: who speaks is settled first, then routers in order, refusals put into words.

It keeps no state of its own (conversations lie in the store) and swallows no error: what a
handler raises reaches the worker, which rolls back and tries the update again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from aiogram import Dispatcher, Router
from aiogram.fsm.storage.memory import DisabledEventIsolation

from bot.failures import refusals_in_words
from bot.flood import Flood
from bot.flows.add_co import add_co
from bot.flows.admit import admit
from bot.flows.again import again
from bot.flows.appeal import appeal
from bot.flows.ask import ask
from bot.flows.ask_extension import ask_extension
from bot.flows.behalf import behalf
from bot.flows.call_up import call_up
from bot.flows.claim import claim
from bot.flows.engine import Engine
from bot.flows.fail_check import fail_check
from bot.flows.lift import lift
from bot.flows.log_phone import log_phone
from bot.flows.merge import merge
from bot.flows.my_calls import my_calls
from bot.flows.my_data import my_data
from bot.flows.name_lead import name_lead
from bot.flows.object_to_hold import object_to_hold
from bot.flows.object_to_rating import object_to_rating
from bot.flows.order_up import order_up
from bot.flows.oversee import press_call, reopen_call
from bot.flows.own_number import own_number
from bot.flows.propose_finding import propose_finding
from bot.flows.propose_hold import propose_hold
from bot.flows.propose_rejection import propose_rejection
from bot.flows.raise_call import raise_call
from bot.flows.rate_call import rate_call
from bot.flows.reclass import reclass
from bot.flows.redirect import redirect
from bot.flows.resolve_call import resolve_call
from bot.flows.restrict import restrict
from bot.flows.return_call import return_call
from bot.flows.retype import retype
from bot.flows.reveal import reveal
from bot.flows.scene import set_the_scene
from bot.flows.split import split
from bot.flows.steps import Flow
from bot.handlers import (
    admin,
    after_closing,
    aliases,
    approving,
    auditing,
    banned,
    boards,
    breaching,
    canned,
    channel,
    claiming,
    drilling,
    duties,
    duty,
    edited_commands,
    exporting,
    finding,
    gate,
    health,
    holding,
    language,
    leaves,
    leftovers,
    listing,
    misroutes,
    more,
    opening,
    petitions,
    places,
    placing,
    ranking,
    rating_up,
    registers,
    resident,
    roster,
    ruling,
    sheets,
    silence,
    slashes,
    standing_by,
    start,
    stats,
    steps,
    topics,
)
from bot.introductions import Introductions
from bot.screens.studio import Studio
from bot.screens.taps import Taps
from bot.unthreaded import stay_in_the_loop
from core.in_force import InForce

FLOWS: Sequence[Callable[[], Flow]] = (
    raise_call,
    behalf,
    claim,
    reveal,
    restrict,
    lift,
    my_calls,
    my_data,
    own_number,
    appeal,
    rate_call,
    resolve_call,
    return_call,
    call_up,
    reclass,
    retype,
    log_phone,
    add_co,
    merge,
    split,
    name_lead,
    ask_extension,
    again,
    fail_check,
    press_call,
    reopen_call,
    admit,
    ask,
    redirect,
    propose_rejection,
    propose_hold,
    object_to_hold,
    order_up,
    propose_finding,
    object_to_rating,
)
# Order matters: start links of officers come before the residents' own /start, commands of a
# group before replies in it, and what nobody took comes last.
ROUTERS: Sequence[Callable[[], Router]] = (
    banned.router,
    sheets.router,
    exporting.router,
    resident.files,
    silence.router,
    places.router,
    topics.router,
    admin.router,
    ruling.router,
    aliases.router,
    misroutes.router,
    petitions.router,
    breaching.router,
    channel.router,
    ranking.router,
    placing.router,
    auditing.router,
    opening.router,
    finding.router,
    gate.router,
    health.router,
    claiming.router,
    start.router,
    language.router,
    duties.router,
    stats.router,
    drilling.router,
    boards.router,
    registers.router,
    leaves.router,
    roster.router,
    listing.router,
    slashes.router,
    edited_commands.router,
    duty.router,
    steps.router,
    canned.router,
    rating_up.router,
    approving.router,
    holding.router,
    more.router,
    standing_by.router,
    after_closing.router,
    resident.router,
    leftovers.router,
)


def build_dispatcher(
    *,
    rules: InForce,
    taps: Taps,
    bot_name: str,
    administrators: Collection[int],
    flood: Flood | None = None,
) -> Dispatcher:
    """A dispatcher to be fed with ``work``, ``now`` and ``record``, one update at a time."""
    dispatcher = Dispatcher(disable_fsm=True, events_isolation=DisabledEventIsolation())
    dispatcher.workflow_data.update(
        taps=taps,
        bot_name=bot_name,
        administrators=frozenset(administrators),
        engine=Engine(flow() for flow in FLOWS),
    )
    studio = Studio(rules, taps, bot_name)
    dispatcher.update.outer_middleware(
        Introductions(studio, frozenset(administrators), flood or Flood(per_minute=0))
    )
    for events in (dispatcher.message, dispatcher.edited_message, dispatcher.callback_query):
        events.middleware(refusals_in_words)
        events.middleware(set_the_scene)
    resident.first_of_all(dispatcher)
    dispatcher.include_routers(*(router() for router in ROUTERS))
    stay_in_the_loop(dispatcher)
    return dispatcher

"""A resident follows their calls: look, add, urge, withdraw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows import again, own_number, redact
from bot.flows.accepting import ANYTHING, MEDIA, choice, words
from bot.flows.material import ALBUM, album_goes_on
from bot.flows.object_to_hold import object_in_words
from bot.flows.steps import Chosen, Done, Flow, Goto, Kept, Stay, Step
from bot.screens import discreet, objecting, timeline
from bot.screens.promised import promised
from bot.words import _
from core.call import Origin
from core.errors import NotFound
from core.withdrawing import needs_a_look

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft, Value
    from bot.screens.screen import Screen
    from core.call import Piece
    from core.views import CallView

NAME = "mycalls"
CALL = "call"
STEPS = {
    "add": "adding",
    "object": "object",
    "again": "again",
    "suffers": "suffers",
    redact.STEP: redact.STEP,
}


def my_calls() -> Flow:
    """Looking is loose: a new matter typed meanwhile simply starts."""
    return Flow(
        name=NAME,
        steps=(
            Step("list", _list_screen, (choice,), _keep_list, skip=lambda draft: CALL in draft),
            Step("call", _call_screen, (choice,), _keep_call),
            Step("adding", _adding_screen, (choice, *ANYTHING), _keep_adding),
            Step("object", _object_screen, (words,), _keep_object),
            Step("withdraw", _withdraw_screen, (choice, words), _keep_withdraw),
            Step("suffers", _suffers_screen, (words, *MEDIA), _keep_suffers),
            *redact.steps(),
            own_number.step("list"),
            Step("again", again.ask_what_is_left, (choice, *ANYTHING), _keep_again),
        ),
        ends=_end,
        cancelled=timeline.left,
        numbered=False,
        loose=True,
    )


async def add_to_leg(leg_id: int, piece: Piece, scene: Scene) -> str:
    """Pass one piece on to the agency that answers; what to tell the resident."""
    origin = Origin(scene.chat, scene.message)
    await scene.desk.add(leg_id, (piece,), by=scene.actor, now=scene.now, origin=origin)
    view = await scene.board.leg(leg_id)
    return _("已转给{agency}（{number}）。").format(
        agency=view.agency.short_name, number=view.call.number
    )


async def _own(draft: Draft, scene: Scene) -> CallView:
    """The call the draft is about; somebody else's is not found."""
    view = await scene.board.call(draft[CALL])
    if view.call.caller != scene.account:
        raise NotFound(call=draft[CALL])
    return view


async def _list_screen(draft: Draft, scene: Scene) -> Screen:
    mine = await scene.board.my_calls(scene.account)
    supported = await scene.board.supported(scene.account)
    return timeline.calls(mine, supported, phone=await own_number.left(scene))


async def _keep_list(draft: Draft, value: Value, scene: Scene) -> Kept:
    if isinstance(value, Chosen) and value.value == own_number.STEP:
        return Goto(draft, own_number.STEP)
    number = value.value.removeprefix("call:") if isinstance(value, Chosen) else "0"
    return {**draft, CALL: int(number)}


async def _call_screen(draft: Draft, scene: Scene) -> Screen:
    zone = scene.board.district.calendar.zone
    if await scene.board.supports(scene.account, draft[CALL]):
        return timeline.followed(await scene.board.call(draft[CALL]), scene.now, zone)
    view = await _own(draft, scene)
    suffers = scene.board.district.catalogue.retaliation is not None
    return timeline.call(
        view, scene.now, zone, reopens=again.reopens(view, scene), suffers=suffers
    )


async def _keep_call(draft: Draft, value: Value, scene: Scene) -> Kept:
    chosen = value.value if isinstance(value, Chosen) else ""
    if chosen == "leave":
        call = await scene.desk.unsupport(draft[CALL], by=scene.actor, now=scene.now)
        return Done(timeline.unfollowed(call.number))
    if chosen == "part":
        view = await _own(draft, scene)
        await scene.desk.part(view.main.leg.id, by=scene.actor, now=scene.now)
        return Stay(draft, note=_("已恢复，单独办理。"))
    if chosen != "urge":
        return Goto(draft, STEPS.get(chosen, "withdraw"))
    view = await _own(draft, scene)
    leg = await scene.desk.urge(view.call.id, by=scene.actor, now=scene.now)
    agency = scene.board.district.tree.get(leg.agency).short_name
    return Stay(draft, note=_("已替您催办，{agency}马上会看到。").format(agency=agency))


async def _adding_screen(draft: Draft, scene: Scene) -> Screen:
    return timeline.adding((await _own(draft, scene)).call.number)


async def _keep_adding(draft: Draft, value: Value, scene: Scene) -> Kept:
    if isinstance(value, Chosen):
        return Goto(draft, CALL)
    view = await _own(draft, scene)
    told = await add_to_leg(view.main.leg.id, value, scene)
    quiet = album_goes_on(draft, value)
    return Stay({**draft, ALBUM: value.album}, note="" if quiet else told, quiet=quiet)


async def _object_screen(draft: Draft, scene: Scene) -> Screen:
    return objecting.asks((await _own(draft, scene)).call.number)


async def _keep_object(draft: Draft, value: Value, scene: Scene) -> Kept:
    view = await _own(draft, scene)
    said = "" if isinstance(value, Chosen) else value.text
    return Done(await object_in_words(view.main.leg.id, None, said, scene))


async def _withdraw_screen(draft: Draft, scene: Scene) -> Screen:
    view = await _own(draft, scene)
    looks = view.main.agency.short_name if needs_a_look(view.call) else ""
    return timeline.withdrawing(view.call.number, looks=looks)


async def _keep_withdraw(draft: Draft, value: Value, scene: Scene) -> Kept:
    view = await _own(draft, scene)
    why = {f"why:{n}": reason for n, reason in enumerate(timeline.REASONS)}
    said = why.get(value.value, "") if isinstance(value, Chosen) else value.text
    call = await scene.desk.withdraw(view.call.id, words=said, by=scene.actor, now=scene.now)
    if call.closed_at is None:
        return Done(timeline.withdrawal_waits(call.number, view.main.agency.short_name))
    return Done(timeline.withdrawn(call.number))


async def _suffers_screen(draft: Draft, scene: Scene) -> Screen:
    return discreet.suffering((await _own(draft, scene)).call.number)


async def _keep_suffers(draft: Draft, value: Value, scene: Scene) -> Kept:
    """A call of its own, for named people alone; the draft's id finds it again (I5)."""
    view = await _own(draft, scene)
    said = () if isinstance(value, Chosen) else (value,)
    call = await scene.desk.report_retaliation(
        view.call.id, said, draft_id=f"{draft['id']}.suffers", by=scene.actor, now=scene.now
    )
    leg = (await scene.board.call(call.id)).main
    return Done(promised(leg, scene.now, scene.board.district.calendar.zone), leg=leg.leg.id)


async def _keep_again(draft: Draft, value: Value, scene: Scene) -> Kept:
    return await again.take_up(await again.keep_what_is_left(draft, value, scene), scene)


async def _end(draft: Draft, scene: Scene) -> Screen:
    return timeline.left()

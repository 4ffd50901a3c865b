"""Raising a call, last parts: danger, what the item wants to know, the last look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows import own_number, raise_intent
from bot.flows.accepting import MEDIA, choice, words
from bot.flows.material import album_goes_on, pieces_of, with_piece
from bot.flows.raise_item import FACTS, UNSURE
from bot.flows.raise_place import VIEW, address_of
from bot.flows.steps import Chosen, Goto, Kept, Stay, Step
from bot.screens import danger, discreet, look
from core.agency import Point
from core.call import Call, Medium, NameShown, NewCall, OnBehalf, Piece
from core.errors import NotFound
from core.intent import class_of
from core.leg import Leg
from core.nudging import URGENT
from core.views import LegView

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft, Value
    from bot.screens.screen import Screen

ALARM = "alarm"
DETAILS = "details"
DISCREET = "discreet"
LONGEST_DETAILS = 500
NAMES = (NameShown.WITHHELD, NameShown.SHOWN, NameShown.ANONYMOUS)


def danger_step() -> Step:
    """Asked of every call; "yes" shows the numbers first."""
    return Step(
        "danger",
        asks=_danger_screen,
        accepts=(choice,),
        keeps=_keep_danger,
        skip=lambda draft: "danger" in draft,
        always=lambda value, scene: value in ("no", "yes"),
        retreats=lambda draft: {**draft, ALARM: False} if draft.get(ALARM) else None,
    )


def details_step() -> Step:
    """Only for items that want to know something, and then answered, but for what is urgent."""
    return Step(
        "details",
        asks=_details_screen,
        accepts=(choice, words),
        keeps=_keep_details,
        skip=lambda draft: DETAILS in draft or draft.get(FACTS) == [],
        surely=False,
    )


def look_step() -> Step:
    """What handlers will see; everything can still be changed."""
    return Step(
        "look",
        asks=_look_screen,
        accepts=(choice, words, *MEDIA),
        keeps=_keep_look,
        retreats=_to_the_look,
        always=lambda value, scene: value == "send",
    )


async def own_phone(draft: Draft, scene: Scene) -> str | None:
    """The caller's number that goes with this call; None where somebody raises it for others."""
    if "phone" in draft:
        return None
    return "" if draft.get(own_number.WITHOUT) else await own_number.left(scene)


async def number_for(draft: Draft, scene: Scene) -> str:
    """The number the call is raised with: none where no name goes with it either."""
    nameless = draft.get("name") == NameShown.ANONYMOUS
    return "" if nameless else await own_phone(draft, scene) or ""


def new_call(draft: Draft, scene: Scene, *, behalf: OnBehalf | None = None) -> NewCall:
    """What the desk is handed; ``behalf`` says for whom an officer raises it."""
    point = Point(*draft["point"]) if draft.get("point") else None
    pinned = (Piece(Medium.PLACE, point=point),) if point else ()
    return NewCall(
        draft_id=draft["id"],
        item=draft["item"],
        community=draft["community"],
        pieces=(*pieces_of(draft), *pinned),
        address=address_of(draft, scene),
        point=point,
        details=draft.get(DETAILS, ""),
        danger=bool(draft.get("danger")),
        name_shown=NameShown(draft.get("name", NameShown.WITHHELD)),
        sure=not draft.get(UNSURE),
        phone=draft.get("phone", ""),
        behalf=behalf,
        restricted=bool(draft.get("restricted")),
        avoids=draft.get("avoids", ""),
        intent=raise_intent.intent_of(draft, scene),
    )


async def _danger_screen(draft: Draft, scene: Scene) -> Screen:
    return danger.stop() if draft.get(ALARM) else danger.question()


async def _keep_danger(draft: Draft, value: Value, scene: Scene) -> Kept:
    chosen = value.value if isinstance(value, Chosen) else ""
    if chosen == "yes":
        return Stay({**draft, ALARM: True})
    return {**draft, ALARM: False, "danger": chosen == "reported"}


async def _details_screen(draft: Draft, scene: Scene) -> Screen:
    item = scene.board.district.catalogue.get(draft["item"])
    urgent = bool(draft.get("danger")) or item.urgency in URGENT
    return look.details(draft.get(FACTS, ()), urgent=urgent)


async def _keep_details(draft: Draft, value: Value, scene: Scene) -> Kept:
    """Short details stand on the card; long ones are part of the matter, whole."""
    if isinstance(value, Chosen):
        unknown = value.value == look.UNKNOWN
        return {**draft, DETAILS: look.unanswered(draft.get(FACTS, ())) if unknown else ""}
    if len(value.text) <= LONGEST_DETAILS:
        return {**draft, DETAILS: value.text}
    grown = with_piece(draft, value, scene.message)
    kept = grown.draft if isinstance(grown, Stay) else grown
    return {**kept, DETAILS: ""}


async def _look_screen(draft: Draft, scene: Scene) -> Screen:
    seen = preview(draft, scene)
    if draft.get(DISCREET):
        return await _discreet_screen(draft, scene)
    if asked := raise_intent.screen(draft, scene):
        return asked
    unsure = bool(draft.get(UNSURE))
    return look.look(seen, unsure=unsure, phone=await own_phone(draft, scene))


def _to_the_look(draft: Draft) -> Draft | None:
    """From a choice behind the look back to it."""
    if not (draft.get(DISCREET) or draft.get(raise_intent.VIEW)):
        return None
    return {**draft, DISCREET: False, raise_intent.VIEW: ""}


async def _discreet_screen(draft: Draft, scene: Scene) -> Screen:
    """Who is not to know: nobody but named people, or the agency that it is about."""
    item, place = draft["item"], draft["community"]
    usual = await scene.board.answering(item, place)
    above = await scene.board.answering(item, place, avoids=usual.code)
    team = scene.board.district.tree.team_for(place)
    return discreet.asks(usual, above if above is not usual else None, team)


async def _keep_look(draft: Draft, value: Value, scene: Scene) -> Kept:
    if isinstance(value, Chosen):
        return await _changed(draft, value.value, scene)
    grown = with_piece(draft, value, scene.message)
    if isinstance(grown, Stay):
        return grown
    return Stay(grown, quiet=album_goes_on(draft, value))


async def _changed(draft: Draft, chosen: str, scene: Scene) -> Kept:
    """Send, turn the name over, say who is not to know, or go back to one question."""
    if chosen == "send":
        return draft
    if chosen in (DISCREET, *discreet.CHOICES):
        return await _discreet(draft, chosen, scene)
    if raise_intent.mine(chosen):
        return raise_intent.changed(draft, chosen)
    if chosen == "name":
        shown = NameShown(draft.get("name", NameShown.WITHHELD))
        following = NAMES[(NAMES.index(shown) + 1) % len(NAMES)]
        return Stay({**draft, "name": following.value})
    return Goto({**draft, VIEW: None}, chosen)


async def _discreet(draft: Draft, chosen: str, scene: Scene) -> Kept:
    plain = {**draft, "restricted": False, "avoids": "", DISCREET: chosen == DISCREET}
    if chosen == discreet.TEAM:
        return Stay({**plain, "restricted": True})
    if chosen == discreet.ABOVE:
        usual = await scene.board.answering(draft["item"], draft["community"])
        return Stay({**plain, "avoids": usual.code})
    return Stay(plain)


def preview(draft: Draft, scene: Scene) -> LegView:
    """The call as it would be, so that the card's own drawing shows it.

    ``NotFound`` when the sheets lost its item or place since.
    """
    new = new_call(draft, scene)
    district = scene.board.district
    named = new.item in district.catalogue.by_code or not (new.item or new.sure)
    item = district.catalogue.get(new.item) if named else None
    community = district.tree.by_code.get(new.community)
    if item is None or community is None:
        raise NotFound(item=new.item, community=new.community)
    call = Call(
        id=0,
        number="",
        draft_id=new.draft_id,
        caller=scene.account,
        caller_name=draft.get("called", scene.actor.name),
        name_shown=new.name_shown,
        item=new.item,
        urgency=class_of(item, new, district.limits),
        danger=new.danger,
        community=new.community,
        address=new.address,
        point=new.point,
        details=new.details,
        pieces=new.pieces,
        raised_at=scene.now,
        restricted=new.restricted or item.restricted,
        avoids=new.avoids,
        intent=new.intent,
    )
    leg = Leg(id=0, call_id=0, agency=new.community)
    avoided = district.tree.by_code.get(new.avoids)
    return LegView(leg, call, item, avoided or community, community)

"""Raising a call, fourth part: where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.accepting import choice, pin, words
from bot.flows.material import PIECES, as_json
from bot.flows.steps import Chosen, Goto, Kept, Reason, Stay, Step
from bot.screens import place
from bot.words import _, speaking
from core.agency import Agency, AgencyKind
from core.call import Medium, Piece
from core.features import Feature

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft, Value
    from bot.screens.screen import Screen

VIEW = "place_view"
COMMUNITY = "community"
EDGE = "edge"
OFFICE = "zh_Hans"
LONGEST_ADDRESS = 150


def step() -> Step:
    """By pin, by name, or by street; a notice board's link knows it already."""
    return Step(
        "place",
        asks=_screen,
        accepts=(choice, pin, words),
        keeps=_keep,
        skip=lambda draft: COMMUNITY in draft,
        retreats=_retreat,
        echoes=_chosen,
        always=_any_community,
    )


def _any_community(value: str, scene: Scene) -> bool:
    """Every one can be come to by street."""
    kind, _colon, code = value.partition(":")
    place = scene.board.district.tree.by_code.get(code) if kind == "c" else None
    return place is not None and place.kind is AgencyKind.COMMUNITY


def with_pin(draft: Draft, piece: Piece, scene: Scene) -> Draft | Reason:
    """The draft with a pin, to be confirmed at the place step; a reason outside the district."""
    found = scene.guide.near(piece.point) if piece.point else ()
    if piece.point is None or not found:
        return Reason(place.outside(scene.board.district.tree.district.name))
    edge = scene.guide.edge(piece.point, piece.accuracy)
    view = {"at": "edge" if edge else "near", "codes": [one.code for one in edge or found]}
    return {**draft, "point": as_json(piece)["point"], VIEW: view}


def pinned_beside(draft: Draft, piece: Piece, scene: Scene) -> Kept:
    """A pin sent at another step: confirmed at the place step, now if that is past."""
    kept = with_pin(draft, piece, scene)
    if isinstance(kept, Reason):
        return kept
    if "danger" in kept:
        return Goto(kept, "place")
    kept.pop(COMMUNITY, None)
    return Stay(kept, note=_("位置已记下，到选地点时请您确认。请接着回答上面的问题。"))


async def _screen(draft: Draft, scene: Scene) -> Screen:
    tree = scene.board.district.tree
    view = draft.get(VIEW) or {}
    found = [(code, _above(code, scene)) for code in view.get("codes", ())]
    choices = [(tree.get(code), street) for code, street in found if code in tree.by_code]
    match view.get("at"):
        case "near":
            return place.near(choices)
        case "edge":
            return place.edge(choices)
        case "named":
            return place.named(draft.get("address", ""), choices)
        case "unknown":
            return place.unknown(draft.get("address", ""), tree.of_kind(AgencyKind.STREET))
        case "streets":
            return place.streets(tree.of_kind(AgencyKind.STREET))
        case "street":
            below = _communities(view["code"], scene)
            return place.communities(tree.get(view["code"]), below, view.get("page", 0))
    known = tree.by_code.get(draft.get(COMMUNITY, ""))
    return place.question(known.short_name if known else "", behalf="unit" in draft)


async def _keep(draft: Draft, value: Value, scene: Scene) -> Kept:
    """What was chosen, unless calls are not open there yet; danger is taken everywhere."""
    kept = _chosen_place(draft, value, scene)
    code = kept.get(COMMUNITY, "") if isinstance(kept, dict) else ""
    district = scene.board.district
    if not code or draft.get("danger") or district.opens(Feature.CALLS, code):
        return kept
    return Reason(place.not_open(district.tree.get(code).short_name))


def _chosen_place(draft: Draft, value: Value, scene: Scene) -> Kept:
    if not isinstance(value, Chosen):
        if value.medium is Medium.PLACE:
            kept = with_pin(draft, value, scene)
            return kept if isinstance(kept, Reason) else Stay(kept)
        return _typed(draft, value.text, scene)
    kind, _colon, chosen = value.value.partition(":")
    match kind:
        case "c" | "nearer":
            kept = _at(draft, scene.board.district.tree.get(chosen))
            return with_edge(draft, kept, unsure=kind == "nearer")
        case "s":
            return Stay({**draft, VIEW: {"at": "street", "code": chosen}})
        case "page":
            return Stay({**draft, VIEW: {**draft[VIEW], "page": int(chosen)}})
    return Stay({**draft, VIEW: {"at": "streets"}})


def _typed(draft: Draft, text: str, scene: Scene) -> Kept:
    """A typed name: the words stay as the address, whatever they turn out to mean."""
    if text.strip() == _(place.BY_STREET):
        return Stay({**draft, VIEW: {"at": "streets"}})
    found = scene.guide.named(text)
    kept = _addressed(draft, text)
    if len(found) == 1 and found[0].kind is AgencyKind.COMMUNITY:
        return _at(kept, found[0])
    codes = [agency.code for agency in found]
    return Stay({**kept, VIEW: {"at": "named" if found else "unknown", "codes": codes}})


def _addressed(draft: Draft, text: str) -> Draft:
    """An address too long for its line on the card is part of the matter as well."""
    kept = {**draft, "address": text.strip()[:LONGEST_ADDRESS]}
    if len(text.strip()) > LONGEST_ADDRESS:
        pieces = [*draft.get(PIECES, ()), as_json(Piece(Medium.WORDS, text=text))]
        kept[PIECES] = pieces
    return kept


def _at(draft: Draft, community: Agency) -> Draft:
    """The place is known; an address that only repeats the community's name says nothing."""
    kept = {key: value for key, value in draft.items() if key not in (VIEW, EDGE)}
    if draft.get("address") in (community.name, community.short_name, *community.aliases):
        del kept["address"]
    return {**kept, COMMUNITY: community.code}


def with_edge(draft: Draft, kept: Draft, *, unsure: bool) -> Draft:
    """Which community lies across the border, near which the pin is; whether it may be that."""
    view = draft.get(VIEW) or {}
    codes = view.get("codes", ()) if view.get("at") == "edge" else ()
    other = next((code for code in codes if code != kept[COMMUNITY]), "")
    return {**kept, EDGE: [other, unsure]} if other else kept


def address_of(draft: Draft, scene: Scene) -> str:
    """What the card says of the place beside its community, in the language of the office."""
    said: str = draft.get("address", "")
    other, unsure = draft.get(EDGE) or ("", False)
    agency = scene.board.district.tree.by_code.get(other)
    if agency is None:
        return said
    with speaking(OFFICE):
        return f"{said}{place.at_the_edge(agency.short_name, unsure=unsure)}"


def _chosen(draft: Draft, scene: Scene) -> str:
    """What was understood, once a place is settled."""
    agency = scene.board.district.tree.by_code.get(draft.get(COMMUNITY, ""))
    if agency is None or VIEW in draft:
        return ""
    return place.chosen(f"{agency.short_name} {draft.get('address', '')}".strip())


def _retreat(draft: Draft) -> Draft | None:
    view = draft.get(VIEW)
    if not view:
        return None
    before = {"at": "streets"} if view["at"] == "street" else None
    return {**draft, VIEW: before}


def _above(code: str, scene: Scene) -> str:
    tree = scene.board.district.tree
    agency = tree.by_code.get(code)
    street = tree.ancestor(code, AgencyKind.STREET)
    return street.short_name if agency and street and street is not agency else ""


def _communities(code: str, scene: Scene) -> tuple[Agency, ...]:
    below = scene.board.district.tree.children(code)
    return tuple(agency for agency in below if agency.kind is AgencyKind.COMMUNITY)

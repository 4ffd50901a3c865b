"""Who may reach which handler where: one row for each that is registered, default deny (S4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

PRIVATE, OWN, OTHER, OFFICE, NOBODYS = "private", "own group", "other group", "office", "nobody's"
ROLES = ("resident", "stranger", "officer", "street", "district", "auditor", "administrator")
STAFF = frozenset({"officer", "street", "district", "auditor"})
EVERYBODY = frozenset(ROLES)
IN_PRIVATE, BOUND = frozenset({PRIVATE}), frozenset({OWN, OTHER, OFFICE})
ANY_GROUP = BOUND | {NOBODYS}


class Right(NamedTuple):
    """Roles and places in which a handler may be reached at all; its desk may still refuse."""

    roles: frozenset[str]
    places: frozenset[str]


ADMINISTERS = Right(frozenset({"administrator"}), IN_PRIVATE)
RULES = Right(frozenset({"administrator"}), frozenset({PRIVATE, OFFICE}))
AUDITS = Right(frozenset({"administrator", "auditor"}), IN_PRIVATE)
SPEAKS = Right(EVERYBODY, IN_PRIVATE)
IN_A_GROUP = Right(EVERYBODY, ANY_GROUP)
WORKS = Right(EVERYBODY, BOUND)
ANYWHERE = Right(EVERYBODY, IN_PRIVATE | ANY_GROUP)


def rows(right: Right, *names: str) -> dict[str, Right]:
    """The same right for all of these handlers."""
    return dict.fromkeys(names, right)


RIGHTS: dict[str, Right] = {
    **rows(
        ADMINISTERS, "banned.ask", "banned.ban", "banned.drop", "banned.unban", "banned.decide"
    ),
    **rows(ADMINISTERS, "admin.give_code", "admin.list_groups", "admin.choose_agency"),
    **rows(RULES, "ruling.show_page", "ruling.show_rule", "ruling.show_versions"),
    **rows(RULES, "ruling.propose", "ruling.confirm", "ruling.drop"),
    **rows(ADMINISTERS, "placing.people", "placing.ask", "placing.give_post", "placing.unbind"),
    **rows(ADMINISTERS, "placing.erase", "placing.drop"),
    **rows(RULES, "sheets.take", "sheets.confirm", "sheets.drop"),
    **rows(ADMINISTERS, "aliases.show", "misroutes.show"),
    **rows(RULES, "health.tell"),
    **rows(ADMINISTERS, "breaching.propose", "breaching.confirm", "breaching.drop"),
    **rows(ADMINISTERS, "ranking.propose", "ranking.confirm", "ranking.drop"),
    **rows(ADMINISTERS, "channel.ask", "channel.confirm", "channel.drop"),
    # Telegram's own word, in a channel: who added the bot is asked by the desk.
    **rows(IN_A_GROUP, "channel.stands"),
    **rows(SPEAKS, "finding.how_to_find"),
    **rows(AUDITS, "exporting.propose", "exporting.confirm", "exporting.drop"),
    **rows(SPEAKS, "gate.look"),
    # Both ask the table of core.insight whose figures this person, and this group, may see.
    **rows(SPEAKS, "stats.show"),
    **rows(WORKS, "stats.show_here"),
    **rows(
        Right(EVERYBODY, IN_PRIVATE | BOUND),
        *("drilling.open_list", "drilling.open_menu", "drilling.open_call"),
    ),
    **rows(WORKS, "gate.look_in_group", "gate.refuse"),
    **rows(AUDITS, "petitions.show", "petitions.decide", "auditing.show", "auditing.turn"),
    **rows(SPEAKS, "admin.refuse", "auditing.refuse", "places.bind_elsewhere"),
    **rows(SPEAKS, "banned.turn_away", "banned.take_appeal", "resident.say", "resident.step"),
    **rows(SPEAKS, "places.stopped", "places.came_back", "opening.open_duty", "opening.join"),
    **rows(SPEAKS, "opening.become_member", "finding.find", "finding.show_holds"),
    **rows(SPEAKS, "finding.more_holds", "claiming.take_over", "claiming.raise_for"),
    **rows(SPEAKS, "claiming.renew", "start.start_at_place", "start.start_unknown"),
    **rows(SPEAKS, "start.start", "start.call", "start.show_calls", "start.show_data"),
    **rows(SPEAKS, "start.cancel", "start.give_help", "language.ask", "language.choose"),
    **rows(SPEAKS, "standing_by.rate_beside", "standing_by.part", "after_closing.take_up"),
    **rows(SPEAKS, "after_closing.still_good", "resident.unknown_command", "resident.edited"),
    **rows(SPEAKS, "resident.rate", "resident.dead_button", "own_number.hand_over"),
    **rows(IN_A_GROUP, "places.ask_to_bind", "places.bind", "places.drop", "places.added"),
    **rows(IN_A_GROUP, "places.removed", "topics.stands", "silence.mute", "silence.unmute"),
    **rows(IN_A_GROUP, "leftovers.say_what_to_do"),
    **rows(ANYWHERE, "places.moved", "leftovers.dead_button", "duties.who_answers"),
    **rows(WORKS, "topics.set_topics", "boards.show_board"),
    **rows(WORKS, "boards.show_mine", "boards.show_card", "boards.acknowledge_all"),
    **rows(WORKS, "registers.show", "registers.refuse", "registers.open_register"),
    **rows(WORKS, "registers.open_directory", "registers.turned_away", "leaves.go"),
    **rows(WORKS, "leaves.come", "roster.order", "listing.list_calls", "listing.show_call"),
    **rows(WORKS, "listing.help_here", "slashes.act", "slashes.say", "slashes.note_in_topic"),
    **rows(WORKS, "duty.relay", "duty.edited", "duty.ask_for_words", "duty.turned_away"),
    **rows(WORKS, "steps.take", "canned.offer", "canned.say", "canned.turned_away"),
    **rows(WORKS, "edited_commands.reword", "edited_commands.take_nothing"),
    **rows(WORKS, "rating_up.choose", "rating_up.rate", "rating_up.again"),
    **rows(WORKS, "rating_up.turned_away", "approving.approve", "approving.refuse"),
    **rows(WORKS, "holding.reach", "more.turn", "more.turned_away"),
}
"""By module and name of the handler; a handler without a row fails the test."""


def name_of(handler: Callable[..., object]) -> str:
    """The row of a handler."""
    return f"{handler.__module__.rpartition('.')[2]}.{handler.__name__}"

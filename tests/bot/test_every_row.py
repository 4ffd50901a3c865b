"""Every row of the table and each of its views, from the stories in which the row is taken.

The table says who is told; the rule of the district what each may know (lifecycle, "Views"). A row
that is added is here by itself: ``tests.core.test_model`` wants a story for it.
"""

from __future__ import annotations

import re

import pytest

from bot.screens.happened import HAPPENED
from core.lifecycle import LIFECYCLE, Action, Rule
from core.people import Party
from tests.bot.retelling import ADDRESS, MEI, NUMBER, SAID, View, all_told, told
from tests.core.acts import HANDED, NOTE, PENG, WHO
from tests.core.motives import MOTIVES
from tests.core.playing import LIN, STRANGER, TEAM_CHAT, ZHONG

TOLD = [(rule.does, party) for rule in LIFECYCLE for party in sorted(rule.telling)]
# The first has its card instead; the second is of callers whom no message reaches, and stands on
# their page from when they are there.
ELSEWHERE = {(Action.RAISE, Party.AGENCY), (Action.ANSWER_BY_PHONE, Party.CALLER)}
# Whom a dispatch tells depends on why, a nudge on its rung.
BY_REASON = {Action.DISPATCH, Action.NUDGE}
# What time says again and again, and is true for that day alone.
PASSING = {Action.HEARTBEAT, Action.APOLOGISE, Action.REMIND, Action.REMIND_INFO, Action.LOOK_BACK}
# Of a matter that only named people may read nobody else finds anything.
KEPT_CLOSE = {Action.RESTRICT, Action.PROPOSE_LIFT}
RESIDENTS = (LIN, STRANGER, MEI)
STAFF = [who for who in WHO if who.officer_of]
OTHERS = (STRANGER.name, MEI.name, str(STRANGER.account), str(MEI.account))
OFFICERS = tuple(text for who in STAFF for text in (who.name, str(who.account)))
WHOSE = (NUMBER, LIN.name, str(LIN.account), *OTHERS)
SECRETS = {
    View.CALLER: (NOTE, HANDED, *OTHERS, *OFFICERS),
    View.GROUP: WHOSE,
    View.OVERSIGHT: WHOSE,
    View.OFFICER: WHOSE,
    View.SUPPORTER: (NUMBER, LIN.name, str(LIN.account), ADDRESS, NOTE, HANDED, *OFFICERS),
    View.PUBLIC: (ADDRESS, NOTE, HANDED, *WHOSE, *OFFICERS),
}
STARRED = "138******78"
KNOWN = {
    View.CALLER: ("明天去", "办结"),
    View.GROUP: (ADDRESS, STARRED, "林**"),
    View.OVERSIGHT: (ADDRESS, STARRED, HANDED),
    View.SUPPORTER: ("办理进展",),
    View.PUBLIC: ("好了",),
}


def says(text: str, secret: str) -> bool:
    """Whether it stands there; of an account, not as a part of something longer."""
    if secret.isdigit() and secret != NUMBER:
        return re.search(rf"(?<![0-9A-Za-z]){secret}(?![0-9A-Za-z])", text) is not None
    return secret in text


@pytest.mark.parametrize(("action", "party"), TOLD)
def test_whoever_the_table_tells_reads_of_it(action: Action, party: Party):
    assert ((action, party) in all_told().told) is ((action, party) not in ELSEWHERE)


@pytest.mark.parametrize("rule", LIFECYCLE, ids=lambda rule: rule.does.value)
def test_nobody_else_is_told_of_it(rule: Rule):
    told_of = {party for action, party in all_told().told if action is rule.does}

    assert rule.does in BY_REASON or told_of <= rule.telling


@pytest.mark.parametrize("view", View)
@pytest.mark.parametrize("rule", LIFECYCLE, ids=lambda rule: rule.does.value)
def test_no_view_of_a_row_says_what_its_readers_may_not_know(rule: Rule, view: View):
    texts = all_told().read[rule.does, view]

    assert [
        (secret, text) for text in texts for secret in SECRETS[view] if says(text, secret)
    ] == []


@pytest.mark.parametrize("rule", LIFECYCLE, ids=lambda rule: rule.does.value)
def test_after_every_row_anybody_finds_where_it_stands(rule: Rule):
    pages = all_told().read[rule.does, View.PUBLIC]

    assert bool(pages) is (rule.does not in KEPT_CLOSE)
    assert all("LW-260615-" in page and "▶️" in page for page in pages)


@pytest.mark.parametrize("action", [a for a, party in TOLD if party is Party.CALLER])
def test_what_its_caller_was_told_stands_on_their_page(action: Action):
    assert action in HAPPENED or action in PASSING


@pytest.mark.parametrize("view", KNOWN)
def test_what_may_be_known_is_read(view: View):
    """The other side: where nothing is said, keeping quiet proves nothing."""
    texts = [text for (_, one), said in all_told().read.items() if one is view for text in said]

    assert [word for word in KNOWN[view] if not any(word in text for text in texts)] == []


@pytest.mark.parametrize("wish", MOTIVES)
def test_of_what_is_for_named_people_no_other_group_reads_a_word(wish: str):
    reading = told(wish, restricted=True)

    others = [chat for chat in reading.chats if chat < 0 and chat != TEAM_CHAT]
    secrets = (SAID, ADDRESS, LIN.name, ZHONG.name, PENG.name)
    assert reading.chats[TEAM_CHAT]
    assert [
        (secret, text)
        for chat in others
        for text in reading.chats[chat]
        for secret in secrets
        if secret in text
    ] == []

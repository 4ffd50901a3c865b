"""Who may see whose figures: a row for every post and level; the default is no.

Figures are of agencies only: nobody sees how one person does. A group is shown no more than the
agency it belongs to may see, whoever asks in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from core.agency import Agency, AgencyKind, AgencyTree
from core.people import Actor, Post
from core.rights import EVERYWHERE, STAFF
from core.stats import covered


class Reach(IntEnum):
    """How far: nothing, the agency itself, it and all below it."""

    NOTHING = 0
    OWN = 1
    BELOW = 2


@dataclass(frozen=True, slots=True)
class Insight:
    """These posts in an agency of these kinds see so far."""

    posts: frozenset[Post]
    where: frozenset[AgencyKind]
    reach: Reach


OVERSEEING = frozenset({AgencyKind.STREET, AgencyKind.DISTRICT})
INSIGHTS: tuple[Insight, ...] = (
    Insight(STAFF | {Post.AUDITOR, Post.STATIONED}, EVERYWHERE, Reach.OWN),
    Insight(STAFF | {Post.ADJUDICATOR, Post.AUDITOR, Post.STATIONED}, OVERSEEING, Reach.BELOW),
)


def reach_of(post: Post, kind: AgencyKind) -> Reach:
    """How far somebody of this post in an agency of this kind sees."""
    fitting = (row.reach for row in INSIGHTS if post in row.posts and kind in row.where)
    return max(fitting, default=Reach.NOTHING)


def sees(actor: Actor, code: str, tree: AgencyTree) -> bool:
    """Whether this person may see the figures of that agency at this moment."""
    agency = tree.by_code.get(code)
    if agency is None or agency.restricted:
        return False
    return actor.administrator or any(
        _reaches(home, reach, code, tree) for home, reach in _homes(actor, tree)
    )


def shown_in(group: str, code: str, tree: AgencyTree) -> bool:
    """Whether the group of an agency may be shown the figures of that one."""
    return group in tree.by_code and code in covered(tree, group)


def home_of(actor: Actor, tree: AgencyTree) -> Agency | None:
    """Whose figures this person is shown first: the widest they may see; None for nobody's."""
    if actor.administrator:
        return tree.district
    homes = [home for home, reach in _homes(actor, tree) if reach]
    return max(homes, key=lambda home: (len(covered(tree, home.code)), home.code), default=None)


def _homes(actor: Actor, tree: AgencyTree) -> list[tuple[Agency, Reach]]:
    agencies = [tree.by_code[code] for code in actor.officer_of if code in tree.by_code]
    return [
        (agency, max(reach_of(post, agency.kind) for post in actor.posts_in(agency.code)))
        for agency in agencies
        if not agency.restricted
    ]


def _reaches(home: Agency, reach: Reach, code: str, tree: AgencyTree) -> bool:
    if reach is Reach.BELOW:
        return code in covered(tree, home.code)
    return reach is Reach.OWN and code == home.code

"""Who may read everything: the district's auditors and administrators; neither changes a call."""

from __future__ import annotations

from core.district import District
from core.people import Actor, Post


def audits(actor: Actor, district: District) -> bool:
    """Whether this person may read a call's whole story."""
    return actor.administrator or Post.AUDITOR in actor.posts_in(district.tree.district.code)

"""A seed in which every agency of the district has its group and its officers, and residents live.

The made-up people: residents 10000 and on, officers 20000 and on, in the order of the sheet, their
colleagues a thousand further each: nobody fills in twenty forms a minute. 30000 administers.
"""

from __future__ import annotations

from core.agency import Agency
from core.district import District
from core.people import Post
from storage.sheets import read_district
from tests.people import ROOT, Json

ADMINISTRATOR = 30_000
RESIDENTS, OFFICERS, GROUPS = 10_000, 20_000, -1_002_000_000_000
COLLEAGUES, APART = 4, 1_000
LIWAN = ROOT / "examples" / "liwan"


def liwan() -> District:
    """The district of the example."""
    return read_district(LIWAN)


def seed(district: District, *, residents: int) -> Json:
    """People, groups, and which group is whose."""
    agencies = tuple(district.tree.by_code.values())
    living = [_person(RESIDENTS + n, f"居民{n}") for n in range(residents)]
    serving = [_person(who, f"经办{who}") for n in range(len(agencies)) for who in _desk(n)]
    return {
        "people": [*living, *serving, _person(ADMINISTRATOR, "苏晴")],
        "chats": [_chat(n, agency) for n, agency in enumerate(agencies)],
        "service": {
            "administrators": [ADMINISTRATOR],
            "groups": [
                {"agency": agency.code, "chat": GROUPS - n, "title": agency.short_name}
                for n, agency in enumerate(agencies)
            ],
            "officers": [
                {
                    "account": who,
                    "agency": agency.code,
                    "name": f"经办{who}",
                    "post": Post.LIAISON.value,
                }
                for n, agency in enumerate(agencies)
                for who in _desk(n)
            ],
        },
    }


def officer_in(chat: int, turn: int = 0) -> int:
    """Who answers in that group, colleagues taking turns."""
    return _desk(GROUPS - chat)[turn % COLLEAGUES]


def _desk(n: int) -> tuple[int, ...]:
    return tuple(OFFICERS + n + APART * turn for turn in range(COLLEAGUES))


def _person(number: int, name: str) -> Json:
    return {"id": number, "first_name": name, "started": True}


def _chat(n: int, agency: Agency) -> Json:
    return {
        "id": GROUPS - n,
        "title": f"{agency.short_name}·呼应群",
        "type": "supergroup",
        "creator": OFFICERS + n,
        "members": list(_desk(n)[1:]),
        "bot": "member",
    }

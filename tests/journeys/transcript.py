"""A whole story as its readers saw it, chat by chat: for reading word by word.

    print(await transcript(town.sandbox))                # everything
    print(await transcript(town.sandbox, about=number))  # what speaks of one call

``TRANSCRIPTS=folder`` in the environment makes every story of ``test_five_stories`` leave its own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from tests.people import Json, Message, Sandbox

HERE = ZoneInfo("Asia/Shanghai")
SHOWN = {"message": "", "edit": "（改为）"}
MEDIA = ("photo", "video", "voice", "document", "location", "contact")


async def transcript(sandbox: Sandbox, *, about: str = "", after: int = 0) -> str:
    """Every message and every edit since that event, under the name of its chat."""
    state = await sandbox.get("/state")
    names = {p["id"]: f"{p['first_name']}（私聊）" for p in state["people"]}
    names |= {chat["id"]: chat["title"] for chat in state["chats"] if "title" in chat}
    lines: dict[int, list[str]] = defaultdict(list)
    for event in (await sandbox.get("/events", after=after))["events"]:
        if event["type"] in SHOWN and about in _all_of(event["message"]):
            told = _told(event, sandbox)
            if told not in lines[event["chat"]][-1:]:
                lines[event["chat"]].append(told)
    parts = [f"══ {names.get(chat, chat)} ══\n" + "\n".join(said) for chat, said in lines.items()]
    return "\n\n".join(parts) + "\n"


def _told(event: Json, sandbox: Sandbox) -> str:
    raw = event["message"]
    shown = Message(raw)
    at = datetime.fromtimestamp(raw.get("edit_date") or raw["date"], UTC).astimezone(HERE)
    who = "呼应" if sandbox.by_bot(raw) else raw["from"]["first_name"]
    media = "".join(f"〔{kind}〕" for kind in MEDIA if kind in raw)
    buttons = "".join(f"\n      [{' | '.join(row)}]" for row in _rows(raw))
    words = re.sub(r"\n", "\n      ", shown.text)
    return f"{at:%m-%d %H:%M} {who}{SHOWN[event['type']]}：{media}{words}{buttons}"


def _rows(raw: Json) -> list[list[str]]:
    rows = (raw.get("reply_markup") or {}).get("inline_keyboard", ())
    return [[button["text"] for button in row] for row in rows]


def _all_of(raw: Json) -> str:
    return Message(raw).text

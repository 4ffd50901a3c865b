"""aiogram imported lean is the same aiogram."""

from __future__ import annotations

import subprocess
import sys

LEAN = "from bot.lean import import_aiogram; import_aiogram()\n"
SCHEMAS = """
import hashlib, re, aiogram.types, aiogram.methods
from pydantic import BaseModel
models = [
    model
    for place in (aiogram.types, aiogram.methods)
    for name in sorted(place.__all__)
    if isinstance(model := getattr(place, name), type) and issubclass(model, BaseModel)
]
for model in reversed(models):
    model.model_rebuild()
    assert model.__pydantic_complete__, model
fields = [(m.__name__, [(n, repr(f)) for n, f in m.model_fields.items()]) for m in models]
text = re.sub(" at 0x[0-9a-f]+", "", repr(fields))
print(len(models), hashlib.sha256(text.encode()).hexdigest())
"""
MEMORY = """
import aiogram
print(int(open("/proc/self/statm").read().split()[1]) * 4096 // 2**20)
"""
HELD = """
import sys
from aiogram.types import Update

person = {"id": 5, "is_bot": False, "first_name": "陈"}
below = {"message_id": 7, "date": 1, "chat": {"id": 5, "type": "private"}, "text": "好"}
tap = {"id": "1", "from": person, "chat_instance": "c", "data": "s:1:a", "message": below}
raw, bot, calls = {"update_id": 1, "callback_query": tap}, object(), 0

def count(frame, event, _):
    global calls
    calls += event == "call"

Update.model_validate(raw, context={"bot": bot})
sys.setprofile(count)
update = Update.model_validate(raw, context={"bot": bot})
sys.setprofile(None)
query = update.callback_query
holders = (update, query, query.from_user, query.message, query.message.chat)
assert all(one.bot is bot for one in holders)
assert query.message.as_(None).bot is None
print(calls)
"""


def test_every_model_is_built_with_the_very_same_fields():
    lean, plain = _said(LEAN + SCHEMAS), _said(SCHEMAS)

    assert lean == plain
    assert int(lean.split()[0]) > 500


def test_most_of_the_memory_is_saved():
    lean, plain = int(_said(LEAN + MEMORY)), int(_said(MEMORY))

    assert lean < plain * 0.6


def test_all_of_an_update_holds_its_bot_by_one_call_each():
    lean, plain = int(_said(LEAN + HELD)), int(_said(HELD))

    assert lean < plain / 2


def _said(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return done.stdout

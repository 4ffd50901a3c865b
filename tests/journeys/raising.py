"""How a resident gets through the guided flow: whatever screen comes, they do the next thing."""

from __future__ import annotations

from dataclasses import dataclass

from core.agency import Agency
from tests.journeys.crowd import Json, Player, buttons, words_of

HEAD = 80
PLACE = "事情发生在哪里"
SENT = "已发出。编号："
# What a screen says near its beginning, and the button pressed there ("" is the first one).
SCREENS = (
    ("您的信息怎么用", "同意并继续"),
    ("您说的是哪件事", "一件新事"),
    ("已记下：", "说完了"),
    ("这里好像说了两件事", "就是一件事"),
    ("这是哪一类事", ""),
    ("这件事属于哪个方面", ""),
    ("请再选一个小类", ""),
    ("请选最接近的一个", ""),
    ("触电危险吗", "没有"),
    ("再说明几点", ""),
    ("附近已经有人反映过", "都不一样，继续"),
    ("请看一遍，办理人员会看到", "✅ 发送"),
)


@dataclass(frozen=True, slots=True)
class Raised:
    """A call on its way: its public number, and how many updates it took to get there."""

    number: str
    screen: Json
    updates: int


async def raise_call(resident: Player, text: str, community: Agency, *, way: int = 0) -> Raised:
    """Say it, answer every question, send; ``way`` 0 pins, 1 types the name, 2 goes by street."""
    before = len(resident.acted)
    await resident.says(text)
    while True:
        screen = await resident.finds(asks_something, "a question")
        told = words_of(screen)[:HEAD]
        if SENT in told:
            number = told.split(SENT)[1].split()[0]
            return Raised(number, screen, len(resident.acted) - before)
        await answer(resident, screen, community, way)


def asks_something(message: Json) -> bool:
    """Whether a resident would do something about it: not for a screen whose buttons are gone."""
    told = words_of(message)[:HEAD]
    return SENT in told or PLACE in told or any(_pressed(message, told))


def _pressed(message: Json, told: str) -> list[str]:
    labels = [button["text"] for button in buttons(message)]
    wanted = [label for words, label in SCREENS if words in told]
    found = [label or labels[0] for label in wanted if labels]
    return [label for label in found if label in labels] or _choices(message)


def _choices(message: Json) -> list[str]:
    """Labels of streets and communities to choose from."""
    return [b["text"] for b in buttons(message) if _value(b)[:2] in ("c:", "s:", "pa")]


def _value(button: Json) -> str:
    return button.get("callback_data", "").partition(":")[2].partition(":")[2]


async def answer(resident: Player, screen: Json, community: Agency, way: int) -> None:
    """Do what the screen asks for next."""
    told = words_of(screen)[:HEAD]
    if PLACE in told:
        await _place(resident, community, way)
    elif _choices(screen):
        await resident.taps(screen, _towards(screen, community))
    else:
        await resident.taps(screen, _pressed(screen, told)[0])


async def _place(resident: Player, community: Agency, way: int) -> None:
    point = community.centre
    if way == 0 and point is not None:
        at = {"latitude": point.latitude, "longitude": point.longitude}
        await resident.sends(location=at)
    else:
        await resident.says(community.short_name if way == 1 else "按街道选")


def _towards(screen: Json, community: Agency) -> str:
    """The button of the community, else of its street, else the next page, else by street."""
    values = {_value(button): button["text"] for button in buttons(screen)}
    pages = [value for value in values if value.startswith("page:")]
    wanted = (f"c:{community.code}", f"s:{community.parent}", *pages[-1:], "streets")
    return next(values[value] for value in wanted if value in values)

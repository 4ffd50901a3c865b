"""What people do in a story, by name: residents raise, follow and rate; one place for labels.

    lin = await town.resident("林阿姨")
    number = await lin.raises("楼下的路灯坏了", at="逢源北社区")
    await li.takes(number)
    await li.resolves(number, "灯泡换好了")
    await lin.rates(number)

Officers' moves are in ``duty``. Everything else a person can do is in ``tests.people``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.people import Message, Person, Tapped

AGREE, SAID_ALL, A_NEW_MATTER = "同意并继续", "说完了", "一件新事"
NO_DANGER, DANGER, REPORTED = "没有", "有", "已报警，继续上报"
CANNOT_SAY, SEND = "说不清", "✅ 发送"
SOLVED, PARTLY, UNSOLVED = "已解决", "部分解决", "未解决"
VERY_GOOD, GOOD = "非常满意", "满意"
ONCE_MORE, ONCE_MORE_WITHOUT_WORDS = "请重办", "直接重办"
ADD, URGE, WITHDRAW = "补充内容", "催办", "撤回"

CONSENT, MATTER, ITEM = "您的信息怎么用", "已记下：", "这是哪一类事"
ASKS_DANGER, HOTLINES = "触电危险吗", "请马上打电话求助"
PLACE, WHICH_PLACE, DETAILS = "事情发生在哪里", "是指哪里", "再说明几点"
TWO, ONE = "这里好像说了两件事", "就是一件事"
ALIKE, ANOTHER = "附近已经有人反映过", "都不一样，继续"
LOOK, SENT, WHICH_CALL = "请看一遍", "已发出。编号：", "您说的是哪件事"
NUMBER = re.compile(r"[A-Z]+-\d{6}-\d{4}")


@dataclass(eq=False)
class Resident(Person):
    """Somebody who lives in the district."""

    async def raises(
        self, words: str, *, at: str = "逢源北社区", danger: bool = False, item: str = ""
    ) -> str:
        """Say what is wrong, answer every question, send; the call's public number."""
        await self.says(words)
        return await self.answers_until_sent(at=at, danger=danger, item=item)

    async def answers_until_sent(
        self, *, at: str = "逢源北社区", danger: bool = False, item: str = ""
    ) -> str:
        """Answer whatever is asked until the call is on its way; its number."""
        await self.answers_until(SEND, at=at, danger=danger, item=item)
        await self.taps(SEND)
        return number_in(await self.sees(SENT))

    async def answers_until(
        self, button: str, *, at: str = "逢源北社区", danger: bool = False, item: str = ""
    ) -> Message:
        """Answer whatever is asked until a screen with that button; the screen."""
        while True:
            screen = await self.is_asked()
            if button in screen.buttons:
                return screen
            await self.answers(screen, at=at, danger=danger, item=item)

    async def is_asked(self) -> Message:
        """The newest question since the last act."""
        return await self.follows(_asks, "a question", self.mark, 30)

    async def answers(self, screen: Message, *, at: str, danger: bool, item: str) -> None:
        """Do what the screen asks for."""
        if PLACE in screen.text:
            await self.says(at)
            return
        labels = {
            CONSENT: AGREE,
            WHICH_CALL: A_NEW_MATTER,
            MATTER: SAID_ALL,
            TWO: ONE,
            ITEM: item or screen.buttons[0],
            ASKS_DANGER: DANGER if danger else NO_DANGER,
            HOTLINES: REPORTED,
            WHICH_PLACE: next((b for b in screen.buttons if b.startswith(at)), ""),
            DETAILS: screen.buttons[0],
            ALIKE: ANOTHER,
        }
        await self.taps(next(labels[known] for known in labels if known in screen.text), on=screen)

    async def rates(self, number: str, verdict: str = SOLVED, stars: str = VERY_GOOD) -> Message:
        """Two taps below the answer."""
        await self.judges(number, verdict)
        await self.sees(number, "满意吗")
        await self.taps(stars)
        return await self.sees("谢谢您的评价", number)

    async def judges(self, number: str, verdict: str) -> Tapped:
        """The first tap below the newest answer about that call."""
        answer = await self.finds(
            lambda message: number in message.text and verdict in message.buttons,
            f"{number} to be rated",
            30,
        )
        return await self.taps(verdict, on=answer)

    async def wants_rework(self, number: str, why: str = "") -> Message:
        """Not solved: the same agency once more."""
        await self.judges(number, UNSOLVED)
        await self.sees("没有解决")
        await self.taps(ONCE_MORE)
        await self.sees("哪里还没办好")
        if why:
            await self.says(why)
        else:
            await self.taps(ONCE_MORE_WITHOUT_WORDS)
        return await self.sees(number, "已退回重办")

    async def opens_my_call(self, number: str) -> Message:
        """The parcel-like timeline of one of one's calls."""
        await self.says("/mycalls")
        listed = await self.sees("我的呼叫", number)
        await self.taps(next(b for b in listed.buttons if number in b), on=listed)
        return await self.sees(number, "现在：")

    async def heard(self) -> str:
        """Every word the bot has said to them, as it is shown now."""
        shown = await self.messages()
        return "\n".join(one.text for one in shown if self.sandbox.by_bot(one.raw))


def number_in(message: Message) -> str:
    """The public number of a call somewhere in a message."""
    found = NUMBER.search(message.text)
    assert found, message.text
    return found.group()


def _asks(message: Message) -> bool:
    """Whether there is something to do: a screen whose buttons are gone asks nothing."""
    asked = (
        *(CONSENT, WHICH_CALL, MATTER, ITEM, ASKS_DANGER, HOTLINES),
        *(WHICH_PLACE, DETAILS, ALIKE, LOOK, TWO),
    )
    return PLACE in message.text or (
        bool(message.buttons) and any(words in message.text for words in asked)
    )

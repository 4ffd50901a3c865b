"""What officers do in a story: take a card, answer, resolve, return, call up, decide, rate.

li = await town.officer("李敏")
await li.takes(number)
await li.replies_to_card(number, "今天下午来修")
await li.calls_up(number, to="逢源街道", after="我们看过了，要街道的车")
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.people import Group, Json, Message, Person, Seat, Tapped

TAKE, REPLY, PROGRESS = "✅ 签收", "💬 回复", "🔧 进展"
RESOLVE, RETURN, CALL_UP = "🏁 办结", "↩️ 退单", "📣 上呼"
AGREE, DECLINE = "同意改派", "不同意"
NEXT = "下一步"
WAITING, AT_WORK, DONE, CLOSED = "待签收", "办理中", "已办结，待评价", "已结案"
STATE = "▶️"
PASSED_ON, KEPT_INSIDE = "👍", "✍"


@dataclass(eq=False)
class Officer(Person):
    """Somebody who acts for an agency, mostly in its group."""

    group: Group = field(kw_only=True)

    @property
    def desk(self) -> Seat:
        """This officer in the agency's group."""
        return self.in_group(self.group)

    async def card(self, number: str, *words: str, button: str = "") -> Message:
        """The newest card of that call in the group that shows these words and that button."""

        def fits(message: Message) -> bool:
            is_card = message.text.startswith(number) and STATE in message.text
            shows = all(word in message.text for word in words)
            return is_card and shows and (not button or button in message.buttons)

        wanted = " + ".join(["card", number, *words, button])
        return await self.desk.finds(fits, wanted, 30)

    async def taps_card(self, number: str, button: str) -> Tapped:
        """Tap a button of the card."""
        card = await self.card(number, button=button)
        return await self.desk.taps(button, on=card)

    async def takes(self, number: str) -> Message:
        """签收; the card afterwards."""
        taken = await self.taps_card(number, TAKE)
        assert "已签收" in taken.text, taken
        return await self.card(number, AT_WORK)

    async def replies_to_card(self, number: str, words: str) -> Message:
        """Words for the caller; one's own message, marked as passed on."""
        sent = await self.desk.replies(await self.card(number), words)
        return await self.marked(sent, PASSED_ON)

    async def notes(self, number: str, words: str) -> Message:
        """Words that stay inside; one's own message, marked as kept."""
        sent = await self.desk.replies(await self.card(number), f"// {words}")
        return await self.marked(sent, KEPT_INSIDE)

    async def marked(self, sent: Message, mark: str) -> Message:
        """One's own message in the group, once the bot has put this mark on it."""

        def bears(event: Json) -> bool:
            message = event.get("message") or {}
            return message.get("message_id") == sent.id and mark in message.get("reactions", ())

        chat = self.group.id
        event = await self.sandbox.wait_for(bears, chat=chat, after=self.desk.mark)
        return Message(event["message"])

    async def answered(self, sent: Message) -> Message:
        """What the bot says in answer to a message in the group."""

        def answers(message: Message) -> bool:
            above = message.raw.get("reply_to_message") or {}
            return above.get("message_id") == sent.id

        return await self.desk.finds(answers, f"an answer to #{sent.id}", 30)

    async def opens(self, number: str, button: str) -> None:
        """Follow a card's link into the private chat."""
        opened = await self.taps_card(number, button)
        assert opened.url, opened
        await self.starts(opened.url.partition("start=")[2])

    async def resolves(
        self, number: str, words: str, *, conclusion: str = "已解决", photo: bool = False
    ) -> Message:
        """The whole form of 办结 in private."""
        await self.opens(number, RESOLVE)
        await self.sees("结论是哪一种", number)
        await self.taps(conclusion)
        await self.sees("的答复：做了什么")
        await self.writes(words, photo=photo)
        return await self.sends_form("办结", "已办结", number)

    async def returns(self, number: str, *, ground: str, to: str, why: str) -> Message:
        """The whole form of 退单."""
        await self.opens(number, RETURN)
        await self.sees("为什么退", number)
        await self.taps(ground)
        await self.sees("应该由哪个单位办理")
        await self.taps(to)
        await self.sees("请写明理由")
        await self.writes(why)
        return await self.sends_form("退单", "已提交退单", number)

    async def calls_up(self, number: str, *, to: str, after: str, whistle: str = "") -> Message:
        """The whole form of 上呼; ``after`` says what was done first, a street whistles."""
        await self.opens(number, CALL_UP)
        await self.sees("先写一写", number)
        await self.writes(after)
        await self.sees("呼叫哪个单位")
        await self.taps(to)
        if whistle:
            await self.sees("用哪一种哨")
            await self.taps(whistle)
        return await self.sends_form("上呼", "已上呼", number)

    async def writes(self, words: str, *, photo: bool = False) -> None:
        """Words of a form, perhaps below a photo, and on."""
        if photo:
            await self.sends_photo(caption=words)
        else:
            await self.says(words)
        await self.sees("已记下")
        await self.taps(NEXT)

    async def sends_form(self, label: str, *done: str) -> Message:
        """The last look of a form and its button."""
        await self.sees(f"没问题就点「{label}」")
        await self.taps(label)
        return await self.sees(*done)

    async def rates(self, number: str, verdict: str, stars: str) -> Tapped:
        """The calling agency's two taps in its group, below the answer from above."""
        first = await self.taps_newest(number, verdict)
        assert first.answered, first
        return await self.taps_newest(number, stars)

    async def taps_newest(self, number: str, button: str) -> Tapped:
        """Tap a button of the newest message about a call that has it."""
        found = await self.desk.finds(
            lambda message: number in message.text and button in message.buttons,
            f"{number} with {button}",
            30,
        )
        return await self.desk.taps(button, on=found)

    async def hears(self, *words: str) -> Message:
        """The newest message of the group with all these words, or the first to come."""
        return await self.desk.finds(
            lambda message: all(word in message.text for word in words), " + ".join(words), 30
        )

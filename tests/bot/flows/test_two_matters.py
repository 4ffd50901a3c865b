"""Two matters in one message are offered to be raised one after the other."""

from __future__ import annotations

LAMP, RUBBISH = "我家楼下的路灯坏了三天", "楼下垃圾堆了好几天没人收"
BOTH = f"{LAMP}。还有一件事，{RUBBISH}"


async def raises_the_lamp(lin):
    await lin.taps("路灯不亮", "没有")
    await lin.says("逢源北社区")
    await lin.taps("说不清")


async def test_the_second_matter_waits_with_its_words_and_comes_next(lin):
    asked = await lin.says(BOTH)
    assert "这里好像说了两件事" in asked.text
    assert RUBBISH in asked.text

    await lin.taps("分开提")
    await raises_the_lamp(lin)
    shown = await lin.taps("发送")

    assert "我们接着说刚才没说完的事" in "".join(one.text for one in lin.chat.values())
    assert any("垃圾" in label for label in shown.labels)
    await lin.taps("垃圾堆积", "没有")
    await lin.says("逢源北社区")
    await lin.taps("说不清", "发送")
    assert [call.words for call in lin.calls] == [f"{LAMP}。", RUBBISH]
    assert [call.item for call in lin.calls] == ["10", "1"]


async def test_whoever_says_it_is_one_matter_goes_on_with_it_whole(lin):
    await lin.says(BOTH)

    await lin.taps("就是一件事")
    await raises_the_lamp(lin)
    await lin.taps("发送")

    (call,) = lin.calls
    assert call.words == BOTH


async def test_nobody_else_is_asked(lin):
    shown = await lin.says(LAMP)

    assert "两件事" not in shown.text
    assert shown.text.startswith("第 1 步，共 4 步")


async def test_what_was_shown_stays_with_the_first(lin):
    await lin.shows()
    await lin.says(BOTH)
    await lin.taps("说完了", "分开提")
    await raises_the_lamp(lin)
    await lin.taps("发送")

    (call,) = lin.calls
    assert [bool(piece.file) for piece in call.pieces] == [True, False]
    assert [piece["text"] for piece in lin.talk.draft["pieces"]] == [RUBBISH]


async def test_cancelling_the_first_leaves_the_second(lin):
    await lin.says(BOTH)
    await lin.taps("分开提", "取消")

    assert lin.talk.step == "item"
    assert lin.talk.draft["pieces"][0]["text"] == RUBBISH

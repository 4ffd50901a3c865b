"""What people say to be kind: nobody wants a form for that."""

from __future__ import annotations

YES = frozenset({"好的", "ok", "okay"})
THANKS = YES | {
    *("谢谢", "谢谢你", "谢谢您", "多谢", "唔该", "收到", "知道了", "辛苦了"),
    *("謝謝", "謝謝你", "謝謝您", "多謝", "唔該", "唔該晒"),
    *("thanks", "thankyou"),
}
HELLO = frozenset({"你好", "您好", "在吗", "hi", "hello", "嗨", "喂"})


def typed(text: str | None) -> str:
    """The letters and digits of what was typed, to be compared."""
    return "".join(sign for sign in text or "" if sign.isalnum()).lower()

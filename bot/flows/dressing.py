"""What the engine puts around every screen of a flow: its number, its token, the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiogram.utils.formatting import Text

from bot.flows.steps import Chosen, Draft, Flow, Step
from bot.screens.screen import Button, Key, Screen
from bot.screens.taps import StepTap
from bot.words import _
from core.records import replace

if TYPE_CHECKING:
    from aiogram.types import Message

    from core.conversation import Conversation

SEEN = "_seen"
KEYS = "_keys"
LONGEST_LABEL = 24


def dressed(screen: Screen, flow: Flow, step: Step, talk: Conversation) -> Screen:
    """The screen as shown: "第 3 步，共 6 步" above, tokens in the buttons, 上一步 and 取消."""
    draft = dict(talk.draft)
    goes_back = bool(talk.trail) or step.retreats(draft) is not None
    line = number_line(flow, step, talk)
    text = Text(line, "\n", screen.text) if line else screen.text
    if screen.keys:
        labels = [_("‹ 上一步")] * goes_back + [_("取消")]
        return replace(screen, text=text, keys=(*screen.keys, tuple(map(Key, labels))))
    rows = tuple(tuple(_tokened(button, talk.token) for button in row) for row in screen.buttons)
    back = Button(_("‹ 上一步"), data=StepTap(talk.token, "_back").data())
    leave = Button(
        _("关闭") if flow.loose else _("取消"), data=StepTap(talk.token, "_cancel").data()
    )
    return replace(screen, text=text, buttons=(*rows, (back, leave) if goes_back else (leave,)))


def number_line(flow: Flow, step: Step, talk: Conversation) -> str:
    """The place of a counted step among those shown or still to come."""
    draft = dict(talk.draft)
    seen, ahead = draft.get(SEEN, ()), _ahead(flow, draft)
    asked = [
        s.name
        for s in flow.steps
        if s.counted and s.surely and (s.name in seen or (s in ahead and not s.skip(draft)))
    ]
    if not flow.numbered or step.name not in asked:
        return ""
    number = asked.index(step.name) + 1
    return _("第 {number} 步，共 {total} 步").format(number=number, total=len(asked))


def with_seen(draft: Draft, flow: Flow, step: Step) -> Draft:
    """The draft with the step marked as shown; one gone back to for a change adds none."""
    if step not in _ahead(flow, draft):
        return draft
    return {**draft, SEEN: [*draft.get(SEEN, ()), step.name]}


def offers(screen: Screen, value: str) -> bool:
    """Whether the screen has a button of this value: data from the wire is not believed."""
    return any(button.data == value for row in screen.buttons for button in row)


def chosen_by_label(message: Message, screen: Screen) -> Chosen | None:
    """The button whose label was typed instead of pressed."""
    typed = _plain(message.text or "")
    if not typed or len(typed) > LONGEST_LABEL:
        return None
    buttons = (button for row in screen.buttons for button in row if button.data)
    return next((Chosen(b.data) for b in buttons if _plain(b.text) == typed), None)


def control(text: str | None) -> str:
    """``cancel`` or ``back`` when somebody typed what the two buttons say, else nothing."""
    typed = _plain(text or "")
    leaves = {_plain(_("取消")): "cancel", _plain(_("关闭")): "cancel"}
    return {**leaves, _plain(_("‹ 上一步")): "back"}.get(typed, "")


def _ahead(flow: Flow, draft: Draft) -> tuple[Step, ...]:
    """The steps behind the furthest one shown."""
    shown = [n for n, step in enumerate(flow.steps, 1) if step.name in draft.get(SEEN, ())]
    return flow.steps[max(shown, default=0) :]


def _tokened(button: Button, token: int) -> Button:
    return replace(button, data=StepTap(token, button.data).data()) if button.data else button


def _plain(label: str) -> str:
    return "".join(sign for sign in label if sign.isalnum()).casefold()

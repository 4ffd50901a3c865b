"""One changed cell as a line: of a long list only the words that come or go."""

from __future__ import annotations

from bot.words import _

LONG = 20


def line(row: str, column: str, before: str, after: str) -> str:
    """Row, column, before and after; what differs where both are lists."""
    old, new = before.split("、"), after.split("、")
    if len(old) > 1 and len(before) > LONG:
        come = _("、").join(word for word in new if word and word not in old)
        gone = _("、").join(word for word in old if word not in new)
        signs = [f"+{come}" if come else "", f"-{gone}" if gone else ""]
        if any(signs):
            return _("· {row}：{column} {changes}").format(
                row=row, column=column, changes=" ".join(filter(None, signs))
            )
    return _("· {row}：{column} {before} → {after}").format(
        row=row, column=column, before=before or _("（空）"), after=after or _("（空）")
    )

"""Everything that is kept of a person, as a file they can read and take along (PIPL art. 45)."""

from __future__ import annotations

import json
from typing import Any

from aiogram.utils.formatting import Text

from bot.delivery.speech import File, Speech
from bot.screens.happened import HAPPENED
from bot.screens.saying import worded
from bot.screens.settings import POSTS
from bot.screens.steps_named import STEPS
from bot.words import SOURCE, _, speaking
from core.board import Board
from core.call import Piece
from core.journal import Entry
from core.outgoing import OutboxRow
from core.views import CallView

NAME = "huying-mydata.json"
EVERY = 10_000


async def export(row: OutboxRow, board: Board) -> Speech:
    """The file, made when it is sent: nothing of it lies in between."""
    account = row.lane
    resident = await board.resident(account)
    with speaking(resident.language if resident else SOURCE):
        told = await _everything(account, board)
        words = worded(Text(_("这是我们保存的您的全部信息。文件里有个人信息，请不要转发。")))
    content = json.dumps(told, ensure_ascii=False, indent=2).encode()
    caption = {"caption": words["text"]}
    params = {"chat_id": account, "document": File(NAME, content), **caption}
    return Speech("sendDocument", params)


async def _everything(account: int, board: Board) -> dict[str, Any]:
    resident = await board.resident(account)
    posts = await board.posts_of(account)
    calls = await board.my_calls(account, EVERY)
    supported = await board.supported(account, EVERY)
    talk = await board.work.conversations.get(account)
    return {
        _("账号"): account,
        _("称呼"): resident.name if resident else "",
        _("电话"): resident.phone if resident else "",
        _("语言"): resident.language if resident else "",
        _("同意保存信息的时间"): _at(resident.consented_at) if resident else "",
        _("党员认证单位"): (resident.member_of if resident else None) or "",
        _("职务"): [f"{post.agency} {_(POSTS[post.post])}" for post in posts],
        _("我的呼叫"): [_call(view, account) for view in calls],
        _("我跟进的呼叫"): [view.call.number for view in supported],
        _("没说完的话"): dict(talk.draft) if talk else {},
    }


def _call(view: CallView, account: int) -> dict[str, Any]:
    call = view.call
    point = [call.point.latitude, call.point.longitude] if call.point else None
    return {
        _("编号"): call.number,
        _("时间"): _at(call.raised_at),
        _("事项"): view.item.name,
        _("社区"): view.community.name,
        _("地址"): call.address,
        _("定位"): point,
        _("称呼"): call.caller_name,
        _("电话"): call.phone,
        _("补充说明"): call.details,
        _("原话和附件"): [_piece(piece) for piece in call.pieces],
        _("经过"): [_entry(entry) for entry in view.entries if _theirs(entry, account)],
    }


def _theirs(entry: Entry, account: int) -> bool:
    """What they did or said, and what an agency said to them in public."""
    return entry.actor == account or bool(entry.pieces and entry.action in HAPPENED)


def _entry(entry: Entry) -> dict[str, Any]:
    said = [_piece(piece) for piece in entry.pieces]
    return {_("时间"): _at(entry.at), _("步骤"): _(STEPS[entry.action]), _("内容"): said}


def _piece(piece: Piece) -> dict[str, Any]:
    told: dict[str, Any] = {_("文字"): piece.text, _("文件"): piece.file}
    if piece.point:
        told |= {_("定位"): [piece.point.latitude, piece.point.longitude]}
    return {name: value for name, value in told.items() if value}


def _at(moment: Any) -> str:
    return moment.isoformat() if moment else ""

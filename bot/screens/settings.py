"""What is said while groups are set up: greetings, codes, confirmations."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.utils.formatting import Bold, Code, Text, as_list

from bot.screens import gestures
from bot.screens.easel import Easel
from bot.screens.lists import marks
from bot.screens.names import clean
from bot.screens.screen import Button, Screen
from bot.screens.times import when
from bot.words import N_, _
from core.agency import Agency
from core.people import Binding, Footing, OneTimeCode, Post

POSTS = {
    Post.LIAISON: N_("联络员"),
    Post.DEPUTY: N_("副职"),
    Post.HEAD: N_("负责人"),
    Post.DISPATCHER: N_("调度员"),
    Post.ADJUDICATOR: N_("审核员"),
    Post.GRID: N_("网格员"),
    Post.COMMITTEE: N_("兼职委员"),
    Post.AUDITOR: N_("审计员"),
    Post.STATIONED: N_("驻点领导"),
}
BINDS, JOINS, VERIFIES = "bcode", "icode", "mcode"


def greeting(bot_name: str) -> str:
    """The one line in a new group."""
    return _("大家好，我是呼应。请管理员在本群发送 /bind@{bot} 绑定码，把这里设为办理群。").format(
        bot=bot_name
    )


def nobody_bound(bot_name: str) -> str:
    """Somebody addresses us in a group without an agency."""
    return _("本群还没有设为办理群。请管理员先领绑定码，再在本群发送 /bind@{bot} 绑定码。").format(
        bot=bot_name
    )


def bind_usage(bot_name: str) -> str:
    """``/bind`` without a code."""
    return _("请在命令后面写上绑定码，例如：/bind@{bot} ABCD2345。绑定码由管理员领取。").format(
        bot=bot_name
    )


def bind_in_group() -> str:
    """``/bind`` in the wrong place."""
    return _("请到要设为办理群的群里发送 /bind 绑定码。")


def binding_question(agency: Agency, code: str, *, chat: int, easel: Easel) -> Screen:
    """Once more, before a group works for an agency (I18)."""
    words = _("将本群设为【{agency}】的办理群？设好后，待办卡片会发到这里。").format(
        agency=agency.short_name
    )
    yes = easel.data(gestures.BIND, 0, 0, chat=chat, extra=code)
    no = easel.data(gestures.DROP, 0, 0, chat=chat, extra=code)
    row = (Button(_("确认"), data=yes, style="success"), Button(_("取消"), data=no))
    return Screen(Text(words), (row,))


def bound(agency: Agency) -> str:
    """In place of the question."""
    told = _(
        "✅ 本群已是【{agency}】的办理群。\n"
        "待办卡片会发到这里：点按钮办理；回复卡片，您的话会转达呼叫人；以 // 开头的只留在内部。"
    ).format(agency=agency.short_name)
    return f"{told}\n{marks()}"


def bound_toast() -> str:
    """The short answer to 确认."""
    return _("已设好。")


def not_bound() -> str:
    """In place of the question."""
    return _("已取消，本群没有变化。")


def lost(agency: str, binding: Binding) -> str:
    """To administrators: a group cannot be reached."""
    return _(
        "⚠️ 呼应被移出【{agency}】的办理群“{title}”，这个单位暂时收不到卡片。"
        "请把机器人加回群里，用 /bindcode 重新绑定。"
    ).format(agency=agency, title=clean(binding.title))


def bind_code(code: OneTimeCode, agency: Agency, easel: Easel) -> Screen:
    """A fresh code for a group."""
    line = f"/bind@{easel.bot_name} {code.code}"
    text = as_list(
        Text(Bold(_("【{agency}】的绑定码").format(agency=agency.short_name))),
        _("在要绑定的群里，由您本人发送下面这一行（点按可复制）："),
        Code(line),
        _("只能用一次，{at} 前有效。").format(at=when(code.expires_at, easel.zone)),
    )
    return Screen(text, ((Button(_("复制"), copy=line),),))


def invitation(code: OneTimeCode, agency: Agency, easel: Easel) -> Screen:
    """A fresh link for an officer."""
    text = as_list(
        Bold(
            _("【{agency}】{post}的加入链接").format(
                agency=agency.short_name, post=_(POSTS[code.post])
            )
        ),
        _("发给本人，打开后点“开始”就行："),
        easel.links.join(code.code),
        _("只能用一次，{at} 前有效。").format(at=when(code.expires_at, easel.zone)),
    )
    return Screen(text)


def membership(code: OneTimeCode, agency: Agency, easel: Easel) -> Screen:
    """A fresh link for a Party member whose membership was checked."""
    text = as_list(
        Bold(_("【{agency}】党员认证链接").format(agency=agency.short_name)),
        _("核实党员身份后发给本人，打开后点“开始”就行："),
        easel.links.member(code.code),
        _("只能用一次，{at} 前有效。").format(at=when(code.expires_at, easel.zone)),
    )
    return Screen(text)


def verified(agency: Agency) -> str:
    """To the member."""
    return _(
        "您的党员身份已由【{agency}】认证。您反映的事会注明“党员”，办理单位看得到。"
        "有事直接发消息给我。"
    ).format(agency=agency.short_name)


def which_agency(
    found: tuple[Agency, ...], word: str, post: Post, *, chat: int, easel: Easel
) -> Screen:
    """Several agencies fit what was typed."""
    rows = tuple(
        (
            Button(
                agency.name,
                data=easel.data(word, 0, 0, chat=chat, extra=f"{agency.code}.{post.value}"),
            ),
        )
        for agency in found
    )
    return Screen(Text(_("您指的是哪一个单位？")), rows)


def no_agency(words: str) -> str:
    """Nothing fits."""
    return _("没有找到“{words}”。请写单位的名称或编码，例如：西村街道。").format(
        words=clean(words)
    )


def no_post(word: str) -> str:
    """An agency that there is, and after it a word that is no post."""
    told = _("没有“{word}”这个职务。可写：{posts}。例如：/invite 西村街道 调度员")
    return told.format(word=clean(word), posts=_("、").join(_(said) for said in POSTS.values()))


def name_an_agency(command: str) -> str:
    """A command without its agency."""
    return _("请在命令后面写上单位名称或编码，例如：/{command} 西村街道").format(command=command)


def joined(agency: Agency, post: Post) -> str:
    """To the new officer."""
    return _(
        "您已加入【{agency}】，职务：{post}。\n"
        "卡片在单位的办理群里：点按钮办理，回复卡片就能转达呼叫人。发 /help 看说明。"
    ).format(agency=agency.short_name, post=_(POSTS[post]))


def groups(rooms: Sequence[tuple[Binding, Footing | None]], easel: Easel) -> str:
    """Which agencies have a group in force; where there are topics, and where nothing is pinned.

    Nothing depends on a pin: the bot does without, and this is the place that says so.
    """
    total = len(easel.district.tree.agencies)
    lines = [_("已绑定办理群的单位：{n} / {total}").format(n=len(rooms), total=total)]
    bound = [binding for binding, _footing in rooms]
    unpinned = [binding for binding, footing in rooms if not (footing and footing.pins)]
    lines += _named(bound, "{names}", easel)
    lines += _named([one for one in bound if one.topics], _("每件一个话题：{names}"), easel)
    pins = _("看板不能置顶（要置顶，请群主给机器人“置顶消息”权限）：{names}")
    lines += _named(unpinned, pins, easel)
    return "\n".join(lines)[:4000]


def _named(bindings: Sequence[Binding], head: str, easel: Easel) -> list[str]:
    names = _("、").join(easel.name_of(one.agency) for one in bindings[:100])
    return [head.format(names=names)] if names else []


def only_administrators() -> str:
    """Somebody else typed an administrator's command."""
    return _("这个命令只给管理员使用。")

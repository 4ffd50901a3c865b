"""What administrators read about posts, groups and people who asked to be forgotten on paper."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.utils.formatting import Text

from bot.screens.easel import Easel
from bot.screens.names import clean
from bot.screens.screen import Button, Screen
from bot.screens.settings import POSTS
from bot.screens.times import when
from bot.words import N_, _
from core.people import Binding, Officer, Post

POST, UNBIND, ERASE, DROP = "cpost", "cunbind", "cerase", "noplace"
MOST = 60
USAGES = {
    "people": N_("请写上单位，看谁担任什么职务。例如：/people 西村街道"),
    "post": N_(
        "请写上单位、姓名和新职务；撤下就写“撤”。例如：/post 西村街道 梁静 负责人，"
        "或 /post 西村街道 梁静 撤。新增人员用 /invite 单位 职务。"
    ),
    "unbind": N_("请写上要解除办理群的单位。例如：/unbind 西村街道。已绑定的见 /groups"),
    "erase": N_(
        "请写上那个人任何一件呼叫的编号（本人书面或电话申请过）。例如：/erase LW-260615-0001"
    ),
}
Rows = tuple[tuple[Button, ...], ...]


def usage(command: str) -> str:
    """How a command is written."""
    return _(USAGES[command])


def people(agency: str, officers: Sequence[Officer], easel: Easel) -> str:
    """Who holds which post, since when, and who is away."""
    name = easel.name_of(agency)
    if not officers:
        return _("【{agency}】还没有经办人。邀请：/invite {agency} 联络员").format(agency=name)
    lines = [_("【{agency}】的人员：").format(agency=name)]
    lines += [_person(officer, easel) for officer in officers[:MOST]]
    return "\n".join([*lines, _("改职务或撤下：/post {agency} 姓名 职务").format(agency=name)])


def _person(officer: Officer, easel: Easel) -> str:
    words = f"· {clean(officer.name)}　{_(POSTS[officer.post])}"
    if officer.since:
        words += _("（{at} 起）").format(at=when(officer.since, easel.zone))
    return words


def post_question(
    agency: str, officer: Officer, post: Post | None, rows: Rows, easel: Easel
) -> Screen:
    """What would change for this person, and how to take it back."""
    facts = {"agency": easel.name_of(agency), "name": clean(officer.name)}
    facts |= {"old": _(POSTS[officer.post])}
    if post is None:
        words = _(
            "将撤下【{agency}】{name}（{old}）：不能再办理，已签收的要由同事接。"
            "要恢复：/invite {agency} {old}"
        )
    else:
        words = _("将把【{agency}】{name} 由{old}改为{new}。要改回：/post {agency} {name} {old}")
        facts |= {"new": _(POSTS[post])}
    return _asking(words.format(**facts), rows)


def post_changed(officer: Officer, post: Post | None) -> str:
    """In place of the question."""
    if post is None:
        return _("✅ 已撤下 {name}。").format(name=clean(officer.name))
    return _("✅ {name} 现在是{post}。").format(name=clean(officer.name), post=_(POSTS[post]))


def unbind_question(binding: Binding, count: int, rows: Rows, easel: Easel) -> Screen:
    """Which group is nobody's then, what is open there, and how to take it back."""
    agency, title = easel.name_of(binding.agency), clean(binding.title)
    words = _("将解除【{agency}】的办理群“{title}”。").format(agency=agency, title=title)
    if count:
        words += _("那里还有 {n} 件没办完，解除后由上一级接着办，还要第二个人同意。").format(
            n=count
        )
    words += _("要恢复：/bindcode {agency}，再到群里发绑定码。").format(agency=agency)
    return _asking(words, rows)


def unbound(agency: str, easel: Easel) -> str:
    """In place of the question."""
    return _("✅ 【{agency}】已没有办理群。要恢复：/bindcode {agency}").format(
        agency=easel.name_of(agency)
    )


def not_bound(agency: str, easel: Easel) -> str:
    """There is no group to unbind."""
    return _("【{agency}】没有办理群，不用解除。已绑定的见 /groups").format(
        agency=easel.name_of(agency)
    )


def told_group(agency: str, easel: Easel) -> str:
    """To the group itself."""
    return _("本群不再是【{agency}】的办理群，卡片和提醒不再发到这里。").format(
        agency=easel.name_of(agency)
    )


def erase_question(number: str, calls: int, rows: Rows) -> Screen:
    """What would be gone, that it does not come back, and that an auditor decides."""
    words = _(
        "将申请删除 {number} 呼叫人的个人信息，连同他（她）的 {n} 件呼叫里的原话、地址和照片。"
        "删除后不能恢复。请先确认是本人书面或电话申请；审计员同意后才删除。"
    ).format(number=number, n=calls)
    return _asking(words, rows)


def no_such_call(number: str) -> str:
    """Nobody's number."""
    return _("没有编号“{number}”的呼叫，或者呼叫人已经删除。例如：/erase LW-260615-0001").format(
        number=clean(number)
    )


def no_such_post(word: str) -> str:
    """Not a post."""
    posts = _("、").join(_(words) for words in POSTS.values())
    return _(
        "没有“{word}”这个职务。可写：{posts}，或“撤”。例如：/post 西村街道 梁静 负责人"
    ).format(word=clean(word), posts=posts)


def dropped() -> str:
    """In place of the question."""
    return _("已取消，没有变化。")


def _asking(words: str, rows: Rows) -> Screen:
    return Screen(Text(f"{words}\n{_('请您本人在 60 秒内确认。')}"), rows)

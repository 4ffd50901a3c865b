"""How somebody stands in a chat, as Telegram's ``ChatMember``."""

from __future__ import annotations

from collections.abc import Sequence

from sandbox.world.ring import Json

RIGHTS = [
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
    "can_send_welcome_messages",
]
OF_GROUPS = ("can_pin_messages", "can_manage_topics")
OF_CHANNELS = ("can_post_messages", "can_edit_messages", "can_manage_direct_messages")
FREEDOMS = [
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
]


def rights_in(channel: bool) -> list[str]:
    """What an administrator may be allowed: in a channel to write as well, and no topics."""
    return [*(r for r in RIGHTS if r not in OF_GROUPS), *OF_CHANNELS] if channel else RIGHTS


def standing(
    user: Json,
    status: str,
    lacks: frozenset[str] = frozenset(),
    rights: Sequence[str] = RIGHTS,
) -> Json:
    """The ``ChatMember`` of that status, with an administrator's rights or a bound one's."""
    shown: Json = {"status": "left" if status == "absent" else status, "user": user}
    if status == "creator":
        shown["is_anonymous"] = False
    elif status == "administrator":
        shown |= {"can_be_edited": False, "is_anonymous": False}
        shown |= {right: right not in lacks for right in rights}
    elif status == "restricted":
        shown |= {"is_member": True, "until_date": 0} | dict.fromkeys(FREEDOMS, False)
    elif status == "kicked":
        shown["until_date"] = 0
    return shown

"""Why a request is refused: a status and Telegram's own sentence."""

from __future__ import annotations

from sandbox.world.ring import Json


class Refused(Exception):
    """The answer is an error; ``parameters`` is what Telegram adds for programs."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def payload(self) -> Json:
        """The body of the answer."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
WRONG_FILE = "wrong file identifier/HTTP URL specified"
OTHER_POLLER = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook"
    " first"
)


def bad(sentence: str, **parameters: int) -> Refused:
    """400, the request is wrong or no longer fits."""
    return Refused(400, f"Bad Request: {sentence}", parameters)


def forbidden(sentence: str) -> Refused:
    """403, the bot may not."""
    return Refused(403, f"Forbidden: {sentence}")


def conflict(sentence: str) -> Refused:
    """409, somebody else does it already."""
    return Refused(409, f"Conflict: {sentence}")


def too_many(seconds: int) -> Refused:
    """429, with the seconds to wait."""
    sentence = f"Too Many Requests: retry after {seconds}"
    return Refused(429, sentence, {"retry_after": seconds})


def upgraded(chat: int) -> Refused:
    """400, the group is a supergroup now; says which."""
    return bad("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat)


def unauthorized() -> Refused:
    """401, no such token."""
    return Refused(401, "Unauthorized")


def not_found() -> Refused:
    """404, no such method."""
    return Refused(404, "Not Found")

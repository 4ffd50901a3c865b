"""Where the bot wants its updates delivered, and how delivering goes."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.world.ring import Json

CONNECTIONS = 40


@dataclass(slots=True)
class Webhook:
    """What ``setWebhook`` was given and ``getWebhookInfo`` tells; no address: long polling."""

    url: str = ""
    secret: str = ""
    connections: int = CONNECTIONS
    error: str = ""
    error_date: int = 0
    generation: int = 0

    def aim(self, url: str, secret: str, connections: int) -> None:
        """Deliver there from now on; an empty address ends delivering."""
        self.url, self.secret, self.connections = url, secret, connections
        self.error, self.error_date = "", 0
        self.generation += 1

    def failed(self, error: str, date: int) -> None:
        """Remember the latest failure."""
        self.error, self.error_date = error, date

    def view(self, pending: int, kinds: tuple[str, ...]) -> Json:
        """Telegram's ``WebhookInfo``."""
        info: Json = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": pending,
        }
        if self.url:
            info["max_connections"] = self.connections
        if self.error:
            info["last_error_message"] = self.error
            info["last_error_date"] = self.error_date
        if kinds:
            info["allowed_updates"] = list(kinds)
        return info

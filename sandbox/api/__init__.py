"""The Bot API on loopback: what Telegram accepts, refuses and answers, in its own words."""

"""Messages out: one lane a chat, paced as Telegram allows."""

"""The Telegram front door: intake, conversation, delivery."""

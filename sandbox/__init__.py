"""A stand-in for Telegram on loopback: one bot, made-up people, their chats, faults on demand."""

"""Delivers what is owed: the only part that speaks to Telegram, by python-telegram-bot."""

import os

# python-telegram-bot 22 warns at every 429 until told to give durations as timedelta.
os.environ.setdefault("PTB_TIMEDELTA", "1")

"""The other yardstick: a bare python-telegram-bot echo bot. Arguments: address, token."""

from __future__ import annotations

import sys

from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say the same."""
    if update.message:
        await update.message.reply_text(update.message.text or "?")


def main(url: str, token: str) -> None:
    """Poll until told to stop."""
    application = ApplicationBuilder().token(token).base_url(f"{url}/bot").build()
    application.add_handler(MessageHandler(filters.ALL, echo))
    application.run_polling(allowed_updates=["message"])


if __name__ == "__main__":
    main(*sys.argv[1:3])

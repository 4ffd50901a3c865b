"""Guided conversations, played by a visitor over the real dispatcher and a store in memory."""

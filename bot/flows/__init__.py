"""Guided conversations in private chat."""

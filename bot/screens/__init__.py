"""How things look: words, cards, buttons."""

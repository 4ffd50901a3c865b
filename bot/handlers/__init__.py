"""What the bot does with a command, a word or a tap outside of a guided flow."""

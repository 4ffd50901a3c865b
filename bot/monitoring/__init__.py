"""Shows whoever watches that the service lives, is ready, and how much it has to do."""

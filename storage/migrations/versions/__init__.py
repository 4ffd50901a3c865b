"""The revisions, oldest first by their chain."""

"""The control interface: how a page or a test plays the people, and watches what happens."""

"""What an operator does beside the running service: its commands, composed like the service."""

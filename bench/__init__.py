"""What the service costs, measured beside bare bots of the libraries it stands on."""

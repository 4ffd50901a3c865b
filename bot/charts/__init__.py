"""Charts with Chinese labels, made to be read on a phone; what they say is said by others."""

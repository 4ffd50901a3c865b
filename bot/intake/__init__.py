"""Updates in: fetched raw, committed, then confirmed; handled exactly once."""

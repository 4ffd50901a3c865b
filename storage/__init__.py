"""Rows, transactions and sheets: where calls are kept."""

"""Screens over the read tables: what executives look at, and where each number comes from."""

"""Panels with an axis: pure functions from small frames and the token table to figures, each with its alt text.

No title stands inside a figure; the finding is the panel's heading.
"""

"""Errors a user can act on: sentences that name the file, the trouble and the way out."""

from collections.abc import Iterable
from difflib import get_close_matches


class UserError(Exception):
    """Printed as it is, without a traceback: whoever reads it can mend its cause."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A sentence that names the nearest known word, with a space before it; empty when none is near."""
    by_folded = {name.lower().replace(" ", "_"): name for name in known}
    near = get_close_matches(word.lower().replace(" ", "_"), by_folded, n=1, cutoff=0.6)
    return f" Did you mean '{by_folded[near[0]]}'?" if near else ""


class SourceError(UserError):
    """A source file that can't be loaded at all."""

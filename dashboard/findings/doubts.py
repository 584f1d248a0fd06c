"""What is said beside the bands of a view: which cap holds what, what hangs on the weights, what is by hand."""

from dashboard.format import NBSP
from dashboard.reads import FRAGILE_FROM
from dashboard.voice import Voice, counted


def capped(name: str, words: str, accounts: int, weight: float, voice: Voice) -> str:
    """A cap that fired, by its name, and how much it holds down."""
    said = f" ({words})" if words else ""
    return f"“{name}”{said} holds {_much(accounts, weight, voice)}"


def by_hand(accounts: int, weight: float, voice: Voice) -> str:
    """How much stands by a person's word."""
    stand = "stands" if accounts == 1 else "stand"
    return f"{_much(accounts, weight, voice)} {stand} by a person’s word; the rule’s value is kept beside it"


def fragile(share: tuple[int, float, float | None], accounts: int, weight: float, voice: Voice) -> str:
    """How many bands change when the weights move a little, and how many accounts are marked for it."""
    draws, all_bands, reds = share
    f = voice.formats
    of_reds = f" ({f.share(reds)} of the red ones)" if reds is not None else ""
    opening = f"{f.share(all_bands)} of bands{of_reds} change when weights move by 20{NBSP}%"
    often = f"in {f.count(draws * FRAGILE_FROM)} of {f.count(draws)} draws or more"
    if not accounts:
        return f"{opening}; nobody’s {often}"
    amount = f", {f.money(weight)}," if voice.company.has_arr else ""
    return f"{opening}; {counted(accounts, 'account', f)}{amount} {often}"


def _much(accounts: int, weight: float, voice: Voice) -> str:
    f = voice.formats
    amount = f" with {f.money(weight)} of ARR" if voice.company.has_arr else ""
    return f"{counted(accounts, 'account', f)}{amount}"

"""What *Seven views* says: the view in which most of the accounts shown is red, and what holds them back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.marks import SCORED
from dashboard.reads.company import Card, Place
from dashboard.voice import Voice, counted, fitting, lower, spelled


@dataclass(frozen=True)
class Shown:
    """The page of accounts on screen: how many, of how many, and in which order."""

    rows: Sequence[Mapping[str, object]]
    total: int
    is_largest: bool
    """Whether they are the largest there are: the first page, by weight."""
    is_picked: bool
    """Whether a state, a search or a filter leaves accounts out."""


def title(shown: Shown, cards: Sequence[Card], voice: Voice) -> str:
    """How many of the accounts shown are red in the view where that is most ARR, and the measure that holds most."""
    f, n = voice.formats, len(shown.rows)
    if not n:
        return "No account fits this choice" if shown.is_picked else "No account is live this week"
    by_size = shown.is_largest and shown.total > n and voice.company.has_arr
    whose = f"our {f.count(n)} largest accounts" if by_size else _plain(shown, voice)
    if not _has_scores(shown, cards):
        return f"{_none(n)} of {whose} has a score in any view yet" if n > 1 else "The one account has no score yet"
    found = _most_red(shown, cards)
    if found is None:
        return f"{_none(n)} of {whose} is red in any view" if n > 1 else "The one account shown is red in no view"
    card, red, weight = found
    amount = f", {f.money(weight)} of ARR" if voice.company.has_arr else ""
    are = "is" if red == 1 else "are"
    opening = f"{f.count(red)} of {whose} {are} red in {card.title}{amount}"
    if red == n:
        every = "The one account shown is" if n == 1 else f"All {f.count(n)} accounts shown are"
        opening = f"{every} red in {card.title}{amount}"
    held = _held(shown, card, red, voice)
    return fitting(f"{opening}; {held}" if held else opening, opening)


def _has_scores(shown: Shown, cards: Sequence[Card]) -> bool:
    """Whether any view of the accounts shown has a score."""
    return any(row.get(f"{card.view}_status") in SCORED for card in cards for row in shown.rows)


def _none(n: int) -> str:
    return "Neither" if n == 2 else "None"


def _plain(shown: Shown, voice: Voice) -> str:
    n = len(shown.rows)
    if shown.total == n:
        return "the one account" if n == 1 else f"the {voice.formats.count(n)} accounts"
    return f"the {counted(n, 'account', voice.formats)} shown"


def _most_red(shown: Shown, cards: Sequence[Card]) -> tuple[Card, int, float] | None:
    """The view with most red ARR among the rows; Expansion has no reds."""
    found = []
    for card in cards:
        reds = [row for row in shown.rows if row.get(f"{card.view}_status") == "red"]
        if reds and not card.is_expansion:
            found.append((card, len(reds), sum((float(str(row["weight_arr"] or 0)) for row in reds), 0.0)))
    return max(found, key=lambda one: one[2], default=None)


def _held(shown: Shown, card: Card, red: int, voice: Voice) -> str:
    """The measure that holds back most of those reds, and how many."""
    counts: dict[str, int] = {}
    for row in shown.rows:
        if row.get(f"{card.view}_status") == "red" and row.get(f"{card.view}_worst"):
            entry = str(row[f"{card.view}_worst"])
            counts[entry] = counts.get(entry, 0) + 1
    entry = max(counts, key=lambda name: counts[name], default="")
    place: Place | None = card.place(entry)
    if place is None or red < 2:
        return f"over {lower(place.label)}" if place else ""
    n = counts[entry]
    if n == 1:
        return ""
    who = "all of them" if n == red else f"{spelled(n, voice.formats)} of them"
    return f"{who} over {lower(place.label)}"

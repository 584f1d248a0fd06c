"""What *Seven views* says: the view in which most of the accounts shown is red, and what holds them back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.format import Formats
from dashboard.marks import SCORED, word
from dashboard.reads.company import Card, Place
from dashboard.tiles import Tile
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


def by_view(tile: Tile, accounts: int, voice: Voice) -> str:
    """The title where the accounts stand by one view, fewest points first: how many are red in it, and over what."""
    f, card = voice.formats, tile.card
    state = "untapped" if card.is_expansion else "red"
    whole = f"the {f.count(accounts)} accounts" if accounts > 1 else "the one account"
    if not tile.is_scored:
        return f"{_none(accounts)} of {whole} has a score in {card.title} yet"
    if not tile.red_accounts:
        return f"{_none(accounts)} of {whole} is {state} in {card.title}"
    are = "is" if tile.red_accounts == 1 else "are"
    amount = f", {f.money(tile.red)} of ARR" if voice.company.has_arr else ""
    opening = f"{f.count(tile.red_accounts)} of {whole} {are} {state} in {card.title}{amount}"
    if tile.holder is None or tile.red_accounts < 2 or card.is_expansion:
        return opening
    return fitting(f"{opening}; {f.count(tile.holder.accounts)} over {lower(tile.holder.place.label)}", opening)


def in_conflict(label: str, accounts: int, weight: float, voice: Voice) -> str:
    """The title where one conflict is picked."""
    f = voice.formats
    if not accounts:
        return f"No account is in this conflict this week: {lower(label)}"
    amount = f", {f.money(weight)} of ARR," if voice.company.has_arr else ""
    are = "is" if accounts == 1 else "are"
    return fitting(
        f"{counted(accounts, 'account', f)}{amount} {are} in one conflict: {lower(label)}",
        f"{counted(accounts, 'account', f)}{amount} {are} in one conflict".replace(", are", " are"),
    )


def no_conflict(kinds: int, voice: Voice) -> str:
    """What stands in place of the conflicts in a quiet week."""
    which = "the one conflict" if kinds == 1 else f"the {spelled(kinds, voice.formats)} conflicts"
    return f"No account contradicts itself this week: {which} we look for {'has' if kinds == 1 else 'have'} none"


def cell(card: Card, said: Mapping[str, Any], changed: float | None, hand: str, f: Formats) -> str:
    """All that is known of one score, in words: state, points, measures, range, worst measure, cap and doubts.

    `changed` is the share of draws in which a fragile band is another, `hand` who set a value by hand, and why.
    """
    parts = [f"{card.title}: {word(said['status'], card.is_expansion)}"]
    parts[0] += f", {f.count(said['points'])} of 100" if said["points"] is not None else ""
    parts[0] += f", from {f.count(said['n'])} of {f.count(said['of'])} measures" if said["of"] else ""
    worst = card.place(said["worst"])
    parts += [f"worst measure: {worst.label}"] if worst else []
    parts += [reach(said, f)] if reach(said, f) else []
    parts += [f"held down by a cap: {said['cap']}"] if said["cap"] is not None else []
    if changed is not None and not hand:
        parts.append(f"fragile: another band in {f.share(changed)} of draws of the weights")
    parts += [f"by hand: {hand}"] if hand else []
    return "; ".join(parts)


def weeks(weekly: "pd.Series[float] | None", f: Formats) -> str:
    """The line of a cell in words: its first and last points and how many weeks lie between."""
    known = weekly.dropna().tolist() if weekly is not None else []
    if len(known) < 2:
        return "no line yet"
    return f"{f.count(len(known))} weeks, from {f.count(known[0])} to {f.count(known[-1])} points"


def reach(said: Mapping[str, Any], f: Formats) -> str:
    """Between which points the score would lie; nothing where no measure is missing."""
    low, high = said["low"], said["high"]
    if low is None or high is None or f.count(low) == f.count(high):
        return ""
    return f"{f.count(low)} to {f.count(high)} if what is missing were worst or best"


def term(said: Mapping[str, Any] | None, f: Formats) -> str:
    """When a term of an account ends next, and how it stands, in words."""
    if said is None:
        return "no line runs"
    notice = "notice was given" if said["state"] == "cancelled" else said["state"]
    if said["renews_on"] is None:
        return "evergreen: no term ends" if said["state"] == "evergreen" else notice
    return f"next term ends {f.day(said['renews_on'])}, {f.money(said['arr'])} of ARR: {notice}"


def order(by: str, ascending: bool, card: Card | None, aim: str | None) -> str:
    """The order of the accounts in words; `aim` where the company's aim chose it."""
    named = {
        "name": "by name",
        "csm": "by success lead",
        "segment": "by segment",
        "region": "by region",
        "joined": "by the day they joined",
    }
    if card is not None:
        text = f"{'fewest' if ascending else 'most'} points in {card.title} first"
        return f"{text}, our aim: {aim}" if aim else text
    return named.get(by, "smallest first" if ascending else "largest first")

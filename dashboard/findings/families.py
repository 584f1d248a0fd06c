"""What a parent account says of its family: how many they are, what they pay, and where one of them is red."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.reads import Card
from dashboard.voice import PANEL, Voice, counted, fitting


def title(rows: Sequence[Mapping[str, Any]], cards: Sequence[Card], voice: Voice) -> str:
    """The size of the family, and the view in which most of it is red; quietly, that none is."""
    f = voice.formats
    who = f"Its {counted(len(rows), 'account', f)}"
    pays = f" {'pays' if len(rows) == 1 else 'pay'} {f.money(sum(row['arr'] or 0 for row in rows))} together"
    opening = who + (pays if voice.company.has_arr else f" {'stands' if len(rows) == 1 else 'stand'} together")
    red = {
        card.title: [row for row in rows if row[f"{card.view}_status"] == "red"]
        for card in cards
        if not card.is_expansion
    }
    if not any(red.values()):
        return fitting(f"{opening}; none is red in any view", opening, limit=PANEL)
    view = max(red, key=lambda name: sum(row["weight_arr"] or 0 for row in red[name]))
    n = len(red[view])
    return fitting(f"{opening}; {f.count(n)} {'is' if n == 1 else 'are'} red in {view}", opening, limit=PANEL)

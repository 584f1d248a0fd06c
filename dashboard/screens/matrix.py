"""Seven views: every account in every view, by shape, word and colour. No total, no mean across."""

from typing import Any

import pandas as pd
from markupsafe import Markup

from dashboard import findings, marks, reads
from dashboard.findings import matrix as matrix_findings
from dashboard.look import Look
from dashboard.reads import Sort
from dashboard.records import records
from dashboard.screens.listing import Listing, chips, listing, only
from dashboard.tiles import tiles

ROWS = 24
OWN = ("arr", "name", "csm", "segment", "region", "joined")


def page(look: Look) -> Markup:
    """The whole screen."""
    found = listing(look, ROWS, [*OWN, *look.views], Sort("arr"))
    frame = reads.account_page(
        look.generation, look.scope, look.week, look.views, found.sort, found.pick, ROWS, found.first
    )
    rows = records(frame)
    is_largest = found.page == 1 and found.sort == Sort("arr") and not found.is_picked
    shown = matrix_findings.Shown(rows, found.total, is_largest, found.is_picked or not look.scope.is_all)
    return look.render(
        "matrix",
        title=matrix_findings.title(shown, look.cards, look.voice),
        line=_line(look, found),
        key=marks.key(marks.KEY) + Markup('<span class="gap"></span>') + marks.key(marks.KEY_EXPANSION),
        rows=rows,
        found=found,
        rows_per_page=ROWS,
        chips=chips(look, found),
        heads=_heads(look, found),
        most=max((row["weight_arr"] or 0 for row in rows), default=0) or 1,
        csv=look.csv("seven-views", lambda: table(look, found), found.sort, found.pick),
        sides=_sides(look),
        foot=findings.foot(look, ["↑ ↓ only on a signal", "column bars: share " + look.voice.of_all]),
    )


def _line(look: Look, found: Listing) -> str:
    """What the table holds, and in which order."""
    order = {
        "arr": "largest first",
        "name": "by name",
        "csm": "by success lead",
        "segment": "by segment",
        "region": "by region",
        "joined": "by the day they joined",
    }.get(found.sort.by)
    card = look.card(found.sort.by)
    if card:
        order = f"{'fewest' if found.sort.ascending else 'most'} points in {card.title} first"
    elif found.sort == Sort("arr", True):
        order = "smallest first"
    return f"Every account in every view · {order} · numbers are points inside one view, never added across"


def _heads(look: Look, found: Listing) -> list[dict[str, Any]]:
    """A head per view: its bands, each band a link that picks it."""
    bands = reads.bands(look.generation, look.scope, look.week)
    seven = tiles(look.cards, bands, pd.DataFrame({"view": [], "entry": [], "accounts": [], "arr": []}), look.week)
    return [
        {
            "card": tile.card,
            "bands": [
                (state, tile.shares[part], only(look, found, tile.card.view, state), _words(tile.card, state, look))
                for state, part in (*((s, s) for s in marks.SCORED), ("unscored", "other"))
                if tile.shares[part] > 0.0005
            ],
            "picked": dict(found.pick.states).get(tile.card.view),
        }
        for tile in seven
    ]


def _words(card: Any, state: str, look: Look) -> str:
    word = "Not scored" if state == "unscored" else marks.word(state, card.is_expansion)
    return f"only {card.title}: {word}"


def _sides(look: Look) -> list[tuple[str, int]]:
    """Vendor and client, with how many views each has."""
    sides: dict[str, int] = {}
    for card in look.cards:
        sides[card.side] = sides.get(card.side, 0) + 1
    return list(sides.items())


def table(look: Look, found: Listing) -> pd.DataFrame:
    """All accounts picked, in the order on screen, for a spreadsheet."""
    frame = reads.account_page(
        look.generation, look.scope, look.week, look.views, found.sort, found.pick, found.total or 1, 0
    )
    parts = [f"{view}_{part}" for view in look.views for part in ("status", "points")]
    facts = [
        "account_code",
        "name",
        "segment",
        "region",
        "industry",
        "country",
        "csm",
        "sales_rep",
        "arr",
        "seats",
        "joined_on",
    ]
    return frame[[*facts, *parts]]


def show(look: Look) -> None:
    """Draw the screen."""
    from dashboard.screens.frame import sheet_of

    sheet_of(look, page(look))

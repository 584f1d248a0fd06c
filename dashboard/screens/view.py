"""One view: its question, the answer, 26 weeks, who holds the reds and since when, its measures, who moved and why."""

from dataclasses import replace
from typing import Any, Literal

import pandas as pd

from dashboard import findings, marks, reads
from dashboard.findings import view as view_findings
from dashboard.findings import week as week_findings
from dashboard.format import week_number
from dashboard.look import Look
from dashboard.reads import Card
from dashboard.records import records
from dashboard.screens import goals, groups, maturity
from dashboard.screens.doubts import notes
from dashboard.screens.parts import MeasureRow, bands_by_week, measure_rows, moved_counts
from dashboard.screens.week import explained
from dashboard.tiles import Tile, tiles
from dashboard.voice import PANEL, Voice

CHART, CHART_WITH_GROUPS = 342, 272
FEW = 9
"""Measures whose list leaves room for a panel beneath it."""
MOVES = 8
MOVES_BESIDE = 6
MEASURES = 10


def tile_of(look: Look, card: Card) -> Tile:
    """The view's tile."""
    bands = reads.bands(look.generation, look.scope, look.week)
    held = reads.held_by(look.generation, look.scope, look.week, [card.view])
    return tiles([card], bands, held, look.week)[0]


def top(look: Look, tile: Tile) -> Any:
    """Question, finding, and the line beneath."""
    keys = (*marks.KEY_EXPANSION, "na", "stale", "no data") if tile.card.is_expansion else marks.KEY
    week = f"week {week_number(look.week)}, to {look.f.day(look.week)}"
    return look.render(
        "top",
        question=tile.card.question,
        title=view_findings.title(tile, look.voice),
        line=view_findings.line(tile, week, look.voice) + _aim(look, tile),
        key=marks.key(keys),
    )


def _aim(look: Look, tile: Tile) -> str:
    return f" · our aim: {look.lens[1]}" if look.lens and look.lens[0].view == tile.card.view else ""


def strip(look: Look, card: Card) -> Any:
    """The groups of the view, side by side; nothing where it has only one."""
    if not groups.has_groups(card):
        return ""
    csv = look.csv(f"{card.view}-groups", lambda: groups.table(look, card))
    return look.render("groups", card=card, groups=groups.groups(look, card), csv=csv)


def bottom(look: Look, tile: Tile, rows: list[MeasureRow]) -> Any:
    """The two tables: measures, and accounts that moved."""
    card, view = tile.card, [tile.card.view]
    moved = moved_counts(look, view)
    moves, whys = explained(
        look, reads.moves(look.generation, look.scope, look.week, view, MOVES_BESIDE if card.is_expansion else MOVES)
    )
    held = [(row.place.label, row.held) for row in rows]
    doubts = notes(look, card)
    room = MEASURES - max(len(doubts) - 1, 0)
    is_whole = look.address.more.get("measures") == "all" or len(rows) <= room
    return look.render(
        "view",
        tile=tile,
        card=card,
        rows=rows if is_whole else rows[:room],
        more=0 if is_whole else len(rows) - room,
        most=max((row.held for row in rows), default=0) or 1,
        measures_title=view_findings.measures(held, tile, look.voice),
        measures_csv=look.csv(
            f"{card.view}-measures", lambda: reads.entry_bands(look.generation, look.scope, card.view, look.week)
        ),
        notes=doubts,
        lacking=[place for place in card.places if not place.is_connected],
        moves=moves,
        moved=moved,
        moves_title=week_findings.movers(
            moved, whys, [row["name"] for row in moves], look.voice, PANEL, card.is_expansion
        ),
        moves_csv=look.csv(f"{card.view}-changed", lambda: _moves_table(look, card)),
    )


def beneath(look: Look, card: Card) -> Any:
    """What only one view has below its tables: the goals agreed with clients, or maturity against health."""
    if card.view == goals.VIEW:
        return goals.of_largest(look)
    return maturity.panel(look, card) if card.view == maturity.VIEW else None


def foot(look: Look) -> Any:
    """The footer line."""
    red = "red: a mean of 50 or less of 100, also without a single red measure"
    parts = [red, "normal range: the first 26 valid weeks of the last 52 (XmR)"]
    return look.render("foot", foot=findings.foot(look, parts))


def _moves_table(look: Look, card: Card) -> pd.DataFrame:
    rows, _ = explained(look, reads.moves(look.generation, look.scope, look.week, [card.view], 10_000))
    names = ("account_code", "name", "weight_arr", "was", "now", "why", "owner")
    return pd.DataFrame([[row[name] for name in names] for row in rows], columns=list(names))


def show(look: Look) -> None:
    """Draw the screen."""
    import streamlit as st

    from dashboard.screens import expansion
    from dashboard.screens.canvas import draw

    card = look.card(look.address.screen)
    assert card is not None
    tile = tile_of(look, card)
    head = top(look, tile) + (strip(look, card) if tile.is_scored else "")
    tables = bottom(look, tile, measure_rows(look, card)) if card.connected else look.render("moves_hole")
    draw(head, "top", "part head7", look.address.screen)
    if card.is_expansion:
        draw(expansion.panel(look, card), "space", "part")
    left, right = st.columns([1.18, 1], gap="medium")
    with left.container(gap=None):
        _weeks(look, tile)
    with right.container(gap=None):
        _beside(look, tile)
    more = beneath(look, card)
    if card.connected and not card.is_expansion:
        draw(tables, "tables", "part" if more else "part fill")
    else:
        with (right if card.connected or len(card.places) <= FEW else left).container(gap=None):
            draw(tables, "tables", "part")
    if more:
        draw(more, "more", "part")
    draw(foot(look), "foot", "part")


def _weeks(look: Look, tile: Tile) -> None:
    """26 weeks of bands, or the place where they will stand."""
    from dashboard.panels import bands
    from dashboard.screens.canvas import draw, panel

    card = tile.card
    if not tile.is_scored:
        draw(look.render("view_hole", card=card, tile=tile), "hole")
        return
    by = _base(look)
    counted, voice = (tile, look.voice) if by == "arr" else _in_accounts(look, card)
    weekly = bands_by_week(look, card, by=by)
    happened = records(reads.events(look.generation, look.week))
    events = [(row["happened_on"], str(row["name"])) for row in happened]
    state = "Untapped" if card.is_expansion else "Red"
    panel(
        look,
        view_findings.bands(counted, bands.outside(weekly, counted.limits), weekly, voice, events),
        f"{state} share {voice.of_all}, {len(weekly)} weeks; below, all bands; hatched: not scored",
        "bands",
        bands.figure(weekly, counted.limits, look.tone, look.f, _height(card), events, voice.base, card.is_expansion),
        bands.alt(weekly, counted.limits, look.f, card.title, card.is_expansion, voice.base),
        look.csv(f"{card.view}-weeks", lambda: weekly, by),
        choices=_bases(look) if look.company.has_arr else None,
    )


def _height(card: Card) -> int:
    return CHART_WITH_GROUPS if groups.has_groups(card) else CHART


def _base(look: Look) -> Literal["arr", "accounts"]:
    """What the bands are shares of: ARR, or accounts where the address asks for them."""
    return "accounts" if look.company.has_arr and look.address.more.get("by") == "accounts" else "arr"


def _bases(look: Look) -> dict[str, Any]:
    names = {"arr": "ARR", "accounts": "accounts"}
    return {
        "label": "Share of",
        "all": [
            {
                "text": text,
                "is_on": _base(look) == name,
                "href": look.address.here(by=name if name == "accounts" else None),
            }
            for name, text in names.items()
        ],
    }


def _in_accounts(look: Look, card: Card) -> tuple[Tile, Voice]:
    """The view's tile where every account weighs the same, and the voice that speaks of accounts."""
    every = reads.bands(look.generation, look.scope, look.week, by="accounts")
    nobody = pd.DataFrame({"view": [], "entry": [], "accounts": [], "arr": []})
    return tiles([card], every, nobody, look.week)[0], Voice(replace(look.company, has_arr=False))


def _beside(look: Look, tile: Tile) -> None:
    """Beside the weeks: who holds the reds and since when; what is lacking where nothing is scored."""
    from dashboard.panels import ages
    from dashboard.screens.canvas import draw, panel

    card = tile.card
    if not tile.is_scored:
        draw(look.render("view_needs", card=card), "needs")
        return
    if card.is_expansion:
        return
    found, promise = groups.reds(look, card), look.company.late_after_weeks
    what = "group" if groups.has_groups(card) else "account"
    panel(
        look,
        view_findings.ages(found, promise, look.voice, what),
        f"Each {what} red now, by owner and age; square: one account, size: {look.voice.base}; filled: late",
        "ages",
        ages.figure(found, look.tone, look.f, promise, _height(card)),
        ages.alt(found, promise, look.f),
        look.csv(f"{card.view}-reds", lambda: found.drop(columns="account_id")),
        opens=True,
    )

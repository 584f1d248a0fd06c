"""Seven views: every account in every view, by shape, word and colour, conflicts on top. No total, no mean across."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from markupsafe import Markup

from dashboard import findings, marks, reads
from dashboard.findings import matrix as matrix_findings
from dashboard.look import Look
from dashboard.reads import Sort, value
from dashboard.records import records
from dashboard.screens.cells import MODES, PARTS, Cell, cells, lines, mode
from dashboard.screens.listing import Listing, chips, listing, only
from dashboard.tiles import Tile, tiles

ARROWS = "↑ ↓ only on a signal: outside its limits, and further that way in 4 weeks"
ROWS = 22
ROWS_OF_TWO = 13
"""Rows where every cell has a second line."""
OWN = ("arr", "name", "csm", "segment", "region", "joined")
ALWAYS = ("joined_on", "conflicts", "renews_on", "renewal")
FACTS = ("account_code", "name", "segment", "region", "industry", "country", "csm", "sales_rep", "arr", "seats")


def page(look: Look) -> Markup:
    """The whole screen."""
    kinds = records(reads.conflicts(look.generation, look.scope, look.week))
    labels = {row["conflict"]: str(row["label"]) for row in kinds}
    n = ROWS_OF_TWO if mode(look) else ROWS
    found = listing(look, n, [*OWN, *look.views], _default(look), labels)
    rows = look.overlay(records(_read(look, found, n, found.first)))
    seven = _tiles(look, found)
    return look.render(
        "matrix",
        title=_title(look, found, rows, seven, labels),
        line=_line(look, found),
        key=marks.key(marks.KEY) + Markup('<span class="gap"></span>') + marks.key(marks.KEY_EXPANSION),
        conflicts=[
            _conflict(look, found, row) for row in kinds if row["accounts"] or row["conflict"] == found.pick.conflict
        ],
        no_conflict=matrix_findings.no_conflict(len(kinds), look.voice) if kinds else "",
        rows=_rows(look, rows),
        found=found,
        rows_per_page=n,
        chips=chips(look, found, labels),
        modes=[_mode(look, name, text) for name, text in MODES.items()],
        heads=[_head(look, found, tile) for tile in seven],
        most=max((row["weight_arr"] or 0 for row in rows), default=0) or 1,
        csv=look.csv("seven-views", lambda: table(look, found), found.sort, found.pick),
        lines_csv=_lines_csv(look, rows) if mode(look) == "lines" else "",
        sides=_sides(look),
        foot=findings.foot(look, [ARROWS, "column bars: share " + look.voice.of_all]),
    )


def _default(look: Look) -> Sort:
    """The largest first; where the company has an aim, those with fewest points in its view."""
    return Sort(look.lens[0].view, True) if look.lens else Sort("arr")


def _read(look: Look, found: Listing, limit: int, offset: int) -> pd.DataFrame:
    return reads.account_page(
        look.generation, look.scope, look.week, look.views, found.sort, found.pick, limit, offset, PARTS
    )


def _tiles(look: Look, found: Listing) -> tuple[Tile, ...]:
    """A tile per view; the one the accounts are sorted by knows what holds its reds."""
    views = [found.sort.by] if look.card(found.sort.by) else []
    bands = reads.bands(look.generation, look.scope, look.week)
    held = pd.DataFrame({"view": [], "entry": [], "accounts": [], "arr": []})
    if views:
        held = reads.held_by(look.generation, look.scope, look.week, views)
    return tiles(look.cards, bands, held, look.week)


def _title(
    look: Look, found: Listing, rows: list[dict[str, Any]], seven: tuple[Tile, ...], labels: Mapping[str, str]
) -> str:
    """By what the reader chose: a conflict, the order of one view, or the accounts on the page."""
    others = found.pick.states or found.pick.text
    if found.pick.conflict and not others:
        return matrix_findings.in_conflict(labels[found.pick.conflict], found.total, found.weight, look.voice)
    by = next((tile for tile in seven if tile.card.view == found.sort.by), None)
    if by and found.sort.ascending and found.page == 1 and found.total and not found.is_picked:
        return matrix_findings.by_view(by, found.total, look.voice)
    is_largest = found.page == 1 and found.sort == Sort("arr") and not found.is_picked
    shown = matrix_findings.Shown(rows, found.total, is_largest, found.is_picked or not look.scope.is_all)
    return matrix_findings.title(shown, look.cards, look.voice)


def _line(look: Look, found: Listing) -> str:
    """What the table holds, and in which order."""
    by_aim = look.lens if look.lens and found.sort == _default(look) else None
    order = matrix_findings.order(
        found.sort.by, found.sort.ascending, look.card(found.sort.by), by_aim[1] if by_aim else None
    )
    added = "points inside one view, never added across" if not by_aim else "never added across"
    return f"Every account in every view · {order} · {added}"


def _conflict(look: Look, found: Listing, row: Mapping[str, Any]) -> dict[str, Any]:
    """One kind of conflict: what it is, how much is in it, who answers for its red side, and the link that picks it."""
    card = look.card(row["red_view"])
    function = card.function(row["red_grp"]) if card else None
    is_on = found.pick.conflict == row["conflict"]
    return dict(row) | {
        "owner": look.company.owner(function) if function else "",
        "is_on": is_on,
        "href": look.address.here(conflict=None if is_on else row["conflict"], page=None),
    }


def _rows(look: Look, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The accounts of the page, each with its cells, its conflicts and when its term ends."""
    made = cells(look, rows)
    in_conflict: dict[int, list[dict[str, Any]]] = {}
    ids = [row["account_id"] for row in rows]
    terms = {one["account_id"]: one for one in records(value.next_renewals(look.generation, look.scope, ids))}
    for one in records(reads.account_conflicts(look.generation, look.scope, ids, look.week)):
        in_conflict.setdefault(one["account_id"], []).append(one)
    return [
        row
        | {
            "cells": made[row["account_id"]],
            "conflicts": in_conflict.get(row["account_id"], []),
            "term": terms.get(row["account_id"]),
            "term_words": matrix_findings.term(terms.get(row["account_id"]), look.f),
        }
        for row in rows
    ]


def _lines_csv(look: Look, rows: list[dict[str, Any]]) -> str:
    ids = [int(row["account_id"]) for row in rows]
    return look.csv("lines", lambda: lines(look, ids), ids)


def _mode(look: Look, name: str, text: str) -> dict[str, Any]:
    """A choice of what the cells show; fewer fit on a page with two lines each, so the pages start again."""
    return {"text": text, "is_on": mode(look) == name, "href": look.address.here(cells=name or None, page=None)}


def _head(look: Look, found: Listing, tile: Tile) -> dict[str, Any]:
    """The head of a view: its bands, each band a link that picks it."""
    parts = (*((state, state) for state in marks.SCORED), ("unscored", "other"))
    return {
        "card": tile.card,
        "is_aim": look.lens is not None and look.lens[0] is tile.card,
        "bands": [
            (state, tile.shares[part], only(look, found, tile.card.view, state), _words(tile, state))
            for state, part in parts
            if tile.shares[part] > 0.0005
        ],
        "picked": dict(found.pick.states).get(tile.card.view),
    }


def _words(tile: Tile, state: str) -> str:
    word = "Not scored" if state == "unscored" else marks.word(state, tile.card.is_expansion)
    return f"only {tile.card.title}: {word}"


def _sides(look: Look) -> list[tuple[str, int]]:
    """Vendor and client, with how many views each has."""
    sides: dict[str, int] = {}
    for card in look.cards:
        sides[card.side] = sides.get(card.side, 0) + 1
    return list(sides.items())


def table(look: Look, found: Listing) -> pd.DataFrame:
    """All accounts picked, in the order on screen, for a spreadsheet, with conflicts, renewals and doubts."""
    frame = _read(look, found, found.total or 1, 0)
    rows = _rows(look, look.overlay(records(frame)))
    own: list[dict[str, Any]] = [{name: row[name] for name in (*FACTS, "joined_on")} for row in rows]
    for made, row in zip(own, rows, strict=True):
        made["conflicts"] = ", ".join(str(one["label"]) for one in row["conflicts"])
        made |= {"renews_on": (row["term"] or {}).get("renews_on"), "renewal": (row["term"] or {}).get("state")}
        for view, cell in zip(look.views, row["cells"], strict=True):
            made |= {f"{view}_{name}": said for name, said in _of(cell, row, view).items()}
    return pd.DataFrame(
        own, columns=list(own[0]) if own else [*FACTS, "joined_on", "conflicts", "renews_on", "renewal"]
    )


def _of(cell: Cell, row: Mapping[str, Any], view: str) -> dict[str, Any]:
    return {
        "status": cell.state,
        "points": cell.points,
        "measures": cell.n,
        "of": cell.of,
        "low": row[f"{view}_low"],
        "high": row[f"{view}_high"],
        "worst": row[f"{view}_worst"],
        "cap": row[f"{view}_cap"],
        "fragile": cell.is_fragile,
        "by_rule": cell.rule,
    }


def show(look: Look) -> None:
    """Draw the screen."""
    from dashboard.screens.frame import sheet_of

    sheet_of(look, page(look))

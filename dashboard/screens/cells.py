"""The cells of the matrix: one view of one account, with all that a reader must know beside its points."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from markupsafe import Markup

from dashboard import marks, reads
from dashboard.findings import matrix as matrix_findings
from dashboard.look import Look
from dashboard.reads import Card
from dashboard.records import records
from dashboard.tiles import limits_of

MODES = {"": "points", "lines": "26 weeks", "range": "range", "worst": "worst measure"}
"""What a cell can show beneath its points, by its name in the address, and how the choice is called."""
WEEKS = 26
PARTS = (*reads.PARTS, "n", "of", "low", "high", "cap")
"""What the matrix reads of each view."""
Fragile = Mapping[tuple[int, str], float]
"""The share of draws of weights that give another band, by account and view."""


@dataclass(frozen=True)
class Cell:
    """One view of one account."""

    state: str | None
    expansion: bool
    points: float | None
    """Left out where a person's value stands in Expansion, whose words are long."""
    arrow: str
    n: int | None
    """Measures that count, of `of` connected ones."""
    of: int | None
    is_fragile: bool
    is_capped: bool
    rule: str | None
    """The state by the rule, where a person's value stands in its place."""
    words: str
    below: Markup | str
    told: str
    """What is drawn beneath, in words, for who cannot see it."""

    @property
    def is_hot(self) -> bool:
        return self.state == "red" and not self.expansion


def mode(look: Look) -> str:
    """What the address asks the cells to show beneath their points; nothing where it makes no sense."""
    wanted = look.address.more.get("cells", "")
    return wanted if wanted in MODES else ""


def cells(look: Look, rows: Sequence[Mapping[str, Any]]) -> dict[int, list[Cell]]:
    """The cells of each account, in the order of the views; values by hand lie over the rows already."""
    ids = [int(row["account_id"]) for row in rows]
    fragile = _fragile(look, ids)
    shown = mode(look)
    lines = _lines(look, ids) if shown == "lines" else {}
    return {row["account_id"]: [_cell(look, card, row, fragile, lines, shown) for card in look.cards] for row in rows}


def _fragile(look: Look, ids: Sequence[int]) -> Fragile:
    found = reads.fragile_bands(look.generation, look.scope, ids, look.week)
    return {(row["account_id"], row["view"]): float(row["changed"]) for row in records(found)}


def _cell(
    look: Look,
    card: Card,
    row: Mapping[str, Any],
    fragile: Fragile,
    lines: Mapping[tuple[int, str], "pd.Series[float]"],
    shown: str,
) -> Cell:
    said = {part: row[f"{card.view}_{part}"] for part in PARTS}
    changed, hand = fragile.get((row["account_id"], card.view)), row["hands"].get(card.view)
    below, told = Markup(), ""
    if shown == "lines":
        weekly = lines.get((row["account_id"], card.view))
        below = _line(weekly, bool(said["signal"]) and not card.is_expansion)
        told = matrix_findings.weeks(weekly, look.f)
    elif shown == "range" and said["low"] is not None:
        below, told = marks.reach(said["low"], said["points"], said["high"]), matrix_findings.reach(said, look.f)
    worst = card.place(said["worst"])
    return Cell(
        state=said["status"],
        expansion=card.is_expansion,
        points=None if hand and card.is_expansion else said["points"],
        arrow={"up": "↑ ", "down": "↓ "}.get(said["signal"] or "", "") if not card.is_expansion else "",
        n=said["n"],
        of=said["of"],
        is_fragile=changed is not None and hand is None,
        is_capped=said["cap"] is not None,
        rule=hand.rule.status if hand else None,
        words=matrix_findings.cell(card, said, changed, hand.words if hand else "", look.f),
        below=worst.label if shown == "worst" and worst else below,
        told=told,
    )


def _lines(look: Look, ids: Sequence[int]) -> dict[tuple[int, str], "pd.Series[float]"]:
    """Points by week of some accounts, by account and view."""
    found = reads.account_lines(look.generation, look.scope, ids, look.week, WEEKS)
    lines: dict[tuple[int, str], list[float]] = {}
    for account, view, points in zip(found["account_id"], found["view"], found["points"], strict=True):
        lines.setdefault((int(account), str(view)), []).append(float(points))
    return {key: pd.Series(points, dtype=float) for key, points in lines.items()}


def lines(look: Look, ids: Sequence[int]) -> pd.DataFrame:
    """The points behind the lines of some accounts, week by week, for a spreadsheet."""
    found = reads.account_lines(look.generation, look.scope, ids, look.week, WEEKS)
    codes = {account: code for account, (code, _) in reads.account_names(look.generation, look.scope, ids).items()}
    return found.assign(account_code=found["account_id"].map(codes))[["account_code", "view", "as_of", "points"]]


def _line(weekly: "pd.Series[float] | None", is_signal: bool) -> Markup:
    if weekly is None:
        return marks.blank(140, 22)
    limits = limits_of(weekly)
    return marks.spark(
        [None if v != v else v for v in weekly.tolist()],
        (limits.lower, limits.centre, limits.upper) if limits else None,
        is_signal,
        width=140,
        height=26,
    )

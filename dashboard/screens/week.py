"""This week: the seven views side by side, what profit says, and the accounts that changed most."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pandas as pd
from markupsafe import Markup

from dashboard import findings, marks, reads, reasons
from dashboard.findings import profit as profit_findings
from dashboard.findings import week as week_findings
from dashboard.hands import beside, since_the_build
from dashboard.look import Look
from dashboard.reads import value
from dashboard.records import records
from dashboard.screens.five import five
from dashboard.screens.parts import moved_counts
from dashboard.tiles import Tile, tiles

MOVES = 8
LOSSES = 4
WIDE = 100
"""Characters the title of the wide panel has room for."""


def page(look: Look) -> Markup:
    """The whole screen. It draws no figure: everything on it is HTML and SVG."""
    accounts, weight = reads.totals(look.generation, look.scope, look.week)
    bands = reads.bands(look.generation, look.scope, look.week)
    held = reads.held_by(look.generation, look.scope, look.week, look.views)
    seven = tiles(look.cards, bands, held, look.week)
    profit_bands = reads.profit_bands(look.generation, look.scope, look.week)
    moved, rows, whys = _moves(look)
    names = [row["name"] for row in rows]
    return look.render(
        "week",
        title=week_findings.title(seven, moved, look.voice),
        line=week_findings.line(seven, accounts, weight, look.week, look.voice, look.lens),
        groups=_groups(look, seven),
        five=five(look, seven, profit_bands),
        profit=_profit(look, profit_bands),
        moves=rows,
        moved=moved,
        has_scores=any(tile.is_scored for tile in seven),
        moves_title=_moves_title(look, seven, moved, whys, names),
        moves_csv=look.csv("changed", lambda: _moves_table(look)),
        tiles_csv=look.csv("views", lambda: bands),
        foot=findings.foot(look, [_coverage(look, seven)]),
    )


def _moves_title(
    look: Look,
    seven: tuple[Tile, ...],
    moved: week_findings.Moved,
    whys: list[tuple[float, reasons.Why]],
    names: list[str],
) -> str:
    if not any(tile.is_scored for tile in seven):
        return "No account can change band before one view is scored"
    return week_findings.movers(moved, whys, names, look.voice, WIDE)


def _groups(look: Look, seven: tuple[Tile, ...]) -> list[dict[str, Any]]:
    """Vendor and client, each with its tiles and how many of them a phone may leave folded."""
    sides = {"vendor": "Vendor · what they are to us", "client": "Client · what we are to them"}
    made = []
    is_loud = any(tile.signal for tile in seven)
    for side, label in sides.items():
        own = [_tile(look, tile) for tile in seven if tile.card.side == side]
        calm = sum(not tile["sig"] and not tile["is_aim"] for tile in own)
        if own:
            made.append({"side": side, "label": label, "tiles": own, "calm": calm, "folds": is_loud and calm > 0})
    return made


def _tile(look: Look, tile: Tile) -> dict[str, Any]:
    card, state = tile.card, "untapped" if tile.card.is_expansion else "red"
    return {
        "card": card,
        "tile": tile,
        "sig": tile.signal is not None,
        "is_aim": look.lens is not None and look.lens[0].view == card.view,
        "state": state,
        "change": week_findings.change(tile, look.voice),
        "spark": marks.spark(tile.recent, tile.spark_limits, tile.signal is not None, height=84),
        "measures": f"{len(card.connected)} of {len(card.places)} measures",
        "holder": tile.holder,
        "parts": [(part, look.f.count(tile.shares[part] * 100)) for part in marks.SCORED],
    }


def _moves(look: Look) -> tuple[week_findings.Moved, list[dict[str, Any]], list[tuple[float, reasons.Why]]]:
    """Counts of all moves of the week outside Expansion, and the largest accounts among them with their reasons."""
    moved = moved_counts(look, look.health)
    rows, whys = explained(look, reads.moves(look.generation, look.scope, look.week, look.health, MOVES))
    return moved, rows, whys


def explained(look: Look, found: pd.DataFrame) -> tuple[list[dict[str, Any]], list[tuple[float, reasons.Why]]]:
    """Accounts that moved, as rows of a table, each with why and who acts."""
    recent = reasons.indexed(reads.reasons(look.generation, look.scope, found["account_id"].tolist(), look.week))
    ended = reads.by_hand(look.generation, look.scope, look.week - timedelta(weeks=1)).built if len(found) else {}
    rows, whys = [], []
    for row in records(found):
        card = look.card(row["view"])
        assert card is not None
        now, old = recent.get((row["account_id"], row["view"]), ({}, {}))
        reason = _set_by_hand(look, row, ended) or reasons.why(card, row["step"], now, old, look.f)
        owner = look.company.owner(reason.place.owner) if reason.place else row["csm"]
        states = {view: row[f"{view}_status"] for view in look.views}
        hand = since_the_build(row, look.by_hand, look.f)
        rows.append(row | {"card": card, "why": reason.words, "owner": owner, "states": states, "hand": hand})
        whys.append((float(row["step"]), reason))
    return rows, whys


def _set_by_hand(look: Look, row: Mapping[str, Any], ended: Mapping[tuple[str, str], reads.Rule]) -> reasons.Why | None:
    """The reason where a person's value made the change, or where one ended; None where the rule did it."""
    key = (row["account_code"], row["view"])
    override, rule = look.by_hand.standing.get(key), look.by_hand.built.get(key)
    if rule:
        return reasons.Why(f"by hand: {beside(override, rule, look.f)}" if override else "by hand", None)
    return reasons.Why("no longer by hand: the rule speaks again", None) if key in ended else None


def _profit(look: Look, bands: pd.DataFrame) -> dict[str, Any]:
    """The profit panel: bands and largest losses; revenue alone where costs are not connected."""
    known = not bands.empty and bool(bands["profit"].notna().any())
    by = "profit" if known else "revenue"
    listed = reads.profit_page(look.generation, look.scope, look.week, by, known, LOSSES)
    if known:
        listed = listed[listed["profit"] < 0]
    rows = bands.set_index("band").reindex(["profitable", "marginal", "unprofitable"]).fillna(0.0) if known else bands
    return {
        "title": profit_findings.prize(bands, look.voice),
        "window": profit_findings.window(look.company),
        "is_known": known,
        "missing": look.company.profit_missing,
        "rows": records(rows.reset_index()) if known else [],
        "total": float(rows["accounts"].sum()) or 1.0 if known else 1.0,
        "most": float(rows["profit"].max()) if known else 0.0,
        "least": float(rows["profit"].min()) if known else 0.0,
        "revenue": float(bands["revenue"].sum()) if len(bands) else 0.0,
        "listed": records(listed),
        "kept": _kept(look),
        "csv": look.csv("profit", lambda: _profit_table(look)),
    }


def _kept(look: Look) -> str:
    """What a year kept of recurring revenue, as the way to *Value*; its name alone where nothing recurs."""
    if not value.value_sources(look.generation).is_contractual:
        return "customer value"
    kept = value.retention_figures(look.generation, look.scope, look.week)["nrr"].value
    return f"NRR {look.f.share(kept)}" if kept is not None else "customer value"


def _coverage(look: Look, seven: tuple[Tile, ...]) -> str:
    """Which view is scored for the least, and for how much."""
    scored = [tile for tile in seven if tile.is_scored]
    if not scored:
        return ""
    least = min(scored, key=lambda tile: tile.coverage)
    every = "every view" if least.coverage > 0.995 else f"{least.card.title}, the least of the views scored"
    return f"{look.f.share(least.coverage)} {look.voice.of_all} scored in {every}"


def _moves_table(look: Look) -> pd.DataFrame:
    rows, _ = explained(look, reads.moves(look.generation, look.scope, look.week, look.health, 10_000))
    names = ("account_code", "name", "weight_arr", "view", "was", "now", "why", "owner")
    return pd.DataFrame([[row[name] for name in names] for row in rows], columns=list(names))


def _profit_table(look: Look) -> pd.DataFrame:
    return reads.profit_page(look.generation, look.scope, look.week, "profit", True, 1_000_000).drop(
        columns="account_id"
    )


def show(look: Look) -> None:
    """Draw the screen."""
    from dashboard.screens.frame import sheet_of

    sheet_of(look, page(look))

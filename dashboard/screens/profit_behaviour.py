"""The ratio without accounting: accounts rated by driver, where that parts from margin, and what a behaviour costs."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from markupsafe import Markup

from dashboard import findings
from dashboard.findings import profit_behaviour as told
from dashboard.look import Look
from dashboard.reads import profit_parts as reads
from dashboard.records import records
from dashboard.screens.profit_book import WORDS, Book, newest, top
from metrics.profit import BANDS
from metrics.value import INTEREST

PARTED = 8
RATED = 11
EVERY = 1_000_000
RATINGS = "drivers.account_id, drivers.driver, drivers.rated_on and drivers.rating"
KINDS = {"service": reads.ACTIVITIES, "price": ("price",), "waiting": ("waiting",)}
"""How kinds of burden are shown: all service together, price below list, and waiting for late payment."""


def head(look: Look, modes: pd.DataFrame) -> Markup:
    """Question, finding, and how the ratings become bands."""
    line = [
        "Without accounting, our reading: each driver rated −1, 0 or +1 by those who see it; their sum makes the band",
        newest(look),
    ]
    return top(look, told.title(modes, look.voice), line)


def modes(look: Look, found: pd.DataFrame) -> Markup:
    """The three bands by rating against the three by margin."""
    cells = {(row["rated"], row["counted"] or ""): row for row in records(found)}
    sums = {name: _sums(found[found["rated"] == name]) for name in BANDS}
    return look.render(
        "profit_modes",
        title=told.modes(found, look.voice),
        cells=cells,
        sums=sums,
        most=max((row["accounts"] for row in sums.values()), default=0) or 1,
        has_unbanded=any(counted == "" for _, counted in cells),
        bands=BANDS,
        words=WORDS,
        needs=RATINGS,
        csv=look.csv("profit-modes", lambda: found) if cells else None,
    )


def _sums(rows: pd.DataFrame) -> dict[str, int]:
    return {name: int(rows[name].sum()) for name in ("accounts", "us", "them")}


def parted(look: Look, is_rated: bool) -> Markup:
    """The accounts in another band by rating than by margin."""
    rows = records(reads.disagreements(look.generation, look.scope, PARTED))
    return look.render(
        "profit_parted",
        title=told.parted(rows, is_rated, look.voice),
        is_rated=is_rated,
        rows=rows,
        words=WORDS,
        csv=look.csv(
            "profit-modes-apart",
            lambda: reads.disagreements(look.generation, look.scope, EVERY).drop(columns=["account_id", "total"]),
        )
        if rows
        else None,
    )


def costs(look: Look, burdens: pd.DataFrame, chosen: str, is_rated: bool) -> Markup:
    """What the accounts rated −1 by each driver cost, and how much of it beyond what the others do."""
    rows = drivers(burdens)
    extras = [row["extra"] for row in rows if row["extra"] is not None]
    return look.render(
        "profit_drivers",
        title=told.costs(rows, is_rated, look.voice),
        is_rated=is_rated,
        rows=rows,
        chosen=chosen,
        kinds=tuple(KINDS),
        interest=INTEREST,
        most=max([*extras, 0.0]),
        least=min([*extras, 0.0]),
        csv=look.csv("profit-drivers", lambda: burdens) if rows else None,
    )


def drivers(burdens: pd.DataFrame) -> list[dict[str, Any]]:
    """One row per driver: its accounts, what they cost by kind, and `extra`, None where nobody is rated otherwise."""
    rows = []
    for driver, part in burdens.groupby("driver", sort=False):
        amounts = part.set_index("kind")["amount"]
        extra = part["extra"]
        first: Mapping[str, Any] = records(part[["accounts", "us", "them"]].head(1))[0]
        rows.append(
            {"driver": str(driver)}
            | dict(first)
            | {kind: float(amounts[list(names)].sum()) for kind, names in KINDS.items()}
            | {"extra": None if extra.isna().all() else float(extra.sum())}
        )
    return rows


def accounts(look: Look, chosen: str) -> Markup:
    """The accounts rated −1 by the driver chosen, the dearest first."""
    found = records(reads.driver_accounts(look.generation, look.scope, chosen, RATED)) if chosen else []
    return look.render(
        "profit_driver",
        title=told.accounts(chosen, found, look.voice),
        rows=found,
        driver=chosen,
        csv=look.csv(
            "profit-driver-accounts",
            lambda: reads.driver_accounts(look.generation, look.scope, chosen, EVERY).drop(
                columns=["account_id", "total"]
            ),
            chosen,
        )
        if found
        else None,
    )


def kinds(look: Look, burdens: pd.DataFrame, chosen: str) -> Markup:
    """What the accounts rated −1 by the driver chosen cost by kind, as shares of revenue beside the others."""
    found = burdens[burdens["driver"] == chosen]
    rows = records(found.assign(amount=found["amount"].astype(float)))
    rows = [row | {"name": told.KINDS.get(row["kind"], row["kind"])} for row in rows if row["amount"]]
    if not rows:
        return Markup()
    most = max((row[name] or 0.0 for row in rows for name in ("share", "other_share")), default=0.0) or 1.0
    csv = look.csv("profit-driver-kinds", lambda: found, chosen)
    return look.render("profit_kinds", title=told.kinds(rows, look.voice), rows=rows, most=most, driver=chosen, csv=csv)


def html(look: Look, book: Book) -> Markup:
    """The sheets of this part."""
    found = reads.mode_bands(look.generation, look.scope)
    burdens = reads.driver_burdens(look.generation, look.scope)
    names = list(dict.fromkeys(burdens["driver"]))
    wanted = look.address.more.get("driver", "")
    chosen = wanted if wanted in names else str(names[0]) if names else ""
    left = Markup("").join(
        [modes(look, found), costs(look, burdens, chosen, len(found) > 0), kinds(look, burdens, chosen)]
    )
    right = Markup("").join([parted(look, len(found) > 0), accounts(look, chosen)])
    says = ["an account rated −1 by several drivers stands in each: their costs are not added up"]
    foot = look.render("foot", foot=findings.foot(look, says))
    return Markup("").join([head(look, found), look.render("profit_columns", left=left, right=right), foot])


def show(look: Look, book: Book) -> None:
    """Draw the part."""
    from dashboard.screens.canvas import draw

    draw(html(look, book), "sheet", "screen", look.address.screen)

"""What every part of *Profit* stands on: profit of the accounts looked at, and the head with the links to the parts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

import pandas as pd
from markupsafe import Markup

from dashboard import reads
from dashboard.look import Look
from dashboard.reads import profit_parts
from dashboard.reads.profit_parts import OverheadSpan
from metrics.profit import ProfitFigures, bands, profit_figures
from metrics.profit import diamond as diamonds

Made = TypeVar("Made")
PARTS = {
    # name in the address: label, question above the finding
    "ratio": ("Ratio", "Do we know our customer profit ratio?"),
    "overheads": ("Overheads", "What do overheads take, and do the books agree?"),
    "behaviour": ("Behaviour", "Which habits cost us profit, ours and theirs?"),
    "concentration": ("Concentration", "How much rests on few accounts, and who gets our attention?"),
}
WORDS = {"profitable": "Profitable", "marginal": "Marginal", "unprofitable": "Loss-making"}
"""How a reader calls the bands."""
OVERHEADS = "connect overheads.month, overheads.pool, overheads.amount and overheads.driver"


@dataclass(frozen=True)
class Book:
    """Profit of the accounts looked at, in the window that ends with the week."""

    look: Look

    @cached_property
    def rows(self) -> pd.DataFrame:
        return reads.profit_rows(self.look.generation, self.look.scope, self.look.week)

    @cached_property
    def figures(self) -> ProfitFigures:
        return kept(self.look, "figures", lambda: profit_figures(self.rows, self.look.company.profit_missing))

    @cached_property
    def losing(self) -> int:
        """Accounts with a profit below zero: the money of the losses is theirs."""
        return int((self.rows["profit"] < 0).sum())

    @cached_property
    def before(self) -> date | None:
        """The earliest week end to compare with, thirteen weeks ago at most."""
        days = [day for day in reads.profit_weeks(self.look.generation) if 0 < (self.look.week - day).days <= 91]
        return days[0] if days else None

    @cached_property
    def rows_before(self) -> pd.DataFrame | None:
        """The same accounts at the week end compared with; None without one."""
        return reads.profit_rows(self.look.generation, self.look.scope, self.before) if self.before else None

    @cached_property
    def split(self) -> pd.DataFrame:
        """One row per band, with who entered and left it since the week end compared with."""
        return kept(self.look, "bands", lambda: bands(self.rows, self.rows_before))

    @cached_property
    def moves(self) -> pd.DataFrame | None:
        """The accounts in another band than at the week end compared with, the largest change first; None without."""
        before = self.rows_before
        return None if before is None else kept(self.look, "moves", lambda: diamonds.band_moves(self.rows, before))

    @cached_property
    def diamond(self) -> pd.DataFrame:
        """One row per group of the diamond, and one for those in none."""
        return kept(self.look, "diamond", lambda: diamonds.diamond(self.rows))

    @property
    def is_known(self) -> bool:
        """Whether any account's profit can be told."""
        return self.figures.profit is not None

    @property
    def is_after(self) -> bool:
        """Whether profit after overheads is asked for beside direct profit."""
        return self.look.address.more.get("money") == "after"

    @cached_property
    def span(self) -> OverheadSpan | None:
        """The months whose overheads are set against the week's profit; None without overheads."""
        return profit_parts.overhead_span(self.look.generation, self.look.week)

    @property
    def no_overheads(self) -> str | None:
        """Why no profit after overheads can be told, in words; None where it can."""
        if not self.is_known:
            return "there is no direct profit to take them from"
        return self.span.missing if self.span else f"no overheads in the profit window: {OVERHEADS}"


def kept(look: Look, name: str, make: Callable[[], Made]) -> Made:
    """What `make` makes, once a week of this generation for the whole company; for a part of it anew each time.

    Parts are as many as an address can ask for, so that keeping theirs would have no end.
    """
    return look.generation.once(f"profit {name} {look.week}", make) if look.scope.is_all else make()


def part_of(look: Look) -> str:
    """The part the address asks for; the first where it asks for none there is."""
    wanted = look.address.more.get("part", "")
    return wanted if wanted in PARTS else next(iter(PARTS))


def top(look: Look, title: str, line: Sequence[str], choices: Sequence[Mapping[str, Any]] = ()) -> Markup:
    """Question, finding, what is described, and the links to the parts; `choices` are those of this part alone."""
    part = part_of(look)
    parts = [
        {"text": label, "href": look.address.to("profit", part=None if nth == 0 else name), "is_on": name == part}
        for nth, (name, (label, _)) in enumerate(PARTS.items())
    ]
    return look.render(
        "profit_top",
        question=PARTS[part][1],
        title=title,
        line=" · ".join(words for words in line if words),
        choices=[{"label": "Part", "all": parts}, *choices],
    )


def switch(look: Look, label: str, name: str, values: Mapping[str, str], now: str) -> dict[str, Any]:
    """Values (name in the address: text) as links to this part with one of them; the first is the default."""
    first = next(iter(values))
    links = [
        {"text": text, "href": look.address.here(**{name: None if value == first else value}), "is_on": value == now}
        for value, text in values.items()
    ]
    return {"label": label, "all": links}


def newest(look: Look) -> str:
    """The day of tables that are kept for the newest week alone; said in other weeks."""
    day = look.f.day(look.company.as_of)
    return f"as of {day}" if look.week == look.company.as_of else f"as of {day}, the newest day, whatever the week"


def names_of(look: Look, rows: pd.DataFrame) -> dict[int, tuple[str, str]]:
    """Code and name of the accounts of some rows."""
    return reads.account_names(look.generation, look.scope, [int(i) for i in rows["account_id"].dropna()])


def named(rows: pd.DataFrame, names: Mapping[int, tuple[str, str]]) -> pd.DataFrame:
    """The rows with `account_code` and `name` in place of the id; empty where a row is no single account."""
    found = [names.get(int(i), ("", "")) if i == i and i is not None else ("", "") for i in rows["account_id"]]
    rows = rows.drop(columns="account_id").reset_index(drop=True)
    rows.insert(0, "account_code", [code for code, _ in found])
    rows.insert(1, "name", [name for _, name in found])
    return rows

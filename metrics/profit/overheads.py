"""Profit after overheads of the company, and the months of the ledger it stands on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd

from metrics.engines import Engine
from metrics.value.figure import Figure, none
from metrics.value.figures import MONEY, NamedFigure

NOT_CONNECTED = "not connected: overheads"
NOT_KEPT = "overheads are shared out for the last thirteen week ends alone"


@dataclass(frozen=True)
class OverheadSpan:
    """The months whose overheads are set against the profit of a week."""

    first: date
    last: date
    months: int
    there: int
    """Months of these that the ledger has; with fewer no overheads are told."""

    @property
    def missing(self) -> str | None:
        """Why profit after overheads can't be told, in words; None where it can."""
        if self.there == self.months:
            return None
        return f"the ledger has overheads for {self.there} of the {self.months} months to {self.last:%Y-%m}"


SPAN = "select * from overhead_windows where as_of = $week"


def span_of(rows: pd.DataFrame) -> OverheadSpan | None:
    """The span of a result of `SPAN`; None without overheads in the window of the week."""
    if rows.empty:
        return None
    row = rows.iloc[0]
    first, last = (
        date((int(row[name]) - 1) // 12, (int(row[name]) - 1) % 12 + 1, 1) for name in ("first_no", "last_no")
    )
    return OverheadSpan(first, last, int(row["months"]), int(row["there"]))


def overhead_figures(engine: Engine, as_of: date, table: str, period: str, lacks: str | None) -> Iterator[NamedFigure]:
    """`overheads` given to the accounts in `chosen`, and their profit after them.

    `table` is the `account_profit` of a build, `lacks` why there is no direct profit. An account without a profit is
    left out of both, and said so.
    """
    labels = {"overheads": "Overheads of accounts", "profit_after_overheads": "Customer profit after overheads"}
    span = span_of(engine.rows(SPAN, {"week": as_of}))
    sums = engine.rows(SUMS.format(table=table), {"week": as_of}).iloc[0]
    words = lacks or _missing(engine, span, int(sums["kept"]))
    left = int(sums["accounts"]) - int(sums["told"])
    left_out = f"without {left} accounts for which a cost is missing" if left else None
    over = f"{period}; overheads of {span.months} months to {span.last:%Y-%m}" if span else period
    for name, label in labels.items():
        figure = none(words) if words else Figure(float(sums[name]), int(sums["told"]), missing=left_out)
        yield NamedFigure(name, label, MONEY, over, figure)


SUMS = """
    select
        (select count(*) from {table} where as_of = $week) as kept,
        count(*) as accounts,
        count(p.after_overheads) as told,
        cast(sum(case when p.after_overheads is not null then p.overheads end) as double) as overheads,
        cast(sum(p.after_overheads) as double) as profit_after_overheads
    from {table} as p
    join chosen as c using (account_id)
    where p.as_of = $week
    """


def _missing(engine: Engine, span: OverheadSpan | None, kept: int) -> str | None:
    if span is not None:
        return span.missing
    if engine.rows("select 1 from overheads limit 1").empty:
        return NOT_CONNECTED
    return "no month of the ledger ends in the profit window" if kept else NOT_KEPT

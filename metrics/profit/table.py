"""The table `account_profit`: revenue, costs and profit of every account in the profit window of each week end."""

from pathlib import Path

from metrics.engines import Engine

FOLDER = Path(__file__).parent
STEPS = ("profit_edges", "profit_lines", "profit_parts", "account_profit")
"""Tables in the order they are made; all but the last only feed the next."""


def make_account_profit(engine: Engine) -> None:
    """The table `account_profit` for the week ends in `profit_ends`, sorted by week end and account.

    Reads `profit_ends`, `settings` (profit_window_weeks, profit_band), `invoices` and `service_costs`.
    """
    for nth, name in enumerate(STEPS, start=1):
        engine.table(name, (FOLDER / f"{nth:02}_{name}.sql").read_text(encoding="utf-8"))
    for name in STEPS[:-1]:
        engine.drop(name)


def missing_words(engine: Engine) -> str | None:
    """Why the company's profit cannot be computed at all, in words; None where it can."""
    lines = engine.rows("select count(*) as lines, count(product_cost) as with_cost from invoices").iloc[0]
    if not lines["lines"]:
        return "not connected: invoices"
    return None if lines["with_cost"] else "not connected: invoices.product_cost"


def notes(engine: Engine) -> list[str]:
    """What a reader must know beside the company's profit: costs left out, and lines that fall on one day."""
    counts = engine.rows(
        """
        select
            (select count(*) from service_costs) as service_costs,
            (select count(*) from invoices) as lines,
            (select count(*) from invoices where starts_on is null or ends_on is null or ends_on <= starts_on) as dated
        """
    ).iloc[0]
    said = []
    if counts["lines"] and not counts["service_costs"]:
        said.append("service costs not connected: profit is net revenue less product cost")
    if counts["dated"]:
        said.append(
            f"{counts['dated']:,} of {counts['lines']:,} invoice lines have no service period: "
            "they count in full on the day of the invoice"
        )
    return said

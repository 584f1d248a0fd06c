"""Company folders at the edges of what may be put in: no rows, one account, rows that stopped, losses, hostile text.

Each maker writes a folder that is ready to build, small enough to build in a second or two.
"""

import csv
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from data.company import read_company
from data.contract import SOURCES
from data.sample import write_sample
from metrics.build import build

AS_OF = date(2026, 11, 15)
TODAY = date(2026, 11, 16)

HOSTILE = (
    '<script>alert("hostile")</script>',
    '"><img src=x onerror=alert(1)>',
    "=cmd|' /C calc'!A0",
    "{{7*7}}{% raise %}${7*7}",
    "'; drop table accounts; -- O'Hara \"Q\" `b` \\",
    "</style></textarea></select><svg onload=alert(2)>",
    "[a](javascript:alert(3)) &lt;b&gt; %3Cb%3E",
    "accounts?account=1&week=2020-01-05#top 100 % + more/../..",
    "\u202eشركة مثال\u202c עברית",
    "🧨👩‍👩‍👧‍👦 Ŵ Z̸̢͎a̷l̶g̵o",
    "two\nlines and a\ttab",
    "Unbreakable" * 27 + "End",
)
"""What a customer could be called, or write into a comment."""

Rows = Sequence[Mapping[str, object]]
Table = list[dict[str, str]]
LEFT_OUT = ("account_aliases",)
"""Sources that no screen shows yet."""


def accounts_only(folder: Path) -> Path:
    """Thirty accounts with everything an account can say of itself, and no other source."""
    return _put(folder, accounts=[_account(n, employees=n * 10) for n in range(1, 31)])


def empty(folder: Path) -> Path:
    """A file of accounts without a single byte."""
    return _put(folder, accounts=[])


def one_account(folder: Path) -> Path:
    """One account with a line of everything that brings or costs money, and one case."""
    return _put(
        folder,
        accounts=[_account(1)],
        products=[{"product_id": "P", "name": "Product", "list_price": 100}],
        subscriptions=[_subscription(1, arr=1200)],
        invoices=[_invoice(1, revenue=100, cost=60)],
        tickets=[{"ticket_id": "T", "account_id": "A1", "opened_at": "2026-11-12 09:00:00"}],
    )


def all_missing(folder: Path) -> Path:
    """Twelve accounts, and every other source there with its columns but without a row."""
    _put(folder, accounts=[_account(n) for n in range(1, 13)])
    for source in SOURCES.values():
        if source.name != "accounts":
            head = ",".join(column.name for column in source.columns)
            (folder / "sources" / f"{source.name}.csv").write_text(head + "\n", encoding="utf-8")
    return folder


def stale(folder: Path) -> Path:
    """Sources that all stopped a year before the week looked at, with the accounts still under contract."""
    write_sample(folder, AS_OF, accounts=24, weeks=70)
    stopped = (AS_OF - timedelta(weeks=52)).isoformat()

    def older(name: str, rows: Table) -> Table:
        source = SOURCES[name]
        known = source.known_on
        return [row for row in rows if not source.is_event or known is None or row[known] <= stopped]

    return _rewritten(folder, older)


def negative(folder: Path) -> Path:
    """Twelve accounts alike to the cent, all of which lose the same."""
    return _losing(folder, revenue=100, cost=150)


def refunded(folder: Path) -> Path:
    """Twelve accounts whose credit notes are larger than their invoices: revenue itself is below zero."""
    return _losing(folder, revenue=-40, cost=10)


def gone(folder: Path) -> Path:
    """Twelve accounts that all left long before the week looked at."""
    left = {"joined_on": "2024-01-01", "closed_on": "2025-01-01"}
    return _put(
        folder,
        accounts=[_account(n, **left) for n in range(1, 13)],
        subscriptions=[_subscription(n, starts_on="2024-01-01", ends_on="2025-01-01") for n in range(1, 13)],
    )


def few_views(folder: Path) -> Path:
    """Two of the seven views, German numbers, euros and weeks that end on a Saturday."""
    _put(
        folder,
        accounts=[_account(n) for n in range(1, 13)],
        subscriptions=[_subscription(n, arr=1000 * n) for n in range(1, 13)],
        tickets=[
            {"ticket_id": f"T{n}", "account_id": f"A{1 + n % 4}", "opened_at": f"2026-10-{1 + n % 28:02} 08:00:00"}
            for n in range(40)
        ],
    )
    settings = """
        views = ["vendor_risk", "client_experience"]
        locale = "de_DE"
        currency = "EUR"
        week_ends = "saturday"
        as_of = 2026-11-14
        [sources.tickets]
        complete_to = 2026-11-14
        """
    _settings(folder, settings)
    return folder


def hostile(folder: Path) -> Path:
    """Every text of every source is hostile: names, ids, segments, leads, comments, events; owners and company too.

    Each keeps its former text at the end, so that different values stay different. One row cannot be read, one
    belongs to nobody, and one column is unknown: their text reaches a screen as well.
    """
    write_sample(folder, AS_OF, accounts=36, weeks=20)
    seen: dict[str, dict[str, str]] = {}

    def spoiled(name: str, rows: Table) -> Table:
        texts = {
            column.name
            for column in SOURCES[name].columns
            if column.kind == "text"
            and not column.choices
            and column.name not in ("currency", "measure", "metric", "period")
        }
        return [{key: _spoiled(seen, key, text) if key in texts else text for key, text in row.items()} for row in rows]

    _rewritten(folder, spoiled)
    _spoil_tickets(folder / "sources" / "tickets.csv")
    owners = {"Support": HOSTILE[0], "Product": HOSTILE[1], "Services": HOSTILE[3], "Finance": HOSTILE[2]}
    lines = [f"{json.dumps(name)} = {json.dumps(who)}" for name, who in owners.items()]
    title = json.dumps(f"{HOSTILE[0]} & Co {HOSTILE[3]}")
    text = f"name = {title}\nas_of = {AS_OF}\nhistory_weeks = 20\n[owners]\n" + "\n".join(lines) + "\n"
    (folder / "company.toml").write_text(text, encoding="utf-8")
    return folder


COMPANIES: dict[str, Callable[[Path], Path]] = {
    maker.__name__: maker
    for maker in (
        accounts_only, empty, one_account, all_missing, stale, negative, refunded, gone, few_views, hostile,
    )
}  # fmt: skip
"""Every maker by its name."""


@cache
def built_edge(name: str, home: Path) -> Path:
    """The folder of one of them with its warehouse, built once for all tests that share `home`."""
    folder = COMPANIES[name](home / "edges" / name)
    build(read_company(folder), today=TODAY)
    return folder


def _account(n: int, **more: object) -> dict[str, object]:
    return {
        "account_id": f"A{n}",
        "name": f"Account {n}",
        "segment": ("Large", "Small")[n % 2],
        "region": ("North", "South", "")[n % 3],
        "csm": ("Ada", "Bo", "Cy", "")[n % 4],
        "joined_on": f"2024-{1 + n % 12:02}-01",
    } | more


def _subscription(n: int, arr: float = 1000, **more: object) -> dict[str, object]:
    own = {"subscription_id": f"S{n}", "account_id": f"A{n}", "product_id": "P", "arr": arr, "seats": 5}
    return own | {"starts_on": "2025-01-01"} | more


def _invoice(n: int, revenue: float, cost: float) -> dict[str, object]:
    own = {"invoice_line_id": f"L{n}", "account_id": f"A{n}", "product_id": "P", "invoiced_on": "2026-09-01"}
    return own | {"quantity": 1, "net_revenue": revenue, "product_cost": cost}


def _losing(folder: Path, revenue: float, cost: float) -> Path:
    return _put(
        folder,
        accounts=[_account(n) for n in range(1, 13)],
        subscriptions=[_subscription(n) for n in range(1, 13)],
        invoices=[_invoice(n, revenue, cost) for n in range(1, 13)],
    )


def _put(folder: Path, **sources: Rows) -> Path:
    """A company folder with these rows; a source without rows is a file without a byte."""
    (folder / "sources").mkdir(parents=True, exist_ok=True)
    for name, rows in sources.items():
        _write(folder / "sources" / f"{name}.csv", rows)
    _settings(folder, f"as_of = {AS_OF}\n")
    return folder


def _settings(folder: Path, text: str) -> None:
    words = f'name = "Edge & Sons"\nhistory_weeks = 20\nwindow_lead_weeks = 26\n{text}'
    (folder / "company.toml").write_text(words, encoding="utf-8")


def _write(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    every = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        if every:
            writer = csv.DictWriter(file, list(dict.fromkeys(key for row in every for key in row)))
            writer.writeheader()
            writer.writerows(every)


def _rewritten(folder: Path, change: Callable[[str, Table], Table]) -> Path:
    """The company with the rows of every source changed; what no screen shows is left out."""
    for path in (folder / "sources").glob("*.csv"):
        if path.stem in LEFT_OUT:
            path.unlink()
            continue
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        _write(path, change(path.stem, rows))
    return folder


def _spoiled(seen: dict[str, dict[str, str]], column: str, text: str) -> str:
    """A hostile text that ends in the one that was there: the same for the same, wherever it stands."""
    if not text:
        return text
    known = seen.setdefault("account_id" if column == "parent_account_id" else column, {})
    return known.setdefault(text, f"{HOSTILE[len(known) % len(HOSTILE)]} {text}")


def _spoil_tickets(path: Path) -> None:
    """Add a row that cannot be read, one of an unknown account, and a column nobody knows."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows.append(rows[-1] | {"ticket_id": "unreadable", "opened_at": HOSTILE[0]})
    rows.append(rows[-2] | {"ticket_id": "unmatched", "account_id": HOSTILE[1]})
    _write(path, [row | {HOSTILE[0]: HOSTILE[2]} for row in rows])

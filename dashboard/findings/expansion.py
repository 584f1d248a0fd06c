"""What the white space says: what is open and where, which product is untapped most, and who can sell it."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.format import Formats, missing
from dashboard.voice import PANEL, Voice, counted, fitting, shortened


def title(totals: Mapping[str, float], products: Sequence[Mapping[str, Any]], who: str, voice: Voice) -> str:
    """What is open a year at how many accounts, and the product that is untapped at most of them."""
    f = voice.formats
    accounts, openings = int(totals["open_accounts"]), int(totals["openings"])
    if not totals["accounts"]:
        return "No account fits this choice"
    if not openings:
        return f"{counted(int(totals['accounts']), 'account', f)}{who}: none has room for another unit"
    amount = f"{f.money(totals['amount'])} a year is open" if totals["amount"] else _openings(openings, f)
    opening = f"{amount} at {counted(accounts, 'account', f)}{who}"
    most = max(products, key=lambda row: row["untapped"])
    if not most["untapped"]:
        return fitting(opening, amount, limit=PANEL)
    where = f"{shortened(str(most['product']), 28)} is untapped at {f.count(most['untapped'])}"
    return fitting(f"{opening}; {where} of them", f"{opening}; {where}", opening, limit=PANEL)


def _openings(n: int, f: Formats) -> str:
    return f"{counted(n, 'opening', f)} {'is' if n == 1 else 'are'} left"


def reps(rows: Sequence[Mapping[str, Any]], voice: Voice) -> str:
    """Who holds most of what is open, and how much of it."""
    f = voice.formats
    if not rows:
        return "Nobody has anything to sell here"
    kind = "amount" if any(row["amount"] for row in rows) else "openings"
    whole = sum(float(row[kind]) for row in rows)
    top = max(rows, key=lambda row: float(row[kind]))
    who = shortened(str(top["sales_rep"]), 30) if top["sales_rep"] else "No rep"
    if len(rows) == 1:
        return f"{who} holds all of it" if top["sales_rep"] else "No account here has a sales rep"
    return f"{who} holds {f.share(float(top[kind]) / whole)} of it"


def basis(row: Mapping[str, Any], f: Formats) -> str:
    """How an opening is priced: units missing times a price, and where the price comes from."""
    units = f"{f.value(row['missing_units'], '')} {'unit' if row['missing_units'] == 1 else 'units'}"
    if missing(row["unit_price"]):
        return f"{units}, no price known"
    source = "list price" if row["price_basis"] == "list price" else "estimate, median per seat in the segment"
    return f"{units} × {f.exact(row['unit_price'])}, {source}"


def prices(totals: Mapping[str, float], f: Formats) -> str:
    """How many openings no money is told for; nothing where all have a price."""
    n = int(totals["unpriced"])
    return f"{counted(n, 'opening', f)} without a price {'is' if n == 1 else 'are'} not in the money" if n else ""


def risks(cells: Sequence[Mapping[str, Any]], most: int, f: Formats) -> list[str]:
    """Which accounts shown are NA in which products, why, and since when; those beyond `most` are counted."""
    found: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for cell in cells:
        if cell["state"] == "na":
            found.setdefault((cell["account_code"], str(cell["na_reason"])), []).append(cell)
    said = [_risk(group, f) for group in list(found.values())[:most]]
    return said + ([f"and {f.count(len(found) - most)} more"] if len(found) > most else [])


def _risk(cells: Sequence[Mapping[str, Any]], f: Formats) -> str:
    first = cells[0]
    since = "" if missing(first["risk_opened_on"]) else f" since {f.day(first['risk_opened_on'])}"
    where = str(first["product"]) if len(cells) == 1 else f"{len(cells)} products"
    return f"{shortened(str(first['name']), 30)}, {where}: {first['na_reason']}{since}"

"""Kinds of companies a screen must look decent on, beside the usual one."""

from tests.dashboard.made import Made

HOSTILE = (
    "<script>alert(1)</script>",
    "=cmd()|' /C calc'!A0",
    "\"quoted\" & 'single' <b>bold</b>",
    "A" * 300,
    "Öhlins & Søn — 株式会社 🙂 " + "very long name of a group of companies " * 6,
    "{{ 7 * 7 }} {% raw %}",
    "",
    "javascript:alert(1)//",
    "+1 (555) @SUM(A1)",
    'onmouseover=alert(1) x="',
)
EVERY_SOURCE = (
    "usage",
    "subscriptions",
    "touchpoints",
    "tickets",
    "invoices",
    "goals",
    "outages",
    "maturity",
    "contacts",
)

KINDS = {
    "usual": Made(accounts=120, step=5.0),
    "quiet": Made(accounts=60, step=0.0, seed=3),
    "got better": Made(accounts=120, step=5.0, drift=-1.0, seed=5),
    "no profit": Made(accounts=40, profit_missing="not connected: invoices.product_cost"),
    "all earn": Made(accounts=40, margin=0.6, losers=0.0),
    "all lose": Made(accounts=40, margin=-0.4),
    "no invoices": Made(accounts=40, profit_missing="not connected: invoices", has_invoices=False),
    "no arr": Made(accounts=40, has_arr=False),
    "partly connected": Made(accounts=40, unconnected=("goals", "tickets", "outages")),
    "accounts only": Made(
        accounts=40, unconnected=EVERY_SOURCE, has_arr=False, profit_missing="not connected: invoices",
        has_invoices=False, has_names=False,
    ),
    "nobody": Made(accounts=0, profit_missing="not connected: invoices", has_invoices=False, has_arr=False),
    "one account": Made(accounts=1),
    "three weeks": Made(accounts=40, weeks=3),
    "hostile": Made(accounts=40, names=HOSTILE, owners={"Support": "<img src=x onerror=alert(1)>"}),
    "german": Made(accounts=40, currency="EUR", locale="de_DE"),
}  # fmt: skip

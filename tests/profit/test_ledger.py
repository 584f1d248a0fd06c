"""Invoices against the ledger by month, over a year end and with service periods."""

from datetime import date
from decimal import Decimal

from tests.profit.books import line


def month(name: str, revenue: object) -> dict[str, object]:
    return {
        "month": date.fromisoformat(f"{name}-01"),
        "net_income": Decimal(1),
        "fte": 1.0,
        "revenue": None if revenue is None else Decimal(str(revenue)),
    }


def test_what_was_invoiced_stands_beside_what_finance_reports(books):
    made = books(
        finance=[month("2026-04", 100), month("2026-05", 120), month("2026-06", 1)],
        invoices=[line("a", 70, "2026-04-01"), line("b", 40, "2026-04-30"), line("a", -10, "2026-05-31")],
    )
    assert made.rows("select month, invoiced, finance_revenue, difference from ledger_months") == [
        (date(2026, 4, 1), 110, 100, 10),
        (date(2026, 5, 1), -10, 120, -130),
    ]  # June is not over


def test_a_service_period_counts_in_the_months_it_covers(books):
    yearly = line("a", "366.01", "2025-12-30", starts_on="2025-12-31", ends_on="2026-03-02")  # 1, 31, 28 and 1 days
    made = books(
        finance=[month(name, 0) for name in ("2025-11", "2025-12", "2026-01", "2026-02", "2026-03")], invoices=[yearly]
    )
    found = made.rows("select invoiced, spread, spread_difference from ledger_months order by month")
    assert [row[0] for row in found] == [0, Decimal("366.01"), 0, 0, 0]
    assert [row[1] for row in found] == [0, 6, Decimal("186.01"), 168, 6]  # 32 of 61 days are 192.01
    assert sum(row[1] for row in found) == Decimal("366.01")
    assert [row[2] for row in found] == [row[1] for row in found]


def test_what_was_served_before_the_invoice_counts_in_its_month(books):
    arrears = line("a", 60, "2026-01-05", starts_on="2025-12-02", ends_on="2026-01-31")  # 30 days in each month
    made = books(finance=[month("2025-12", 30), month("2026-01", 30)], invoices=[arrears])
    assert made.rows("select spread, spread_difference from ledger_months order by month") == [(0, -30), (60, 30)]


def test_the_last_day_of_the_year_is_the_old_year(books):
    made = books(
        as_of="2026-02-01",
        finance=[month("2025-12", 5), month("2026-01", 7)],
        invoices=[line("a", 5, "2025-12-31"), line("a", 7, "2026-01-01")],
    )
    assert made.rows("select invoiced, spread, difference from ledger_months order by month") == [(5, 5, 0), (7, 7, 0)]


def test_a_leap_day_is_a_day_of_service(books):
    quarter = line("a", 91, "2024-01-01", starts_on="2024-01-01", ends_on="2024-04-01")
    made = books(as_of="2024-06-30", finance=[month(f"2024-0{nth}", 0) for nth in (1, 2, 3)], invoices=[quarter])
    assert made.rows("select spread from ledger_months order by month") == [(31,), (29,), (31,)]


def test_nothing_is_compared_where_one_side_is_not_connected(books):
    assert books(finance=[month("2026-05", 5)]).rows("select * from ledger_months") == []
    assert books(invoices=[line("a")]).rows("select * from ledger_months") == []
    made = books(finance=[month("2026-05", None)], invoices=[line("a")])
    assert made.rows("select * from ledger_months") == []

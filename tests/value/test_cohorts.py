"""Cohorts: what is left of the accounts that first paid in one quarter, and of how many that is known."""

from tests.value.conftest import bill, line


def cohort(company, name: str) -> dict[int, tuple[int, int, int]]:
    """n, logos kept and money kept by months since, of one cohort."""
    found = company.rows(
        f"select months, sum(n), sum(logos_kept), sum(arr_kept) from cohorts where cohort = '{name}' group by months"
    )
    return {months: (int(n), int(logos), int(arr)) for months, n, logos, arr in found}


def test_an_account_counts_from_its_own_first_day(valued):
    lines = [line("a", 100, "2026-01-10", "2026-04-10"), line("b", 40, "2026-03-20")]
    found = cohort(valued(subscriptions=lines), "2026 Q1")
    assert found[0] == (2, 2, 140)
    assert found[2] == (2, 2, 140)
    assert found[3] == (2, 1, 40)


def test_n_falls_in_the_months_that_not_all_have_reached(valued):
    lines = [line("a", 100, "2026-01-10"), line("b", 40, "2026-03-20")]
    found = cohort(valued(subscriptions=lines), "2026 Q1")
    assert found[3] == (2, 2, 140)
    assert found[4] == (1, 1, 100)  # b is four months old on 20 July only
    assert max(found) == 5


def test_what_was_paid_then_speaks_of_those_that_are_that_old(valued):
    lines = [line("a", 100, "2026-01-10", "2026-02-01"), line("a", 150, "2026-02-01"), line("b", 40, "2026-03-20")]
    rows = valued(subscriptions=lines).rows(
        "select months, sum(arr_kept), sum(arr_then) from cohorts where months in (1, 4) group by all order by months"
    )
    assert [tuple(int(part) for part in row) for row in rows] == [(1, 190, 140), (4, 150, 100)]


def test_a_yearly_line_from_the_31st_is_over_after_twelve_months(valued):
    company = valued(subscriptions=[line("a", 100, "2025-01-31", "2026-01-31")])
    found = cohort(company, "2025 Q1")
    assert found[1] == (1, 1, 100)  # on 28 February
    assert found[11] == (1, 1, 100)
    assert found[12] == (1, 0, 0)


def test_a_fiscal_year_names_its_own_quarters(valued):
    company = valued(fiscal_year_starts=7, subscriptions=[line("a", 1, "2025-06-30"), line("b", 1, "2025-07-01")])
    assert cohort(company, "FY2025 Q4")[0][0] == 1
    assert cohort(company, "FY2026 Q1")[0][0] == 1


def test_without_subscriptions_an_account_is_kept_in_months_it_was_invoiced_in(valued):
    bills = [bill("a", 30, "2026-01-15"), bill("a", 20, "2026-02-14"), bill("a", 50, "2026-03-15")]
    found = cohort(valued(invoices=bills), "2026 Q1")
    assert found[0] == (1, 1, 50)  # both up to 14 February
    assert found[1] == (1, 0, 0)
    assert found[2] == (1, 1, 50)
    assert max(found) == 4  # the month from 15 June is not over on the 30th


def test_a_month_that_ends_today_is_over(valued):
    company = valued(as_of="2026-02-14", invoices=[bill("a", 30, "2026-01-15")])
    assert cohort(company, "2026 Q1") == {0: (1, 1, 30)}
    company = valued(as_of="2026-02-13", invoices=[bill("b", 30, "2026-01-15")])
    assert cohort(company, "2026 Q1") == {}


def test_older_quarters_than_three_years_are_left_out(valued):
    company = valued(subscriptions=[line("old", 1, "2023-03-31"), line("young", 1, "2023-04-01")])
    assert [name for (name,) in company.rows("select distinct cohort from cohorts")] == ["2023 Q2"]

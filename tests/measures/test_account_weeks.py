"""Who is scored in which week (contract rule 2)."""

import pytest

from tests.measures.conftest import days_before, weeks_to

MAY_TO_JUNE = weeks_to("2026-06-28", 8)


def line(account, starts, ends=None, arr=100, **more):
    return {"subscription_id": f"{account}-{starts}", "account_id": account, "starts_on": starts, "ends_on": ends,
            "arr": arr, **more}  # fmt: skip


def live(rows):
    """Live weeks by account, as counts."""
    return rows.groupby("account_id").size().to_dict()


def test_an_account_is_live_while_a_line_of_its_own_runs(staged):
    rows = staged(
        "account_weeks",
        weeks=MAY_TO_JUNE,
        subscriptions=[
            line("stays", "2024-01-01"),
            line("left", "2024-01-01", "2026-05-31"),  # the first day without service
            line("came", "2026-06-28"),
        ],
    )
    assert live(rows) == {"stays": 8, "left": 3, "came": 1}


def test_an_account_that_comes_back_is_one_account(staged):
    rows = staged(
        "account_weeks",
        weeks=MAY_TO_JUNE,
        subscriptions=[line("back", "2024-01-01", "2026-05-20"), line("back", "2026-06-20")],
    )
    assert sorted(str(day)[:10] for day in rows["as_of"]) == ["2026-05-10", "2026-05-17", "2026-06-21", "2026-06-28"]


def test_a_trial_is_live_without_arr(staged):
    rows = staged("account_weeks", subscriptions=[line("trial", "2026-06-01", arr=0)])
    assert rows["arr"].to_list() == [0]


def test_arr_and_seats_add_up_over_running_lines(staged):
    rows = staged(
        "account_weeks",
        subscriptions=[
            line("a", "2025-01-01", seats=5), line("a", "2025-02-01", arr=20, seats=None),
            line("a", "2024-01-01", "2025-01-01", arr=7, seats=7),
        ],
    )  # fmt: skip
    assert rows[["arr", "seats"]].values.tolist() == [[120, 5]]


def test_closing_ends_it_whatever_still_runs(staged):
    accounts = [{"account_id": "a", "joined_on": "2024-01-01", "closed_on": "2026-06-14"}]
    rows = staged("account_weeks", weeks=MAY_TO_JUNE, accounts=accounts, subscriptions=[line("a", "2024-01-01")])
    assert live(rows) == {"a": 5}


def test_without_any_subscriptions_an_invoice_keeps_it_live(staged):
    invoices = [{"account_id": "a", "invoiced_on": day} for day in (days_before(363), days_before(700))]
    invoices += [{"account_id": "b", "invoiced_on": days_before(364)}]
    rows = staged("account_weeks", invoices=invoices)
    assert live(rows) == {"a": 1}
    assert rows["arr"].isna().all()


def test_inactive_after_weeks_may_reach_before_the_lead_in(staged):
    settings = [{"inactive_after_weeks": 156}]
    rows = staged("account_weeks", settings=settings, invoices=[{"account_id": "a", "invoiced_on": days_before(1000)}])
    assert live(rows) == {"a": 1}


def test_with_neither_lines_nor_invoices_it_is_live_from_joining(staged):
    accounts = [
        {"account_id": "old", "joined_on": "2024-01-01"},
        {"account_id": "new", "joined_on": "2026-06-22"},
        {"account_id": "to come", "joined_on": "2026-07-01"},
        {"account_id": "unseen", "joined_on": None},
    ]
    rows = staged("account_weeks", accounts=accounts)
    assert rows.set_index("account_id")["age_days"].to_dict() == {"old": 909, "new": 6}


def test_where_some_subscribe_one_with_neither_line_nor_invoice_is_a_prospect(staged):
    accounts = [{"account_id": name, "joined_on": "2024-01-01"} for name in ("subscriber", "buyer", "prospect", "gone")]
    rows = staged(
        "account_weeks",
        accounts=accounts,
        subscriptions=[line("subscriber", "2025-01-01"), line("gone", "2025-01-01", "2025-12-31")],
        invoices=[{"account_id": name, "invoiced_on": days_before(10)} for name in ("buyer", "gone")],
    )
    assert rows.set_index("account_id")["arr"].to_dict() == {"subscriber": 100, "buyer": 0}


def test_a_company_that_starts_to_subscribe_is_read_as_before_until_then(staged):
    accounts = [{"account_id": name, "joined_on": "2024-01-01"} for name in ("first", "prospect")]
    rows = staged("account_weeks", weeks=MAY_TO_JUNE, accounts=accounts, subscriptions=[line("first", "2026-06-01")])
    assert live(rows) == {"first": 8, "prospect": 4}
    assert rows["arr"].isna().sum() == 8


@pytest.mark.parametrize(
    ("source", "row"),
    [
        ("usage", {"used_on": "2026-06-18", "uses": 1}),
        ("tickets", {"opened_at": "2026-06-18 23:59:00"}),
        ("contacts", {"joined_on": "2026-06-18"}),
        ("goals", {"agreed_on": "2026-06-18", "achieved_on": "2026-06-01"}),
    ],
)
def test_without_joined_on_it_joined_with_its_earliest_row_of_any_source(staged, source, row):
    rows = staged("account_weeks", accounts=[{"account_id": "a"}], **{source: [{"account_id": "a", **row}]})
    assert rows["age_days"].to_list() == [10]


def test_every_source_with_an_account_and_a_day_can_be_the_first_seen():
    from data.contract import SOURCES
    from tests.measures.conftest import STAGING

    dated = {name: s.known_on for name, s in SOURCES.items() if s.known_on and s.column("account_id")}
    sql = STAGING["account_first_seen"]
    assert [name for name, known_on in dated.items() if f"from {name} " not in sql or known_on not in sql] == []


def test_lead_in_weeks_are_not_scored(staged):
    rows = staged("account_weeks", accounts=[{"account_id": "a", "joined_on": "2020-01-01"}])
    assert len(rows) == 1


def test_a_bare_list_of_accounts_is_live_throughout(staged):
    rows = staged("account_weeks", weeks=MAY_TO_JUNE, accounts=[{"account_id": "listed"}])
    assert live(rows) == {"listed": 8}


def test_an_account_without_a_day_is_not_live_where_others_have_rows(staged):
    accounts = [{"account_id": "undated"}, {"account_id": "seen"}]
    tickets = [{"ticket_id": "1", "account_id": "seen", "opened_at": "2026-01-05 10:00:00"}]
    assert live(staged("account_weeks", weeks=MAY_TO_JUNE, accounts=accounts, tickets=tickets)) == {"seen": 8}

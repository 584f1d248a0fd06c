"""The numbers `check` prints about the sources, on rows a reader can count."""

from collections.abc import Callable, Iterator, Mapping

import duckdb
import pytest

from data.contract import SOURCES, SQL_TYPES
from data.facts import facts

Found = Callable[..., dict[str, float | int]]


@pytest.fixture
def found() -> Iterator[Found]:
    """Facts as `source.name` → value, from rows per source; every other source is an empty table."""
    connection = duckdb.connect()
    for source in SOURCES.values():
        columns = ", ".join(f"{column.name} {SQL_TYPES[column.kind]}" for column in source.columns)
        connection.execute(f"create table {source.name} ({columns})").fetchall()

    def of(**sources: list[Mapping[str, object]]) -> dict[str, float | int]:
        for source, rows in sources.items():
            for row in rows:
                marks = ", ".join(f"${column}" for column in row)
                connection.execute(f"insert into {source} ({', '.join(row)}) values ({marks})", dict(row)).fetchall()
        return {f"{fact.source}.{fact.name}": fact.value for fact in facts(connection)}

    yield of
    connection.close()


def test_nothing_is_said_of_sources_without_rows(found):
    assert found() == {}


def test_what_the_columns_cannot_tell_is_left_out(found):
    said = found(invoices=[{"account_id": "a", "invoiced_on": "2026-01-01", "net_revenue": 10}])
    assert said["invoices.net_revenue"] == 10
    assert not {"invoices.late_share", "invoices.gross_profit", "invoices.invoices", "invoices.product_cost"} & set(
        said
    )


def test_invoices(found):
    said = found(
        invoices=[
            {"invoice_id": "1", "account_id": "a", "invoiced_on": "2026-01-01", "due_on": "2026-01-31",
             "paid_on": "2026-01-31", "net_revenue": "10.10", "product_cost": 4},
            {"invoice_id": "1", "account_id": "a", "invoiced_on": "2026-01-01", "due_on": "2026-01-31",
             "paid_on": "2026-02-10", "net_revenue": "-0.1", "product_cost": 0,
             "starts_on": "2026-01-01", "ends_on": "2027-01-01"},
            {"invoice_id": "2", "account_id": "b", "invoiced_on": "2026-01-01", "due_on": "2026-01-31",
             "net_revenue": 5, "product_cost": 6},
        ]
    )  # fmt: skip
    assert said == {
        "invoices.invoices": 2,
        "invoices.accounts": 2,
        "invoices.net_revenue": 15,
        "invoices.product_cost": 10,
        "invoices.gross_profit": 5,
        "invoices.without_product_cost": 0,
        "invoices.credits": 1,
        "invoices.with_period": 1,
        "invoices.late_share": 0.5,
        "invoices.mean_days_to_settle": 35,
    }


def test_accounts_nobody_invoiced(found):
    accounts = [{"account_id": "a", "name": "A"}, {"account_id": "b", "name": "B", "parent_account_id": "a"}]
    assert found(accounts=accounts) == {"accounts.with_parent": 1}
    line = {"account_id": "a", "invoiced_on": "2026-01-01", "net_revenue": 10}
    assert found(invoices=[line, line])["accounts.without_invoices"] == 1


def test_subscriptions(found):
    said = found(
        subscriptions=[
            {"subscription_id": "1", "account_id": "a", "starts_on": "2026-01-01", "arr": 120},
            {"subscription_id": "2", "account_id": "a", "starts_on": "2026-01-01", "arr": 0, "ends_on": "2026-02-01"},
            {"subscription_id": "3", "account_id": "b", "starts_on": "2026-01-01", "arr": 60, "ends_on": "2026-02-01",
             "end_reason": "price"},
        ]
    )  # fmt: skip
    assert said == {
        "subscriptions.mrr": 15,
        "subscriptions.mrr_without_end": 10,
        "subscriptions.without_arr": 1,
        "subscriptions.ended": 2,
        "subscriptions.ended_with_reason": 1,
    }


def test_usage_before_its_subscription(found):
    said = found(
        subscriptions=[
            {"subscription_id": "1", "account_id": "a", "starts_on": "2026-01-01", "arr": 120},
            {"subscription_id": "2", "account_id": "a", "starts_on": "2026-03-01", "arr": 120},
        ],
        usage=[
            {"account_id": "a", "subscription_id": "2", "used_on": "2026-02-01", "uses": 1},  # before the one it names
            {"account_id": "a", "subscription_id": "1", "used_on": "2026-02-01", "uses": 1},
            {"account_id": "a", "used_on": "2026-02-01", "uses": 1},
            {"account_id": "a", "used_on": "2025-12-31", "uses": 1},  # before the account's first
            {"account_id": "without subscriptions", "used_on": "2026-02-01", "uses": 6},
        ],
    )
    assert said["usage.uses"] == 10
    assert (said["usage.before_subscription"], said["usage.before_subscription_share"]) == (2, 0.5)


def test_nothing_lies_before_subscriptions_that_are_not_connected(found):
    assert found(usage=[{"account_id": "a", "used_on": "2026-02-01", "uses": 6}]) == {"usage.uses": 6}


def test_costs(found):
    said = found(
        service_costs=[
            {"account_id": "a", "activity": "support", "minutes": 30, "hourly_rate": 80},
            {"account_id": "a", "activity": "returns", "amount": 2, "minutes": 30, "hourly_rate": 80},
            {"account_id": "a", "activity": "support", "minutes": 30},
        ],
        acquisition_costs=[
            {"channel": "fair", "amount": 100, "hours": 2, "hourly_rate": 50},
            {"amount": 1},
        ],
    )
    assert said == {
        "acquisition_costs.amount": 201,
        "acquisition_costs.amount:fair": 200,
        "service_costs.amount": 42,
        "service_costs.without_amount": 1,
        "service_costs.amount:returns": 2,
        "service_costs.amount:support": 40,
    }


def test_tickets_and_their_ratings(found):
    day = {"account_id": "a", "opened_at": "2026-01-01"}
    assert found(tickets=[day]) == {"tickets.open": 1}
    said = found(tickets=[{**day, "csat": 4, "closed_at": "2026-01-02"}])
    assert said == {"tickets.open": 1, "tickets.rated_share": 0.5, "tickets.lowest_rating": 4}


def test_nps_counts_nps_answers_only(found):
    def answer(kind, score, score_max, **more):
        return {"kind": kind, "score": score, "score_max": score_max, "answered_on": "2026-01-01", **more}

    said = found(
        surveys=[
            answer("nps", 9, 10, account_id="a"),
            answer("nps", 10, 10, comment="good"),
            answer("nps", 7, 10),
            answer("nps", 6, 10),
            answer("support", 1, 5),
        ]
    )
    assert said == {
        "surveys.nps": 25,
        "surveys.nps_answers": 4,
        "surveys.without_account": 4,
        "surveys.with_comment": 1,
    }


def test_pipeline(found):
    said = found(
        opportunities=[
            {"stage": "Won", "is_won": True, "closed_on": "2026-02-01", "opened_on": "2026-01-01", "amount": 10},
            {"stage": "Lost", "is_won": False, "closed_on": "2026-02-01", "opened_on": "2026-01-01", "amount": 0},
            {"stage": "Talks", "opened_on": "2026-01-01", "account_id": "a", "amount": 7},
            {"stage": "Talks"},
        ]
    )
    assert said == {
        "opportunities.won": 1,
        "opportunities.won_amount": 10,
        "opportunities.lost": 1,
        "opportunities.open": 2,
        "opportunities.open_amount": 7,
        "opportunities.open_without_account": 1,
        "opportunities.without_day": 1,
        "opportunities.deals:Lost": 1,
        "opportunities.amount:Lost": 0,
        "opportunities.deals:Talks": 2,
        "opportunities.amount:Talks": 7,
        "opportunities.deals:Won": 1,
        "opportunities.amount:Won": 10,
    }

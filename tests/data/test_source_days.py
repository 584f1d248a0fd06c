"""Which days a source covers, by contract rule 3: only between them does a missing row mean zero."""

from datetime import date

from data.contract import SOURCES
from tests.data.made import loaded, put

TICKETS = "ticket_id,account_id,opened_at\n1,A1,2026-01-05\n2,A1,2026-03-05 10:00\n"
USAGE = "account_id,used_on,uses\nA1,2026-02-01,1\nA1,2026-06-20,1\n"
RISKS = "risk_id,account_id,opened_on\n1,A1,2026-02-02\n"


def days(result):
    return {source: (first, last) for source, first, last in result.rows("select * from source_days")}


def test_a_source_is_complete_to_its_last_row_and_a_quiet_one_to_the_newest_event(tmp_path):
    result = loaded(put(tmp_path, {"tickets": TICKETS, "usage": USAGE, "risks": RISKS, "projects": ""}))
    assert days(result) == {
        "tickets": (date(2026, 1, 5), date(2026, 3, 5)),
        "usage": (date(2026, 2, 1), date(2026, 6, 20)),
        "risks": (date(2026, 2, 2), date(2026, 6, 20)),
    }


def test_a_declared_day_counts_for_itself_and_for_the_quiet_ones(tmp_path):
    company = put(tmp_path, {"tickets": TICKETS, "risks": RISKS}, "[sources.tickets]\ncomplete_to = 2026-04-30")
    result = loaded(company)
    assert days(result)["tickets"] == (date(2026, 1, 5), date(2026, 4, 30))
    assert days(result)["risks"] == (date(2026, 2, 2), date(2026, 4, 30))
    assert result.rows("select source, complete_to_is_declared from load_report where loaded > 0 order by 1") == [
        ("accounts", False), ("risks", False), ("tickets", True),
    ]  # fmt: skip


def test_references_have_days_of_their_own(tmp_path):
    body = "1,A1,email,2026-01-05\n2,A1,reference,2026-02-05\n3,A1,email,2026-03-05\n"
    touchpoints = f"touchpoint_id,account_id,kind,happened_on\n{body}"
    result = loaded(put(tmp_path, {"touchpoints": touchpoints, "usage": USAGE}))
    assert days(result)["references"] == (date(2026, 2, 5), date(2026, 6, 20))
    assert days(result)["touchpoints"] == (date(2026, 1, 5), date(2026, 3, 5))


def test_a_company_with_nothing_but_subscriptions_has_them_up_to_today(tmp_path):
    subscriptions = "subscription_id,account_id,starts_on,arr\n1,A1,2026-03-01,1000\n"
    result = loaded(put(tmp_path, {"subscriptions": subscriptions}), today=date(2026, 11, 22))
    assert days(result) == {"subscriptions": (date(2026, 3, 1), date(2026, 11, 22))}


def test_a_column_is_connected_when_a_loaded_row_has_a_value_in_it(tmp_path):
    tickets = (
        "ticket_id,account_id,opened_at,csat,priority\n1,A1,2026-01-05,,low\n2,A1,2026-01-06,9,low\n3,A1,2026-01-06,,\n"
    )
    result = loaded(put(tmp_path, {"tickets": tickets}))
    assert result.rows("select column_name, rows_with_value from connected_columns where source = 'tickets'") == [
        ("ticket_id", 2), ("account_id", 2), ("opened_at", 2), ("priority", 1),
    ]  # fmt: skip


def test_every_source_stands_in_the_report_and_has_its_table(tmp_path):
    result = loaded(put(tmp_path, {}))
    assert result.column("select count(*) from load_report where not is_connected") == [len(SOURCES) - 1]
    assert result.column("select count(*) from measurements") == [0]


def test_a_goal_is_rated_on_the_day_it_was_reached_unless_another_is_given(tmp_path):
    goals = "goal_id,account_id,objective,achieved_on,rated_on\n1,A1,x,2026-01-05,\n2,A1,x,2026-01-05,2026-02-01\n"
    result = loaded(put(tmp_path, {"goals": goals}))
    assert result.column("select rated_on from goals order by goal_id") == [date(2026, 1, 5), date(2026, 2, 1)]

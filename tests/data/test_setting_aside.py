"""What is refused, unmatched or a duplicate, with the line, the value and the reason; the rest is loaded."""

import pytest

from data.loading import TooManyRefused, load
from tests.data.made import TODAY, loaded, put

TICKETS = "ticket_id,account_id,opened_at,closed_at,priority,csat,is_repeat\n"


def test_every_refused_row_names_line_column_value_and_reason(tmp_path):
    body = [
        "1,A1,2026-01-05,,low,5,yes",
        ",A1,2026-01-05,,low,5,",
        "3,A1,yesterday,,low,5,",
        "4,A1,2026-01-05,,often,5,",
        "5,A1,2026-01-05,,low,6,",
        "6,A1,2026-01-05,,low,4.5,",
        "7,A1,2026-01-05,2026-01-04,low,5,",
        "8,A1,2026-11-23,,low,5,",
        "9,A1,2026-01-05,,low,5,perhaps",
    ]
    result = loaded(put(tmp_path, {"tickets": TICKETS + "\n".join(body)}))
    assert result.counts("tickets") == (9, 1, 8, 0, 0)
    assert result.reasons == [
        (3, "ticket_id", None, "is empty, and every row needs one"),
        (4, "opened_at", "yesterday", "not a moment; expected 2026-12-31 16:05:00"),
        (5, "priority", "often", "not one of low, normal, high, urgent"),
        (6, "csat", "6", "outside 1 to 5"),
        (7, "csat", "4.5", "not a whole number up to 2,147,483,647; expected 12"),
        (8, "closed_at", "2026-01-04", "before opened_at 2026-01-05 00:00:00"),
        (9, "opened_at", "2026-11-23", "after today, 2026-11-22: what has not happened yet can't be known"),
        (10, "is_repeat", "perhaps", "not true or false"),
    ]


def test_choices_are_read_whatever_their_case_and_spaces(tmp_path):
    touchpoints = "touchpoint_id,account_id,kind,happened_on\n1,A1,Business Review,2026-01-05\n"
    result = loaded(put(tmp_path, {"touchpoints": touchpoints}))
    assert result.column("select kind from touchpoints") == ["business_review"]


def test_what_may_lie_ahead_is_loaded(tmp_path):
    files = {
        "subscriptions": "subscription_id,account_id,starts_on,ends_on,arr\n1,A1,2027-01-01,2028-01-01,100\n",
        "invoices": "invoice_line_id,account_id,invoiced_on,due_on,net_revenue,starts_on,ends_on\n"
        "1,A1,2026-11-22,2026-12-22,100,2026-12-01,2027-12-01\n",
        "finance": "month,net_income,fte\n2027-03,10,5\n",
    }
    result = loaded(put(tmp_path, files))
    assert [result.counts(name)[1] for name in files] == [1, 1, 1]


def test_credit_notes_and_negative_quantities_are_revenue_below_zero(tmp_path):
    invoices = "invoice_line_id,account_id,invoiced_on,net_revenue,quantity\n1,A1,2026-01-05,-99.50,-2\n"
    result = loaded(put(tmp_path, {"invoices": invoices}))
    assert [(float(net), n) for net, n in result.rows("select net_revenue, quantity from invoices")] == [(-99.5, -2)]


def test_a_score_keeps_to_its_scale_and_the_scale_has_a_default(tmp_path):
    surveys = "response_id,kind,answered_on,score,score_max\n" + "".join(
        f"{nth},{kind},2026-01-05,{score},{top}\n"
        for nth, (kind, score, top) in enumerate(
            [
                ("nps", 0, ""),
                ("nps", 10, ""),
                ("nps", 11, ""),
                ("support", 0, ""),
                ("support", 5, ""),
                ("support", 6, 7),
            ],
            1,
        )
    )
    result = loaded(put(tmp_path, {"surveys": surveys}))
    assert result.rows("select response_id, score_max from surveys order by 1") == [
        ("1", 10),
        ("2", 10),
        ("5", 5),
        ("6", 7),
    ]
    assert [(line, value, reason) for line, _, value, reason in result.reasons] == [
        (4, "11", "outside 0 to 10"),
        (5, "0", "outside 1 to 5"),
    ]


def test_of_two_rows_with_one_key_the_first_stays(tmp_path):
    result = loaded(put(tmp_path, {"products": "product_id,name\nP1,first\nP2,other\nP1,second\nP1,third\n"}))
    assert result.counts("products") == (4, 2, 0, 0, 2)
    assert result.column("select name from products order by product_id") == ["first", "other"]
    assert result.reasons == [
        (4, "product_id", "P1", "the same as in line 2, which stays"),
        (5, "product_id", "P1", "the same as in line 2, which stays"),
    ]


def test_a_refused_row_does_not_make_the_next_one_a_duplicate(tmp_path):
    result = loaded(put(tmp_path, {"tickets": TICKETS + "1,A1,never,,,,\n1,A1,2026-01-05,,,,\n"}))
    assert result.counts("tickets") == (2, 1, 1, 0, 0)


def test_keys_of_several_columns_count_as_a_whole_and_empty_parts_are_equal(tmp_path):
    rows = ["1,A1,,2026-01-01,10", "1,A1,,2026-01-01,20", "1,A1,P1,2026-01-01,30", "1,A1,,2026-02-01,40"]
    text = "subscription_id,account_id,product_id,starts_on,arr\n" + "\n".join(rows)
    result = loaded(put(tmp_path, {"subscriptions": text}))
    assert [int(arr) for arr in result.column("select arr from subscriptions order by arr")] == [10, 30, 40]


def test_usage_without_ids_has_no_duplicates(tmp_path):
    same = "A1,2026-01-05,3\n"
    assert loaded(put(tmp_path, {"usage": f"account_id,used_on,uses\n{same}{same}"})).counts("usage") == (2, 2, 0, 0, 0)


def test_rows_of_unknown_accounts_are_unmatched_not_refused(tmp_path):
    tickets = f"{TICKETS}1,A1,2026-01-05,,,,\n2,prospect,2026-01-05,,,,\n"
    result = loaded(put(tmp_path, {"tickets": tickets}))
    assert result.counts("tickets") == (2, 1, 0, 1, 0)
    assert result.rows("select kind, value, reason from refused_rows") == [
        ("unmatched", "prospect", "accounts has no such account")
    ]
    assert result.report.is_good


def test_an_empty_account_that_need_not_be_filled_is_loaded(tmp_path):
    surveys = "response_id,account_id,kind,answered_on,score\n1,,nps,2026-01-05,9\n"
    result = loaded(put(tmp_path, {"accounts": "", "surveys": surveys}))
    assert result.rows("select account_id, score from surveys") == [(None, 9)]
    assert result.report.is_good


def tickets_with(bad: int, of: int) -> str:
    days = ["never"] * bad + ["2026-01-05"] * (of - bad)
    return TICKETS + "".join(f"{nth},A1,{day},,,,\n" for nth, day in enumerate(days))


def test_more_refused_rows_than_allowed_stop_a_build_with_the_whole_report(tmp_path, connection):
    company = put(tmp_path, {"tickets": tickets_with(2, 20)}, "max_refused = 0.05")
    with pytest.raises(TooManyRefused) as stopped:
        load(company, connection, TODAY)
    assert "sources/tickets.csv: 2 of 20 rows (10.0%) are refused" in str(stopped.value)
    assert "The first: line 2, opened_at = 'never': not a moment" in str(stopped.value)
    assert len(stopped.value.report.set_aside) == 2
    assert connection.execute("select count(*) from refused_rows").fetchall() == [(2,)]


def test_as_many_refused_rows_as_allowed_stop_nothing(tmp_path):
    assert loaded(put(tmp_path, {"tickets": tickets_with(1, 20)}, "max_refused = 0.05")).report.is_good


def test_more_unmatched_rows_than_allowed_stop_a_build(tmp_path, connection):
    tickets = f"{TICKETS}1,A1,2026-01-05,,,,\n2,x,2026-01-05,,,,\n3,y,2026-01-05,,,,\n"
    with pytest.raises(TooManyRefused, match=r"2 of 3 rows \(66.7%\) are unmatched, more than the 50.0%"):
        load(put(tmp_path, {"tickets": tickets}), connection, TODAY)

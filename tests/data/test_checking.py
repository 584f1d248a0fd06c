"""`check` says what a load would do and builds nothing."""

import json

from data.checking import check_company
from tests.data.made import TODAY, put

TICKETS = "ticket_id,account_id,opened_at\n"


def test_a_good_company_is_reported_as_plain_data(tmp_path):
    report = check_company(put(tmp_path, {"tickets": f"{TICKETS}1,A1,2026-01-05\n2,x,2026-01-05\n"}), TODAY)
    plain = json.loads(json.dumps(report.as_dict(), default=str))
    assert plain["is_good"] is True
    tickets = next(each for each in plain["sources"] if each["source"] == "tickets")
    assert (tickets["rows_in"], tickets["loaded"], tickets["unmatched"]) == (2, 1, 1)
    assert plain["set_aside"][0]["line"] == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["company.toml", "sources"]


def test_a_company_that_cannot_be_built_still_gives_its_report(tmp_path):
    report = check_company(put(tmp_path, {"tickets": f"{TICKETS}1,A1,never\n", "usage": "x\n1\n"}), TODAY)
    assert not report.is_good
    assert [trouble.split(":")[0] for trouble in report.troubles] == ["sources/usage.csv", "sources/tickets.csv"]
    assert next(each for each in report.sources if each.source == "tickets").refused == 1


def test_accounts_that_cannot_be_read_are_the_only_trouble_told(tmp_path):
    report = check_company(put(tmp_path, {"accounts": "x\n1\n", "tickets": f"{TICKETS}1,A1,2026-01-05\n"}), TODAY)
    assert len(report.troubles) == 1
    assert report.troubles[0].startswith("sources/accounts.csv: the columns 'account_id', 'name' are missing.")

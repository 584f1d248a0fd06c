"""Ids: numbers inside, the company's own text at the edges, and aliases that are read as the account they stand for."""

from tests.data.made import loaded, put

USAGE = "account_id,used_on,uses\n"


def test_accounts_are_numbered_in_the_order_of_their_ids(tmp_path):
    files = {"accounts": "account_id,name\nC,Cy\nA,Ada\nB,Bo\n", "usage": f"{USAGE}B,2026-01-05,7\n"}
    result = loaded(put(tmp_path, files))
    assert result.rows("select account_id, account_code, name from accounts") == [
        (1, "A", "Ada"),
        (2, "B", "Bo"),
        (3, "C", "Cy"),
    ]
    assert result.rows("select account_id, uses from usage") == [(2, 7)]


def test_a_parent_is_a_number_too_and_null_when_it_is_no_account(tmp_path):
    accounts = "account_id,name,parent_account_id\nA,Ada,\nB,Bo,A\nC,Cy,gone\n"
    result = loaded(put(tmp_path, {"accounts": accounts}))
    assert result.rows("select account_code, parent_account_id from accounts") == [("A", None), ("B", 1), ("C", None)]
    assert result.notes("accounts") == "1 parents are no accounts and were left empty"


def test_an_alias_is_read_as_its_account_in_every_source(tmp_path):
    files = {
        "account_aliases": "alias,account_id\ncrm-9,A1\n",
        "usage": f"{USAGE}crm-9,2026-01-05,3\nA1,2026-01-05,4\n",
    }
    result = loaded(put(tmp_path, files))
    assert result.rows("select account_id, sum(uses) from usage group by account_id") == [(1, 7)]
    assert result.rows("select alias, account_id from account_aliases") == [("crm-9", 1)]


def test_aliases_of_aliases_lead_to_the_account_at_the_end(tmp_path):
    files = {"account_aliases": "alias,account_id\nold,older\nolder,A1\n", "usage": f"{USAGE}old,2026-01-05,3\n"}
    assert loaded(put(tmp_path, files)).rows("select account_id, uses from usage") == [(1, 3)]


def test_aliases_that_go_round_in_circles_lead_nowhere(tmp_path):
    files = {"account_aliases": "alias,account_id\nx,y\ny,x\n", "usage": f"{USAGE}x,2026-01-05,3\n"}
    result = loaded(put(tmp_path, files))
    assert result.counts("usage") == (1, 0, 0, 1, 0)
    assert result.counts("account_aliases") == (2, 0, 0, 2, 0)


def test_a_merged_account_gives_way_to_the_one_it_was_merged_into(tmp_path):
    files = {
        "accounts": "account_id,name\nA1,the old name\nB2,the one that stays\n",
        "account_aliases": "alias,account_id\nA1,B2\n",
        "usage": f"{USAGE}A1,2026-01-05,3\nB2,2026-01-05,4\n",
    }
    result = loaded(put(tmp_path, files))
    assert result.rows("select account_id, account_code, name from accounts") == [(1, "B2", "the one that stays")]
    assert result.counts("accounts") == (2, 1, 0, 0, 1)
    assert result.column("select sum(uses) from usage where account_id = 1") == [7]


def test_duplicates_are_told_by_the_account_an_alias_stands_for(tmp_path):
    maturity = "account_id,dimension,level,assessed_on\nA1,data,3,2026-01-05\ncrm-9,data,4,2026-01-05\n"
    result = loaded(put(tmp_path, {"account_aliases": "alias,account_id\ncrm-9,A1\n", "maturity": maturity}))
    assert result.counts("maturity") == (2, 1, 0, 0, 1)


def test_a_contact_has_one_number_in_every_source(tmp_path):
    files = {
        "contacts": "contact_id,account_id\nz@a,A1\nk@b,B2\n",
        "surveys": "response_id,account_id,contact_id,kind,answered_on,score\n1,A1,z@a,nps,2026-01-05,9\n",
        "touchpoints": "touchpoint_id,account_id,contact_id,kind,happened_on\n"
        "1,A1,z@a,email,2026-01-05\n2,A1,new@a,email,2026-01-06\n3,A1,,email,2026-01-07\n",
    }
    result = loaded(put(tmp_path, files))
    assert result.rows("select contact_id, contact_code from contacts order by 1") == [(1, "k@b"), (2, "z@a")]
    assert result.column("select contact_id from surveys") == [2]
    assert result.column("select contact_id from touchpoints order by touchpoint_id") == [2, 3, None]


def test_users_are_numbered(tmp_path):
    users = ["u9", "u1", "", "u9"]
    usage = "account_id,user_id,used_on,uses\n" + "".join(
        f"A1,{user},2026-01-05,{n}\n" for n, user in enumerate(users, 1)
    )
    result = loaded(put(tmp_path, {"usage": usage}))
    assert result.rows("select user_id, uses from usage order by uses") == [(2, 1), (1, 2), (None, 3), (2, 4)]


def test_tables_are_sorted_by_account_and_day(tmp_path):
    usage = f"{USAGE}B2,2026-01-05,1\nA1,2026-01-07,2\nB2,2026-01-04,3\nA1,2026-01-06,4\n"
    assert loaded(put(tmp_path, {"usage": usage})).column("select uses from usage") == [4, 2, 3, 1]


def test_a_broken_alias_is_told_apart_from_a_broken_account(tmp_path):
    files = {
        "accounts": "account_id,name\nA1,Ada\nx,y,z,1,2,3\n",
        "account_aliases": 'alias,account_id\nq,A1\n"a"b,A1\n"c"d,A1\n',
    }
    result = loaded(put(tmp_path, files))
    assert result.counts("accounts") == (2, 1, 1, 0, 0)
    assert result.counts("account_aliases") == (3, 1, 2, 0, 0)

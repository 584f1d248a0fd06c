"""What must hold between the score tables of any company, seen in the made-up one."""

import pytest

BROKEN = {
    "a score outside its range": """
        select 1 from view_now
        where vendor_risk_points < vendor_risk_low or vendor_risk_points > vendor_risk_high
            or client_outcomes_points < client_outcomes_low or client_outcomes_points > client_outcomes_high
        """,
    "a range without a valid measure": """
        select 1 from view_now
        where client_outcomes_n = 0 and (client_outcomes_low is not null or client_outcomes_high is not null)
        """,
    "a range missing beside a score": """
        select 1 from view_now where client_experience_points is not null and client_experience_low is null
        """,
    "a cap that is not in the file": """
        select 1 from view_now where vendor_risk_cap is not null
            and vendor_risk_cap not in (select name from caps where view = 'vendor_risk')
        """,
    "more points than the cap leaves": """
        select 1 from view_now as n join caps as c on c.view = 'vendor_risk' and c.name = n.vendor_risk_cap
        where n.vendor_risk_points <> c.most
        """,
    "a cap without its cause": """
        select 1 from view_now as n
        left join account_recent as r
            on r.account_id = n.account_id and r.as_of = n.as_of and r.view = 'vendor_risk' and r.entry = 'sponsor_left'
            and r.status = 'red'
        where n.vendor_risk_cap = 'Sponsor gone' and r.account_id is null
        """,
    "a green risk while the sponsor is gone": """
        select 1 from view_now as n
        join account_recent as r on r.account_id = n.account_id and r.as_of = n.as_of
        where r.view = 'vendor_risk' and r.entry = 'sponsor_left' and r.status = 'red'
            and n.vendor_risk_status = 'green'
        """,
    "points beyond nine places": "select 1 from view_scores where points <> round(points, 9)",
    "a band that is not that of its points": """
        select 1 from view_scores
        where points is not null
            and status <> case when points <= 50 then 'red' when points <= 75 then 'amber' else 'green' end
        """,
    "a conflict without its sides": """
        select 1 from conflicts as c
        join conflict_kinds as k on k.conflict = c.conflict
        left join group_now as g
            on g.view = k.green_view and g.grp = k.green_grp and g.account_id = c.account_id and g.as_of = c.as_of
            and g.status = 'green'
        where g.view is null
        """,
    "a fragile band that is none": """
        select 1 from fragile as f
        join view_scores as v on v.view = f.view and v.account_id = f.account_id and v.as_of = f.as_of
        where v.points is null
        """,
    "a red group without a first week": """
        select 1 from group_now where (status = 'red') <> (since is not null) or since > as_of
        """,
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_never(sample, broken):
    assert not sample.execute(f"select * from ({broken}) as broken limit 1").fetchall()


def test_the_cap_of_vendor_risk_fires_in_the_sample(sample):
    (held,) = sample.execute("select count(*) from view_now where vendor_risk_cap = 'Sponsor gone'").fetchone()
    assert held > 0
    (words,) = sample.execute("select words from caps").fetchone()
    assert words == "Sponsor left is red: 75 points at most"


def test_some_ranges_are_wide_and_most_are_a_point(sample):
    rows = sample.execute(
        "select avg(case when client_outcomes_low < client_outcomes_high then 1.0 else 0 end) from view_now"
    ).fetchone()
    assert 0.01 < float(rows[0]) < 0.5

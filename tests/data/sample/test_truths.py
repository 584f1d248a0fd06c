"""Each truth planted in the sample company is found again from its warehouse."""

import numpy as np
import pytest

from data.sample.catalogue import BEST_CSM, CSMS, FIRMWARE_PRODUCT, PRODUCT_IDS
from data.sample.truths import (
    ADOPTION_LEADS,
    BIG_LOSERS,
    FIRMWARE,
    LEAVING_ADVOCATES,
    LOCKED_IN,
    SILENCE_LEADS,
    TRUTHS,
    planted_accounts,
)  # fmt: skip
from tests.conftest import SAMPLE_AS_OF

# The rows of the accounts that left, by whole weeks before they did, beside those of all who stayed, in one week.
BEFORE_LEAVING = """
    with leavers as (
        select account_id, max(ends_on) as left_on
        from subscriptions
        group by account_id
        having count(*) = count(ends_on) and max(ends_on) <= $as_of
    ),
    valued as (
        select
            v.account_id, v.as_of, v.numerator / v.denominator as value, l.left_on,
            cast(floor(date_diff('day', v.as_of, l.left_on) / 7) as int) as weeks_before
        from measure_values as v
        left join leavers as l on l.account_id = v.account_id
        where v.measure = $measure and v.denominator > 0
    )
"""


@pytest.fixture(scope="module")
def planted():
    return planted_accounts(SAMPLE_AS_OF)


def leavers_and_stayers(sample, measure, weeks_before):
    """Values of leavers so many weeks before they left, and of stayers."""
    values = sample.execute(
        BEFORE_LEAVING + "select value, left_on is not null, weeks_before from valued",
        {"as_of": SAMPLE_AS_OF, "measure": measure},
    ).fetchall()
    left = [value for value, has_left, week in values if has_left and week == weeks_before]
    stayed = [value for value, has_left, _ in values if not has_left]
    return np.array(left), np.array(stayed)


def separation(left, stayed):
    """Chance that a leaver's value is above a stayer's: 0.5 says nothing, 0 and 1 say all."""
    ordered = np.sort(stayed)
    below, upto = np.searchsorted(ordered, left, "left"), np.searchsorted(ordered, left, "right")
    return float(((below + upto) / 2 / len(ordered)).mean())


def values_now(sample, measure, codes):
    """The latest values of some accounts; the item does not matter."""
    rows = sample.execute(
        """
        select avg(v.numerator / v.denominator)
        from measure_values as v
        join accounts as a on a.account_id = v.account_id
        where v.measure = $measure and v.denominator > 0 and v.as_of = $as_of and list_contains($codes, a.account_code)
        group by v.account_id
        """,
        {"measure": measure, "as_of": SAMPLE_AS_OF, "codes": codes},
    ).fetchall()
    return np.array([value for (value,) in rows])


def test_every_truth_is_told_in_full():
    for truth in TRUTHS:
        assert truth.what and truth.accounts and truth.size
        assert truth.measures
    assert len({truth.name for truth in TRUTHS}) == len(TRUTHS) == 9


def test_people_stop_thirteen_weeks_before_an_account_leaves(sample, planted):
    weekly = sample.execute(
        """
        with leavers as (
            select account_id, account_code, closed_on from accounts where list_contains($codes, account_code)
        )
        select cast(floor(date_diff('day', u.used_on, l.closed_on) / 7) as int) as weeks_before, count(*) as people_days
        from (select distinct account_id, user_id, used_on from usage) as u
        join leavers as l on l.account_id = u.account_id
        where date_diff('day', u.used_on, l.closed_on) <= 26 * 7
            and date_diff('day', $first_day, l.closed_on) > 26 * 7
        group by 1
        """,
        {"codes": planted[ADOPTION_LEADS.name], "first_day": "2024-11-18"},
    ).fetchall()
    use = dict(weekly)
    usual = np.mean([use[week] for week in range(14, 26)])
    assert ADOPTION_LEADS.weeks == 13
    assert use[13] > 0.9 * usual
    assert use[11] < 0.9 * usual
    assert use[8] < 0.45 * usual
    assert use[2] < 0.2 * usual


@pytest.mark.parametrize("measure", ADOPTION_LEADS.measures)
def test_adoption_falls_before_an_account_leaves(sample, measure):
    assert 0.35 < separation(*leavers_and_stayers(sample, measure, 16)) < 0.65
    assert separation(*leavers_and_stayers(sample, measure, 4)) < 0.3, "seven in ten have stopped"


def test_the_sponsor_is_silent_eight_weeks_before_an_account_leaves(sample, planted):
    (latest,) = sample.execute(
        """
        select min(date_diff('day', t.happened_on, a.closed_on))
        from touchpoints as t
        join accounts as a on a.account_id = t.account_id
        join contacts as c on c.contact_id = t.contact_id and c.account_id = t.account_id
        where list_contains($codes, a.account_code) and t.attended and c.role in ('sponsor', 'economic_buyer')
            and t.kind in ('meeting', 'business_review', 'executive_call')
        """,
        {"codes": planted[SILENCE_LEADS.name]},
    ).fetchone()
    assert SILENCE_LEADS.weeks * 7 < latest <= SILENCE_LEADS.weeks * 7 + 14
    assert 0.35 < separation(*leavers_and_stayers(sample, "sponsor_contact_days", 9)) < 0.65
    assert separation(*leavers_and_stayers(sample, "sponsor_contact_days", 1)) > 0.8


def test_no_other_measure_leads_churn(sample):
    measures = [name for (name,) in sample.execute("select distinct measure from measure_values").fetchall()]
    told = {name: leavers_and_stayers(sample, name, 4) for name in measures}
    leading = {name for name, values in told.items() if len(values[0]) > 20 and abs(separation(*values) - 0.5) > 0.2}
    assert leading == {*ADOPTION_LEADS.measures, *SILENCE_LEADS.measures}


def test_mail_response_says_nothing(sample):
    for week in (1, 4, 8, 13):
        assert 0.4 < separation(*leavers_and_stayers(sample, "email_response", week)) < 0.6
    by_account = sample.execute(
        """
        select
            corr(m.answered, ln(w.arr)) as with_size,
            corr(m.answered, p.margin) as with_profit,
            corr(m.answered, u.value) as with_adoption
        from (
            select account_id, avg(case when attended then 1 else 0 end) as answered
            from touchpoints where kind = 'email' group by account_id
        ) as m
        join scored_weeks as w on w.account_id = m.account_id and w.as_of = $as_of
        left join account_profit as p on p.account_id = m.account_id and p.as_of = $as_of
        left join (
            select account_id, avg(numerator / denominator) as value
            from measure_values where measure = 'utilisation' and denominator > 0 group by account_id
        ) as u on u.account_id = m.account_id
        """,
        {"as_of": SAMPLE_AS_OF},
    ).fetchone()
    assert all(abs(correlation) < 0.12 for correlation in by_account)


def test_page_views_rise_alone(sample):
    views = sample.execute(
        """
        select corr(date_diff('day', $as_of, measured_on), value / seats), regr_slope(value / seats, year_no),
            avg(value / seats)
        from (
            select m.measured_on, m.value, w.seats, date_diff('day', $as_of, m.measured_on) / 365.0 as year_no
            from measurements as m
            join scored_weeks as w on w.account_id = m.account_id and w.as_of = $as_of
            where m.measure = 'portal_page_views'
        )
        """,
        {"as_of": SAMPLE_AS_OF},
    ).fetchone()
    assert views[0] > 0.8
    assert 2 * views[1] > 0.6 * views[2]  # two years at this slope add more than half of the mean
    (then, now) = sample.execute(
        """
        select sum(before.arr), sum(later.arr)
        from scored_weeks as before
        join scored_weeks as later on later.account_id = before.account_id and later.as_of = $as_of
        where before.as_of = $as_of - 103 * 7
        """,
        {"as_of": SAMPLE_AS_OF},
    ).fetchone()
    assert abs(now / then - 1) < 0.08
    reached = dict(
        sample.execute(
            """
            select as_of, sum(numerator) / sum(denominator)
            from measure_values
            where measure = 'goals_reached'
            group by as_of
            """
        ).fetchall()
    )
    assert abs(reached[SAMPLE_AS_OF] - reached[min(reached)]) < 0.08


def test_locked_in_detractors_stay_and_speak_ill(sample, planted):
    codes = planted[LOCKED_IN.name]
    assert len(codes) == 10
    assert np.median(values_now(sample, "utilisation", codes)) >= 0.8
    assert (values_now(sample, "sponsor_contact_days", codes) <= 35).all()
    assert (values_now(sample, "latest_sentiment", codes) <= 0.25).mean() > 0.85
    assert np.median(values_now(sample, "relationship_nps", codes)) <= -50
    assert (values_now(sample, "reference_activity", codes) == 0).all()
    (left,) = sample.execute(
        "select count(closed_on) from accounts where list_contains($1, account_code)", [codes]
    ).fetchone()
    assert left == 0


def test_leaving_advocates_praise_and_have_given_notice(sample, planted):
    codes = planted[LEAVING_ADVOCATES.name]
    assert len(codes) == 6
    ends = sample.execute(
        """
        select
            count(distinct a.account_id),
            min(date_diff('day', $as_of, s.ends_on)),
            max(date_diff('day', $as_of, s.ends_on))
        from accounts as a
        join subscriptions as s on s.account_id = a.account_id and s.cancelled_on <= $as_of
        where list_contains($codes, a.account_code)
        """,
        {"as_of": SAMPLE_AS_OF, "codes": codes},
    ).fetchone()
    assert ends[0] == len(codes) and 0 < ends[1] <= ends[2] <= 7 * (LEAVING_ADVOCATES.weeks + 1)
    assert (values_now(sample, "latest_sentiment", codes) >= 0.75).mean() > 0.8
    assert (values_now(sample, "reference_activity", codes) >= 1).mean() > 0.8
    assert np.median(values_now(sample, "advanced_features_in_use", codes)) < 0.1
    assert np.median(values_now(sample, "sponsor_contact_days", codes)) > 45


def test_two_big_accounts_lose_money(sample, planted):
    rows = sample.execute(
        """
        select a.account_code, p.profit, p.margin
        from account_profit as p
        join accounts as a on a.account_id = p.account_id
        where p.as_of = $as_of
        order by p.revenue desc
        limit 15
        """,
        {"as_of": SAMPLE_AS_OF},
    ).fetchall()
    losing = {code: float(profit) for code, profit, margin in rows if margin < -0.02}
    assert set(losing) == set(planted[BIG_LOSERS.name])
    assert max(losing.values()) < -100_000
    assert sum(losing.values()) < -400_000


def test_the_firmware_brings_a_step_of_cases_in_one_product(sample):
    product = PRODUCT_IDS[FIRMWARE_PRODUCT]
    weekly = sample.execute(
        """
        select
            date_diff('day', cast(t.opened_at as date), $as_of) // 7 as weeks_ago,
            sum(case when t.product_id = $product then 1 else 0 end) as of_product,
            sum(case when t.product_id <> $product then 1 else 0 end) as of_others
        from tickets as t
        where date_diff('day', cast(t.opened_at as date), $as_of) < 52 * 7
        group by 1
        """,
        {"as_of": SAMPLE_AS_OF, "product": product},
    ).fetchall()
    of_product = {int(week): float(n) for week, n, _ in weekly}
    others = {int(week): float(n) for week, _, n in weekly}
    usual = np.array([of_product.get(week, 0) for week in range(4, 52)])
    step = np.array([of_product[week] for week in range(4)])
    assert FIRMWARE.weeks == 4
    assert step.mean() > 4 * usual.mean()
    assert step.min() > usual.max()
    assert 0.7 < np.mean([others[week] for week in range(4)]) / np.mean([others[week] for week in range(4, 52)]) < 1.3
    (marked,) = sample.execute(
        "select date_diff('day', happened_on, $as_of) // 7 from events where name like 'Firmware 4.2%'",
        {"as_of": SAMPLE_AS_OF},
    ).fetchone()
    assert marked == 3


def test_one_team_keeps_its_customers(sample):
    shares = dict(
        sample.execute(
            """
            select csm, avg(case when closed_on > $as_of - 728 then 1.0 else 0 end)
            from accounts
            where joined_on < $as_of - 728 and (closed_on is null or closed_on > $as_of - 728)
            group by csm
            """,
            {"as_of": SAMPLE_AS_OF},
        ).fetchall()
    )
    best = CSMS[BEST_CSM]
    others = [share for csm, share in shares.items() if csm != best]
    assert min(shares, key=shares.get) == best
    assert shares[best] < 0.5 * np.mean(others)

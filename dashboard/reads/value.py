"""Reads of customer value: how ARR moved, what was kept, what is due, and what winning accounts costs."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from dashboard.reads.warehouse import Generation, Scope, listed
from metrics.value import (
    SUMS,
    Figure,
    Margin,
    Sources,
    acquisition,
    retention,
    survival,
)

MOVEMENTS = ("new", "reactivation", "expansion", "contraction", "churn")
"""The steps of a bridge, between `opening` and `closing`."""
BRIDGE = ("opening", *MOVEMENTS, "closing")
STATES = ("cancelled", "open", "renews by itself", "evergreen")
"""How a line can stand before its term ends, what needs attention first."""


def value_sources(generation: Generation) -> Sources:
    """Whether the company is contractual, and what its value can be told from."""
    return Sources.of(generation.ask("select * from value_sources"))


def value_periods(generation: Generation, kind: str) -> pd.DataFrame:
    """The months or quarters there are, oldest first: `period`, `opens_on`, `closes_on`, `is_whole`."""
    return generation.ask(
        "select period, opens_on, closes_on, is_whole from period_ends where kind = $kind order by closes_on",
        {"kind": kind},
    )


def bridges(generation: Generation, scope: Scope, kind: str) -> pd.DataFrame:
    """The ARR bridge of every month or quarter, oldest first: one column of money for each name in `BRIDGE`.

    `opening` + the five movements = `closing`; contraction and churn are below zero. Beside each name, `n_` and the
    name hold its accounts. Empty for a company without subscriptions.
    """
    condition, params = scope.clause("b.")
    columns = ", ".join(
        f"""
            cast(coalesce(sum(case when b.movement = '{name}' then b.amount end), 0) as double) as {name},
            cast(coalesce(sum(case when b.movement = '{name}' then b.accounts end), 0) as bigint) as n_{name}"""
        for name in BRIDGE
    )
    return generation.ask(
        f"""
        select p.period, p.opens_on, p.closes_on, p.is_whole, {columns}
        from arr_bridges as b
        join period_ends as p on p.kind = b.kind and p.period = b.period
        where b.kind = $kind and {condition}
        group by p.period, p.opens_on, p.closes_on, p.is_whole
        order by p.closes_on
        """,
        params | {"kind": kind},
    )


def movers(
    generation: Generation, scope: Scope, kind: str, period: str, movement: str | None = None, limit: int = 20
) -> pd.DataFrame:
    """The accounts behind a bridge, the largest movement first: code, name, csm, `movement`, `amount`."""
    condition, params = scope.clause("a.")
    return generation.ask(
        f"""
        select m.account_id, a.account_code, a.name, coalesce(a.csm, '') as csm, m.movement,
            cast(m.amount as double) as amount
        from arr_movements as m join accounts as a on a.account_id = m.account_id
        where m.kind = $kind and m.period = $period and ($movement is null or m.movement = $movement) and {condition}
        order by abs(m.amount) desc, m.account_id
        limit $limit
        """,
        params | {"kind": kind, "period": period, "movement": movement, "limit": limit},
    )


def retained(generation: Generation, scope: Scope) -> pd.DataFrame:
    """Both parts of every retention figure, by day: `as_of` and the columns of `SUMS`, oldest first.

    Days are the last 14 week ends and the end of every month shown. One row goes to `metrics.value.retention_figures`.
    """
    condition, params = scope.clause()
    sums = ", ".join(f"cast(sum({name}) as double) as {name}" for name in SUMS)
    return generation.ask(
        f"select as_of, {sums} from retention_now where {condition} group by as_of order by as_of", params
    )


def retention_figures(generation: Generation, scope: Scope, week: date) -> dict[str, Figure]:
    """NRR, GRR and the others on the newest day that is not after the week."""
    rows = retained(generation, scope)
    before = rows[rows["as_of"] <= pd.Timestamp(week)]
    sums = before.iloc[-1].to_dict() if len(before) else dict.fromkeys(SUMS, 0)
    return retention.retention_figures({str(name): value for name, value in sums.items()}, value_sources(generation))


def cohorts(generation: Generation, scope: Scope) -> pd.DataFrame:
    """What is left of accounts by quarter of first payment and months since, of those that are that old (`n`).

    `cohort`, `cohort_on`, `months`, `n`, `logos_kept`, `arr_kept`, `arr_then`: divide by `n` or by `arr_then`.
    """
    condition, params = scope.clause()
    return generation.ask(
        f"""
        select cohort, cohort_on, months, cast(sum(n) as bigint) as n, cast(sum(logos_kept) as bigint) as logos_kept,
            cast(sum(arr_kept) as double) as arr_kept, cast(sum(arr_then) as double) as arr_then
        from cohorts
        where {condition}
        group by cohort, cohort_on, months
        order by cohort_on, months
        """,
        params,
    )


def renewals(generation: Generation, scope: Scope, view: str) -> pd.DataFrame:
    """Accounts and ARR whose terms end, by fiscal quarter, state and the account's status in one view.

    `quarter` and `quarter_on` are missing for evergreen lines and for terms that end after the calendar; `is_later`
    tells the two apart. `status` is 'none' for an account without a score. ARR adds up to the ARR of the day.
    """
    condition, params = scope.clause("a.")
    return generation.ask(
        f"""
        select r.quarter, r.quarter_on, r.state, r.is_later, coalesce(n.{view}_status, 'none') as status,
            count(*) as accounts, cast(sum(r.arr) as double) as arr
        from account_renewals as r
        join accounts as a on a.account_id = r.account_id
        left join (
            select account_id, {view}_status from view_now where as_of = (select as_of from generation)
        ) as n on n.account_id = r.account_id
        where {condition}
        group by all
        order by r.quarter_on nulls last, r.is_later desc, r.state, status
        """,
        params,
    )


def renewals_page(
    generation: Generation, scope: Scope, view: str, quarter: str | None, limit: int, offset: int = 0
) -> pd.DataFrame:
    """The lines of one quarter (None: of all in the calendar), the first to end first; larger ARR first on one day."""
    condition, params = scope.clause("a.")
    return generation.ask(
        f"""
        with page as (
            select r.account_id, r.product_id, r.renews_on, r.quarter, r.state, r.arr
            from renewals as r
            join accounts as a on a.account_id = r.account_id
            where r.quarter is not null and ($quarter is null or r.quarter = $quarter) and {condition}
            order by r.renews_on, r.arr desc, r.account_id, r.product_id
            limit $limit offset $offset
        )

        select r.account_id, a.account_code, a.name, coalesce(a.csm, '') as csm, r.product_id, p.name as product,
            r.renews_on, r.quarter, r.state, cast(r.arr as double) as arr,
            coalesce(n.{view}_status, 'none') as status
        from page as r
        join accounts as a on a.account_id = r.account_id
        left join products as p on p.product_id = r.product_id
        left join view_now as n on n.account_id = r.account_id and n.as_of = (select as_of from generation)
        order by r.renews_on, r.arr desc, r.account_id, r.product_id
        """,
        params | {"quarter": quarter, "limit": limit, "offset": offset},
    )


def renewals_count(generation: Generation, scope: Scope, quarter: str | None) -> int:
    """How many lines `renewals_page` has in all."""
    condition, params = scope.clause("a.")
    rows = generation.ask(
        f"""
        select count(*) as n from renewals as r join accounts as a on a.account_id = r.account_id
        where r.quarter is not null and ($quarter is null or r.quarter = $quarter) and {condition}
        """,
        params | {"quarter": quarter},
    )
    return int(rows["n"].iloc[0])


def next_renewals(generation: Generation, scope: Scope, accounts: Sequence[int]) -> pd.DataFrame:
    """When the first running term of some accounts ends, as known in the newest week: one row each.

    `renews_on`, the `arr` of what ends that day, and its `state`, what needs attention first; `renews_on` is missing
    where every line is evergreen or cancelled without an end. An account without a running line has no row.
    """
    condition, params = scope.clause("a.")
    wanted, ids = listed(accounts)
    ranked = " ".join(f"when '{state}' then {nth}" for nth, state in enumerate(STATES))
    named = " ".join(f"when {nth} then '{state}'" for nth, state in enumerate(STATES))
    return generation.ask(
        f"""
        with lines as (
            select r.account_id, r.renews_on, case r.state {ranked} end as state_no, r.arr,
                rank() over (partition by r.account_id order by r.renews_on nulls last) as nth
            from renewals as r
            join accounts as a on a.account_id = r.account_id
            where r.account_id in ({wanted}) and {condition}
        )
        select account_id, renews_on, case min(state_no) {named} end as state, cast(sum(arr) as double) as arr
        from lines
        where nth = 1
        group by account_id, renews_on
        order by account_id
        """,
        params | ids,
    )


def revenue_by_status(generation: Generation, scope: Scope, week: date, views: Sequence[str]) -> pd.DataFrame:
    """Accounts and ARR by status in each view: `view`, `status`, `accounts`, `arr`. Red ARR is the revenue at risk.

    The views stand side by side: an account that is red in two of them is in both, so nothing here may be added up.
    """
    condition, params = scope.clause()
    parts = " union all ".join(
        f"""
        select {nth} as view_no, '{view}' as view, {view}_status as status, count(*) as accounts,
            cast(coalesce(sum(arr), 0) as double) as arr
        from view_now where as_of = $week and {condition} group by {view}_status
        """
        for nth, view in enumerate(views)
    )
    return generation.ask(
        f"select view, status, accounts, arr from ({parts}) as parts order by view_no, status", params | {"week": week}
    )


def survival_curve(generation: Generation, scope: Scope) -> pd.DataFrame:
    """The share of accounts that stay longer than so many days: the columns of `metrics.value.curve`."""
    condition, params = scope.clause("a.")
    tenures = generation.ask(
        f"""
        select t.days, t.has_ended, count(*) as n
        from tenures as t join accounts as a on a.account_id = t.account_id
        where {condition} group by t.days, t.has_ended order by t.days, t.has_ended
        """,
        params,
    )
    return survival.curve(tenures)


def acquisition_costs(generation: Generation, kind: str) -> pd.DataFrame:
    """What winning accounts cost and how many were won, by period and channel, oldest first; of the whole company.

    The columns of `cac`, money as floats. Rows of some periods together go to `metrics.value.cac_figures`, and to
    `by_channel`. No filter cuts them: what was spent is not known by segment, region or manager.
    """
    return generation.ask(
        """
        select kind, period, opens_on, closes_on, is_whole, channel, has_cost, cast(cost as double) as cost,
            cast(media as double) as media, cast(pay as double) as pay, cast(hours_cost as double) as hours_cost,
            cast(overhead as double) as overhead, cast(referral as double) as referral, hours, rows_no_cost,
            customers, cast(customers_older as bigint) as customers_older,
            cast(new_arr as double) as new_arr, cast(expansion_arr as double) as expansion_arr
        from cac where kind = $kind order by closes_on, channel
        """,
        {"kind": kind},
    )


def margin(generation: Generation, scope: Scope) -> Margin:
    """The gross margin of the last 52 weeks, and where it comes from; the ledger speaks of all accounts only."""
    rows = margins(generation, scope)
    return acquisition.gross_margin(rows[rows["as_of"] == rows["as_of"].max()])


def margins(generation: Generation, scope: Scope) -> pd.DataFrame:
    """What gross margins are computed from, at each quarter's end and today: one row for lines, one for the ledger."""
    condition, params = scope.clause()
    return generation.ask(
        f"""
        select as_of, from_ledger, cast(sum(revenue) as double) as revenue, cast(sum(cost) as double) as cost,
            cast(sum(lines) as bigint) as lines, cast(sum(lines_no_cost) as bigint) as lines_no_cost,
            cast(sum(months) as bigint) as months
        from margins
        where case when from_ledger then $is_all else {condition} end
        group by as_of, from_ledger order by as_of, from_ledger
        """,
        params | {"is_all": scope.is_all},
    )


def year_cac(generation: Generation, scope: Scope) -> Figure:
    """CAC over all channels in the last four whole quarters; none for a part of the accounts."""
    if not scope.is_all:
        return Figure(None, missing=acquisition.NOT_BY_PART)
    rows = acquisition.last_quarters(acquisition_costs(generation, "quarter"))
    return acquisition.cac_figures(rows, margin(generation, scope), value_sources(generation))["cac"]

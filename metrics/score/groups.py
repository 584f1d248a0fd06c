"""What screens read of a view's groups: points, state and age of each by account, and bands by all they filter."""

from metrics.score.wide import STATES, Plan

RED_WEEKS = 26
"""How far back a red is followed; an older one says so."""

RED = STATES.index("red")


def red_weeks(made: Plan) -> str:
    """The select of `red_weeks`: a bit for each week up to $as_of in which a group was red, the latest lowest."""
    sums = "".join(
        f",\n            cast(coalesce(sum(case when status_{g.no} = {RED} then bit end), 0) as bigint) as reds_{g.no}"
        for g in made.groups
    )
    return f"""
        select account_id{sums}
        from (
            select *, cast(power(2, date_diff('day', as_of, $as_of) / 7) as bigint) as bit
            from recent_scores
        ) as bits
        group by account_id
        """


def group_now(made: Plan) -> str:
    """The select of `group_now` after $recent_after: the groups of a view below each other, each week by week.

    Shifted to its own week, the lowest bit of `reds` that is not set ends the unbroken run of red.
    """
    rows = "\n            union all".join(
        f"""
            select
                s.as_of, {g.no} as grp_no, s.account_id, s.points_{g.no} as points, s.status_{g.no} as status,
                case
                    when s.status_{g.no} = {RED}
                    then cast(floor(r.reds_{g.no} / power(2, date_diff('day', s.as_of, $as_of) / 7)) as bigint)
                end as reds
            from recent_scores as s
            join red_weeks as r on r.account_id = s.account_id
            where s.as_of > $recent_after"""
        for g in made.groups
    )
    return f"""
        select
            u.as_of, $view as view, g.grp, u.account_id, u.points, {_word("u.status")} as status,
            cast(u.as_of - 7 * (u.run - 1) as date) as since, u.run = {RED_WEEKS} as is_older
        from (
            select
                as_of, grp_no, account_id, points, status,
                case when reds > 0 then least(cast(bit_count(((reds + 1) & ~reds) - 1) as int), {RED_WEEKS}) end as run
            from ({rows or _no_rows("cast(0 as bigint) as reds", "as_of > $recent_after and as_of > $as_of")}) as rows
        ) as u
        join groups as g on g.view = $view and g.grp_no = u.grp_no
        """


def _word(status: str) -> str:
    """A state by its name."""
    cases = "".join(f" when {no} then '{state}'" for no, state in enumerate(STATES))
    return f"case {status}{cases} end"


def _no_rows(more: str, never: str) -> str:
    """Of a view without a connected group."""
    return f"select as_of, 0 as grp_no, account_id, points, 0 as status, {more} from recent_scores where {never}"

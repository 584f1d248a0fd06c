"""One row per account and week with everything a view is: its points and range, its caps, its groups side by side.

All sums are taken in one pass over the points of the measures, a column each: a third of the time of a row for each.
What is missing is connected, not NA and not valid; a group that is NA as a whole leaves its view. Points are rounded
to nine places, so that the order in which they were added never moves one over the edge of a band.
"""

from dataclasses import dataclass
from pathlib import Path

from metrics.catalog import Scorecard
from metrics.engines import Engine
from metrics.score.limits import Limit, limits

HERE = Path(__file__).parent
STATES = ("red", "amber", "green", "insufficient data", "na", "stale", "no data")
"""States of a group, kept as their number here while there are millions of them."""


@dataclass(frozen=True)
class Part:
    """A group with a connected measure: its number, its name, its share of the view."""

    no: int
    name: str
    share: float


@dataclass(frozen=True)
class Plan:
    """What the columns of a view are made from."""

    view: str
    groups: tuple[Part, ...]
    limits: tuple[Limit, ...]


def plan(engine: Engine, card: Scorecard) -> Plan:
    """The connected groups and caps of a view, once its entries and their weights are tables."""
    rows = engine.rows(
        """
        select g.grp_no, g.grp, max(s.grp_share) as share
        from scoring as s
        join groups as g on g.view = s.view and g.grp_no = s.grp_no
        where s.view = $view
        group by g.grp_no, g.grp
        order by g.grp_no
        """,
        {"view": card.name},
    )
    parts = zip(rows["grp_no"], rows["grp"], rows["share"], strict=True)
    groups = tuple(Part(int(no), str(name), float(share)) for no, name, share in parts)
    return Plan(card.name, groups, tuple(limits(engine, card, {group.name: group.no for group in groups})))


def wide_scores(made: Plan, entry_points: str) -> str:
    """The select of a view's wide rows after $after and up to $until, from a select of its measures' points."""
    text = (HERE / "view_scores.sql").read_text(encoding="utf-8")
    head, _, rest = text.partition("\nwith ")
    stopped = "".join(_stopped(group) for group in made.groups)
    groups = "".join(_columns(group) for group in made.groups)
    names = "".join(f",\n    r.points_{group.no}, r.status_{group.no}" for group in made.groups)
    return f"""{head}
with summed as ({_summed(made, entry_points)}),
grouped as ({_grouped(made)}),
viewed as ({_viewed(made)}),
{rest.replace("/* stopped groups */", stopped).replace("/* groups */", groups).replace("/* group names */", names)}"""


def _summed(made: Plan, entry_points: str) -> str:
    sums = "".join(
        f"""
            sum(case when grp_no = {g.no} then weight * points end) as sum_{g.no},
            sum(case when grp_no = {g.no} and points is not null then weight end) as valid_{g.no},
            sum(case when grp_no = {g.no} and is_na then weight end) as na_{g.no},"""
        for g in made.groups
    )
    looks = "".join(
        f"""
            max(case when entry_no = {limit.entry_no} then points end) as at_{limit.nth},
            max(case when entry_no = {limit.entry_no} and is_na then 1 end) as left_{limit.nth},"""
        for limit in made.limits
        if limit.entry_no is not None
    )
    return f"""
        select account_id, as_of,{sums}{looks}
            coalesce(sum(case when is_na then weight end), 0) as na,
            bit_or(case when is_old and not is_na then cast(power(2, grp_no) as bigint) end) as old_groups,
            count(points) as n_measures
        from {entry_points} as entry_points
        group by account_id, as_of
        """


def _grouped(made: Plan) -> str:
    """Each group's weight that is not NA, its mean, and what it would be with the missing at 0 and at 100."""
    known = "".join(
        f",\n            nullif(greatest(round({g.share!r} - coalesce(na_{g.no}, 0), 9), 0), 0) as known_{g.no}"
        for g in made.groups
    )
    columns = "".join(
        f""",
            sum_{g.no} / nullif(valid_{g.no}, 0) as mean_{g.no},
            case
                when valid_{g.no} >= (0.5 - 1e-9) * known_{g.no} then round(sum_{g.no} / nullif(valid_{g.no}, 0), 9)
            end as scored_{g.no},
            coalesce(sum_{g.no}, 0) / known_{g.no} as low_{g.no},
            100 - greatest(100 * coalesce(valid_{g.no}, 0) - coalesce(sum_{g.no}, 0), 0) / known_{g.no}
                as high_{g.no}"""
        for g in made.groups
    )
    return f"""
        select *{columns}
        from (select *{known} from summed) as known
        """


def _viewed(made: Plan) -> str:
    """The view's mean of its groups, its range, and the most points its caps leave to each of them."""
    return f"""
        select
            *,
            {" + ".join(f"coalesce(valid_{g.no}, 0)" for g in made.groups) or "0"} as valid,
            {_mean(made, "mean")} as points,
            {_mean(made, "low")} as low,
            {_mean(made, "high")} as high,
            {_first(made, "most", "double")} as most,
            {_least(made)} as most_low,
            {_greatest(made)} as most_high,
            {_first(made, "nth", "int")} as cap_no
        from grouped
        """


def _mean(made: Plan, column: str) -> str:
    points = " + ".join(f"coalesce({g.share!r} * {column}_{g.no}, 0)" for g in made.groups) or "0"
    there = " + ".join(f"case when {column}_{g.no} is null then 0 else {g.share!r} end" for g in made.groups) or "0"
    return f"round(({points}) / nullif({there}, 0), 9)"


def _first(made: Plan, value: str, kind: str) -> str:
    """Of the caps that fire, what the first has: the `most` points it leaves, or which it is (`nth`)."""
    cases = "".join(f" when {limit.fires} then {getattr(limit, value)!r}" for limit in made.limits)
    return f"cast(case{cases} end as {kind})" if cases else f"cast(null as {kind})"


def _least(made: Plan) -> str:
    """The least that any cap leaves which could fire."""
    return f"least({_could(made)}cast(null as double))"


def _greatest(made: Plan) -> str:
    """Where some cap fires whatever comes: the most that any leaves which could."""
    must = " or ".join(f"({limit.must})" for limit in made.limits) or "false"
    return f"case when {must} then greatest({_could(made)}cast(null as double)) end"


def _could(made: Plan) -> str:
    return "".join(f"case when {limit.could} then {limit.most!r} end, " for limit in made.limits)


def _stopped(group: Part) -> str:
    """Whether any source of a group has ended before a week."""
    return (
        f",\n        max(case when g.grp_no = {group.no} and m.state = 'stale' then 1 else 0 end) as stopped_{group.no}"
    )


def _columns(group: Part) -> str:
    """Points and state of a group, as a view has them."""
    no = group.no
    return f""",
    c.scored_{no} as points_{no},
    case
        when c.scored_{no} <= 50 then {STATES.index("red")}
        when c.scored_{no} <= 75 then {STATES.index("amber")}
        when c.scored_{no} is not null then {STATES.index("green")}
        when c.valid_{no} > 0 then {STATES.index("insufficient data")}
        when c.na_{no} > {group.share!r} - 1e-9 then {STATES.index("na")}
        when (c.old_groups & {2**no}) > 0 or t.stopped_{no} = 1 then {STATES.index("stale")}
        else {STATES.index("no data")}
    end as status_{no}"""

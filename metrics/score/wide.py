"""One row per account and week with everything a view is: its points and range, its caps, its groups side by side.

The values of its measures stand side by side already, so every sum is an expression over one row. Rows keep the order
of `scored_weeks`, which is sorted by week.
What is missing is connected, not NA and not valid; a group that is NA as a whole leaves its view. Points are rounded
to nine places, so that the order in which they were added never moves one over the edge of a band.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from metrics.catalog import Scorecard
from metrics.engines import Engine
from metrics.score.entries import Place, places, pointed
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
    places: tuple[Place, ...] = ()

    def within(self, group: Part) -> list[int]:
        """Numbers of the measures of a group."""
        return [place.no for place in self.places if place.group == group.no]


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
    held = tuple(limits(engine, card, {group.name: group.no for group in groups}))
    return Plan(card.name, groups, held, places(engine, card.name))


def wide_scores(made: Plan) -> str:
    """The select of a view's wide rows after $after and up to $until."""
    text = (HERE / "view_scores.sql").read_text(encoding="utf-8")
    head, _, rest = text.partition("\nwith ")
    stopped = "".join(_stopped(group) for group in made.groups)
    groups = "".join(_columns(group) for group in made.groups)
    names = "".join(f",\n    r.points_{group.no}, r.status_{group.no}" for group in made.groups)
    return f"""{head}
with summed as ({_summed(made)}),
grouped as ({_grouped(made)}),
viewed as ({_viewed(made)}),
{rest.replace("/* stopped groups */", stopped).replace("/* groups */", groups).replace("/* group names */", names)}"""


def _summed(made: Plan) -> str:
    """The points of the measures of a view, added up by group."""
    sums = "".join(_sums(group, made.within(group)) for group in made.groups)
    looks = "".join(_looks(limit, made) for limit in made.limits if limit.entry_no is not None)
    return f"""
        select
            p.account_id, p.as_of, p.cut_no, p.weight_arr,{sums}{looks}
            {_added(f"case when {_valid(place.no)} then 1 else 0 end" for place in made.places)} as n_measures
        from ({pointed(made.places, made.view)}
        ) as p
        """


def _looks(limit: Limit, made: Plan) -> str:
    """Points of the measure a cap looks at, and whether it is NA; a measure that has no items yet has neither."""
    if limit.entry_no not in {place.no for place in made.places}:
        return f"""
            cast(null as double) as at_{limit.nth}, cast(null as int) as left_{limit.nth},"""
    return f"""
            p.points_{limit.entry_no} as at_{limit.nth},
            case when p.is_na_{limit.entry_no} then 1 end as left_{limit.nth},"""


def _sums(group: Part, own: list[int]) -> str:
    """Of a group's measures: weighted points, weight that is valid and that is NA, and whether one has grown old."""
    old = " or ".join(f"(p.is_old_{no} and not p.is_na_{no})" for no in own)
    return f"""
            {_added(f"coalesce(p.weight_{no} * p.points_{no}, 0)" for no in own)} as sum_{group.no},
            {_added(f"case when {_valid(no)} then p.weight_{no} else 0 end" for no in own)} as valid_{group.no},
            {_added(f"case when p.is_na_{no} then p.weight_{no} else 0 end" for no in own)} as na_{group.no},
            {old} as is_old_{group.no},"""


def _valid(no: int) -> str:
    return f"p.points_{no} is not null"


def _added(terms: Iterable[str]) -> str:
    return " + ".join(terms) or "0"


def _grouped(made: Plan) -> str:
    """Each group's weight that is not NA, its mean, and what it would be with the missing at 0 and at 100."""
    known = "".join(
        f",\n            nullif(greatest(round({g.share!r} - na_{g.no}, 9), 0), 0) as known_{g.no}" for g in made.groups
    )
    columns = "".join(
        f""",
            sum_{g.no} / nullif(valid_{g.no}, 0) as mean_{g.no},
            case
                when valid_{g.no} >= (0.5 - 1e-9) * known_{g.no} then round(sum_{g.no} / nullif(valid_{g.no}, 0), 9)
            end as scored_{g.no},
            sum_{g.no} / known_{g.no} as low_{g.no},
            100 - greatest(100 * valid_{g.no} - sum_{g.no}, 0) / known_{g.no} as high_{g.no}"""
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
            {_added(f"valid_{g.no}" for g in made.groups)} as valid,
            {_added(f"na_{g.no}" for g in made.groups)} as na,
            {" or ".join(f"is_old_{g.no}" for g in made.groups) or "false"} as is_old,
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
        when c.is_old_{no} or t.stopped_{no} = 1 then {STATES.index("stale")}
        else {STATES.index("no data")}
    end as status_{no}"""

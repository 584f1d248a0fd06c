"""How much bands rest on weights: each is drawn anew, a fifth up or down, and the bands that change are counted."""

from random import Random

import pandas as pd

from metrics.engines import Engine
from metrics.score.entries import pointed
from metrics.score.wide import Part, Plan

DRAWS = 100
SPREAD = 0.2
FRAGILE_FROM = 0.2
"""An account is called fragile in a view where at least this share of the draws gives it another band; ours."""


def put_draws(engine: Engine, made: Plan) -> None:
    """`weight_draws`: a row per draw, a factor for each measure's and each group's weight; the same ones every time."""
    names = [f"entry_{no}" for group in made.groups for no in made.within(group)]
    names += [f"group_{group.no}" for group in made.groups]
    chance = Random(f"weights of {made.view}")
    draws = [[nth, *(chance.uniform(1 - SPREAD, 1 + SPREAD) for _ in names)] for nth in range(1, DRAWS + 1)]
    engine.put("weight_draws", pd.DataFrame(draws, columns=["draw", *names]))


def fragile(made: Plan) -> str:
    """The select of `fragile` after $after up to $until, which is one week: each account with a band by rule, and the
    share of draws that change it.

    Every draw meets one row per account that has its measures side by side, so each score is one expression. Caps stay
    as they are.
    """
    summed = " + ".join(_points(group, made.within(group)) for group in made.groups) or "0"
    weights = " + ".join(_weight(group, made.within(group)) for group in made.groups) or "1"
    return f"""
        select
            $view as view, account_id, as_of, status,
            avg(case when points > above and points <= upto then 0 else 1 end) as changed
        from (
            select
                a.account_id, a.as_of, a.status, a.above, a.upto,
                round(least(({summed}) / ({weights}), a.most), 9) as points
            from ({_one_row(made)}) as a
            cross join weight_draws as d
        ) as drawn
        group by account_id, as_of, status
        """


def _points(group: Part, own: list[int]) -> str:
    points = " + ".join(f"d.entry_{no} * a.points_{no}" for no in own)
    weight = " + ".join(f"d.entry_{no} * a.weight_{no}" for no in own)
    return f"coalesce(d.group_{group.no} * {group.share!r} * ({points}) / nullif({weight}, 0), 0)"


def _weight(group: Part, own: list[int]) -> str:
    weight = " + ".join(f"a.weight_{no}" for no in own)
    return f"case when {weight} > 0 then d.group_{group.no} * {group.share!r} else 0 end"


def _one_row(made: Plan) -> str:
    """Weight and weighted points of each measure beside the band they give: above one edge, up to another."""
    columns = "".join(
        f""",
                coalesce(p.weight_{place.no} * p.points_{place.no}, 0) as points_{place.no},
                case when p.points_{place.no} is not null then p.weight_{place.no} else 0 end as weight_{place.no}"""
        for place in made.places
    )
    return f"""
            select
                s.account_id, s.as_of, s.status, s.most,
                case s.status when 'red' then -1 when 'amber' then 50 else 75 end as above,
                case s.status when 'red' then 50 when 'amber' then 75 else 100 end as upto{columns}
            from recent_scores as s
            join ({pointed(made.places, made.view)}
            ) as p on p.account_id = s.account_id and p.as_of = s.as_of
            where s.as_of > $after and s.as_of <= $until and s.points is not null and s.override_id is null
            """


SHARES = f"""
    select
        view, {DRAWS} as draws, avg(changed) as share, avg(case when status = 'red' then changed end) as red_share,
        count(*) as accounts, count(case when status = 'red' then 1 end) as reds
    from fragile
    group by view
    order by view
    """
"""The select of `fragile_shares`: how many of the bands, and of the red ones, another draw of weights changes."""

"""Scores: scorecards become tables, and SQL over those tables turns measure values into points, bands and coverage."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from metrics.catalog import Entry, Group, Measure, Scorecard
from metrics.compute import Progress
from metrics.engines import Engine

HERE = Path(__file__).parent
READS = HERE.parent / "reads"
LAST_AGE = 10_000_000
"""Days; older than any account."""

AT_ONCE = 2_500_000
"""Scores of one view that are summed in one pass, to bound memory: a sum that spills takes three times as long."""

RECENT_WEEKS = 14
"""Thirteen weeks a screen can be set to, and the week before the first of them."""
ACCOUNT_HISTORY_WEEKS = 26
BAND_WEEKS = 53


def put_scorecards(
    engine: Engine,
    cards: Mapping[str, Scorecard],
    measures: Mapping[str, Measure],
    missing: Mapping[str, list[str]],
) -> None:
    """The scorecards as tables: `groups`, `entries`, `rules`, `age_bands` and `rule_use`.

    `missing` names the columns each measure still lacks; an entry with none of them missing is connected.
    """
    groups = [(c.name, g.name, nth, float(g.weight)) for c in cards.values() for nth, g in enumerate(c.groups, start=1)]
    engine.put("groups", pd.DataFrame(groups, columns=["view", "grp", "grp_no", "weight"]))
    placed = [(card, group, entry) for card in cards.values() for group in card.groups for entry in group.entries]
    entries = [
        _entry(card, group, entry, measures[entry.measure])
        | {"entry_no": nth, "is_connected": not missing.get(entry.name, missing[entry.measure])}
        for nth, (card, group, entry) in enumerate(placed, start=1)
    ]
    engine.put("entries", pd.DataFrame(entries).astype({"valid_days": "Int64"}))
    _put_rules(engine, [(card.name, entry) for card, _, entry in placed])


def _entry(card: Scorecard, group: Group, entry: Entry, measure: Measure) -> dict[str, object]:
    return {
        "view": card.name,
        "grp": group.name,
        "entry": entry.name,
        "measure": entry.measure,
        "item": entry.item,
        "has_items": measure.item is not None,
        "lists_products": measure.items is not None,
        "weight": float(entry.weight),
        "valid_days": entry.valid_days if entry.valid_days is not None else measure.valid_days,
        "source": measure.source,
    }


def _put_rules(engine: Engine, entries: list[tuple[str, Entry]]) -> None:
    rules = [row for view, entry in entries for row in _rule_rows(view, entry)]
    frame = pd.DataFrame(
        rules,
        columns=[
            "view",
            "entry",
            "rule_no",
            "segment",
            "industry",
            "item",
            "age_from",
            "age_to",
            "red",
            "green",
            "weight",
            "is_na",
        ],
    )
    text = dict.fromkeys(("segment", "industry", "item"), "string")
    engine.put("rules", frame.astype(text | {"red": float, "green": float, "weight": float}))
    edges = sorted({0, *frame["age_from"], *frame["age_to"]} - {LAST_AGE})
    engine.put("age_bands", pd.DataFrame({"age_from": edges, "age_to": [*edges[1:], LAST_AGE]}))
    has_arr = bool(engine.rows("select coalesce(max(arr), 0) > 0 as has_arr from account_weeks")["has_arr"].iloc[0])
    engine.put(
        "rule_use",
        pd.DataFrame(
            {
                "by_segment": [bool(frame["segment"].notna().any())],
                "by_industry": [bool(frame["industry"].notna().any())],
                "has_arr": [has_arr],
            }
        ),
    )


def _rule_rows(view: str, entry: Entry) -> list[tuple[object, ...]]:
    """The exceptions of an entry in their order, then its default."""
    rows: list[tuple[object, ...]] = []
    for nth, rule in enumerate(entry.exceptions, start=1):
        rows.append(
            (
                view,
                entry.name,
                nth,
                rule.segment,
                rule.industry,
                rule.item,
                rule.age_from_days or 0,
                LAST_AGE if rule.age_to_days is None else rule.age_to_days,
                entry.red if rule.red is None else rule.red,
                entry.green if rule.green is None else rule.green,
                rule.weight,
                rule.na,
            )
        )
    rows.append((view, entry.name, 10_000, None, None, None, 0, LAST_AGE, entry.red, entry.green, None, False))
    return rows


def make_scores(engine: Engine, views: list[str], as_of: date, progress: Progress) -> None:
    """`view_scores` for every shown week, and per view what the screens read of its measures in recent weeks."""
    for path in sorted(HERE.glob("0*.sql")):
        engine.table(path.stem.split("_", 1)[1], _sql(path))
    passes = _passes(engine, as_of)
    for nth, view in enumerate(views, start=1):
        progress(view, nth, len(views))
        _score_view(engine, view, passes, first=nth == 1)
        _keep_recent(engine, view, as_of, first=nth == 1)


def _passes(engine: Engine, as_of: date) -> list[tuple[date, date]]:
    """The shown weeks in spans after one day and up to another, oldest first, each with about `AT_ONCE` scores."""
    size = engine.rows(
        "select (select count(*) from weeks where is_shown) as weeks, (select count(*) from scored_weeks) as scores"
    )
    weeks, scores = int(size["weeks"].iloc[0]), int(size["scores"].iloc[0])
    step = min(max(weeks * AT_ONCE // max(scores, 1), 1), max(weeks, 1))
    ends = [as_of - timedelta(weeks=back) for back in range(0, weeks, step)]
    return [(end - timedelta(weeks=step), end) for end in reversed(ends)]


def _score_view(engine: Engine, view: str, passes: list[tuple[date, date]], first: bool) -> None:
    points, summed = _sql(HERE / "entry_points.sql"), _group_sums(_group_shares(engine, view))
    select = _over(HERE / "view_scores.sql", entry_points=points, summed=summed)
    for after, until in passes:
        add = engine.table if first else engine.append
        add("view_scores", select, {"view": view, "after": after, "until": until, "with_items": False})
        first = False


def _keep_recent(engine: Engine, view: str, as_of: date, first: bool) -> None:
    """Bands of a view's measures, and their points with those of single items: computed anew, not stored between."""
    add = engine.table if first else engine.append
    points = {"entry_points": _sql(HERE / "entry_points.sql"), "recent_points": _sql(READS / "entry_points.sql")}
    banded = {"view": view, "after": as_of - timedelta(weeks=BAND_WEEKS), "until": as_of, "with_items": False}
    add("entry_bands", _over(READS / "entry_bands.sql", **points), banded)
    recent = {"view": view, "after": as_of - timedelta(weeks=RECENT_WEEKS), "until": as_of, "with_items": True}
    add("recent", _over(READS / "entry_points.sql", entry_points=points["entry_points"]), recent)


def _group_shares(engine: Engine, view: str) -> dict[int, float]:
    """Number and share of the view of each group that has a connected measure."""
    rows = engine.rows(
        "select grp_no, max(grp_share) as share from scoring where view = $view group by grp_no order by grp_no",
        {"view": view},
    )
    return {int(number): float(share) for number, share in zip(rows["grp_no"], rows["share"], strict=True)}


def _group_sums(shares: Mapping[int, float]) -> str:
    """The select of `summed`: a view's points from its groups, one row per account and week.

    A group's points are the weighted mean of its valid measures, a view's the weighted mean of its groups with any.
    All groups are summed in one pass, a column each: a third of the time of a row for each group.
    """
    sums = "".join(
        f"""
            sum(case when grp_no = {g} then weight * points end) as points_{g},
            sum(case when grp_no = {g} and points is not null then weight end) as valid_{g},"""
        for g in shares
    )
    points = " + ".join(f"coalesce({share!r} * points_{g} / valid_{g}, 0)" for g, share in shares.items()) or "0"
    weight = " + ".join(f"case when valid_{g} > 0 then {share!r} else 0 end" for g, share in shares.items()) or "0"
    valid = " + ".join(f"coalesce(valid_{g}, 0)" for g in shares) or "0"
    return f"""
        select account_id, as_of, n_measures, na, is_old, ({points}) / nullif({weight}, 0) as points, {valid} as valid
        from (
            select account_id, as_of,{sums}
                coalesce(sum(case when is_na then weight end), 0) as na,
                max(case when is_old and not is_na then 1 else 0 end) as is_old,
                count(points) as n_measures
            from entry_points
            group by account_id, as_of
        ) as sums
        """


def _over(path: Path, **tables: str) -> str:
    """A select file over other selects, which are too wide to be worth storing for all weeks."""
    text = _sql(path)
    named = ",\n".join(f"{name} as (\n{select}\n)" for name, select in tables.items())
    head, found, rest = text.partition("\nwith ")
    return f"{head}\nwith {named},\n{rest}" if found else f"with {named}\n{text}"


def _sql(path: Path) -> str:
    return path.read_text(encoding="utf-8")

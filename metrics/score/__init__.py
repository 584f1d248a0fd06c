"""Scores: scorecards become tables, and SQL over those tables turns measure values into points, bands and coverage."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from metrics.catalog import Entry, Group, Measure, Scorecard
from metrics.compute import Progress
from metrics.engines import Engine
from metrics.score.entries import below, measure_values, side_by_side
from metrics.score.fragile import SHARES as FRAGILE_SHARES
from metrics.score.fragile import fragile, put_draws
from metrics.score.groups import RED_WEEKS, group_now, red_weeks
from metrics.score.limits import put_caps
from metrics.score.wide import Plan, plan, wide_scores

HERE = Path(__file__).parent
READS = HERE.parent / "reads"
RECENT = "select account_id, as_of, entry_no, item, numerator, denominator, evidence_on, points, status"
Add = Callable[..., None]
"""Makes a table with the first view's rows, adds those of the others."""

LAST_AGE = 10_000_000
"""Days; older than any account."""

BYTES_A_VALUE = 300
"""Of the memory there is, for each measure of each account and week that are joined in one pass: what the join holds of
it, three times over. A join that runs out of memory stops the build."""

ITEMS = 4
"""Measures a mean over items counts for in that: its rows are added up before they are joined."""

RECENT_WEEKS = 14
"""Thirteen weeks a screen can be set to, and the week before the first of them."""
ACCOUNT_HISTORY_WEEKS = 26
BAND_WEEKS = 53
GROUP_WEEKS = RECENT_WEEKS + RED_WEEKS
"""Each week a screen can be set to, with the weeks behind it in which a red is followed."""


def put_scorecards(
    engine: Engine,
    cards: Mapping[str, Scorecard],
    measures: Mapping[str, Measure],
    missing: Mapping[str, list[str]],
) -> None:
    """The scorecards as tables: `groups`, `entries`, `rules`, `age_bands`, `rule_use` and `caps`.

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
    put_caps(engine, cards, measures)


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


def make_scores(
    engine: Engine,
    cards: Mapping[str, Scorecard],
    as_of: date,
    progress: Progress,
    values: Mapping[str, str] | None = None,
) -> None:
    """`view_scores` for every shown week, and per view what the screens read of it in recent weeks.

    `values` has the select of each measure without items by its name; without them the table `measure_values` is read.
    Values of items are read from `item_values`, and what people set from `overrides`.
    """
    for path in sorted(HERE.glob("0*.sql")):
        engine.table(path.stem.split("_", 1)[1], _sql(path))
    plans = [plan(engine, card) for card in cards.values()]
    for nth, made in enumerate(plans, start=1):
        progress(made.view, nth, len(plans))
        add = engine.table if nth == 1 else engine.append
        _put_values(engine, made, values or _stored(made), as_of)
        _score_view(engine, made, as_of, add)
        _keep_points(made, as_of, add)
        _keep_groups(engine, made, as_of, add)
    if values is not None:
        engine.view("measure_values", measure_values({made.view: made.places for made in plans}))
    engine.table("fragile_shares", FRAGILE_SHARES)
    for name in ("recent_scores", "red_weeks", "weight_draws"):
        engine.drop(name)


def _stored(made: Plan) -> dict[str, str]:
    """Values of a view's measures as they stand in `measure_values`."""
    names = {place.measure for place in made.places}
    return {name: f"select * from measure_values where measure = '{name}' and item = ''" for name in names}


def _spans(engine: Engine, as_of: date, columns: int) -> list[tuple[date, date]]:
    """The shown weeks in spans after one day and up to another, oldest first, so that so many columns have room."""
    size = engine.rows(
        "select (select count(*) from weeks where is_shown) as weeks, (select count(*) from scored_weeks) as scores"
    )
    weeks, scores = int(size["weeks"].iloc[0]), int(size["scores"].iloc[0])
    at_once = engine.room() // BYTES_A_VALUE // max(columns, 1)
    most = max(weeks * at_once // max(scores, 1), 1)
    back = [(start, min(start + most, weeks)) for start in range(0, weeks, most)]
    return [(as_of - timedelta(weeks=begin), as_of - timedelta(weeks=end)) for end, begin in reversed(back)]


def _put_values(engine: Engine, made: Plan, values: Mapping[str, str], as_of: date) -> None:
    """The view's table of values: all its measures side by side."""
    columns = sum(ITEMS if place.is_mean else 1 for place in made.places)
    select, add = side_by_side(made.places, values), engine.table
    for after, until in _spans(engine, as_of, columns):
        add(f"values_{made.view}", select, {"after": after, "until": until})
        add = engine.append


def _score_view(engine: Engine, made: Plan, as_of: date, add: Add) -> None:
    """`view_scores`, and `recent_scores`: of the weeks in which groups are read everything beside a score."""
    wide, view, recent = wide_scores(made), {"view": made.view}, as_of - timedelta(weeks=GROUP_WEEKS)
    add("view_scores", _scores(wide), view | {"after": date.min, "until": recent})
    engine.table("recent_scores", wide, view | {"after": recent, "until": as_of})
    engine.append("view_scores", _scores("select * from recent_scores"), view)


def _scores(wide: str) -> str:
    return f"""
        select $view as view, account_id, as_of, points, status, coverage, n_measures, n_connected
        from ({wide}) as wide
        """


def _keep_points(made: Plan, as_of: date, add: Add) -> None:
    """Bands of a view's measures, and their points with those of single items: computed anew, not stored between."""
    points = {"entry_points": below(made.places, made.view), "recent_points": _sql(READS / "entry_points.sql")}
    banded = {"after": as_of - timedelta(weeks=BAND_WEEKS), "until": as_of}
    add("entry_bands", _over(READS / "entry_bands.sql", **points), banded)
    recent = {"after": as_of - timedelta(weeks=RECENT_WEEKS), "until": as_of}
    select = _over(READS / "entry_points.sql", entry_points=below(made.places, made.view, with_items=True))
    add("recent", f"{RECENT} from ({select}) as points order by account_id, as_of", recent)


def _keep_groups(engine: Engine, made: Plan, as_of: date, add: Add) -> None:
    """What stands beside a view's scores: groups, ranges, caps, values by hand, and what other weights would change."""
    view, recent = {"view": made.view}, {"recent_after": as_of - timedelta(weeks=RECENT_WEEKS)}
    add("view_ranges", _sql(READS / "view_ranges.sql"), view | recent)
    add("overridden", _sql(READS / "overridden.sql"), view | recent)
    engine.table("red_weeks", red_weeks(made), {"as_of": as_of})
    add("group_now", group_now(made), view | recent | {"as_of": as_of})
    latest = {"after": as_of - timedelta(weeks=1), "until": as_of}
    put_draws(engine, made)
    add("fragile", fragile(made), view | latest)


def _over(path: Path, **tables: str) -> str:
    """A select file over other selects, which are too wide to be worth storing for all weeks."""
    text = _sql(path)
    named = ",\n".join(f"{name} as (\n{select}\n)" for name, select in tables.items())
    head, found, rest = text.partition("\nwith ")
    return f"{head}\nwith {named},\n{rest}" if found else f"with {named}\n{text}"


def _sql(path: Path) -> str:
    return path.read_text(encoding="utf-8")

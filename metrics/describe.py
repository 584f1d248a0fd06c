"""What a warehouse says of itself: settings, definitions, scorecards, and the generation they make up."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime

import pandas as pd

from data.company import Company
from metrics.catalog import Measure, Scorecard
from metrics.definition import cards_hash
from metrics.engines import Engine
from metrics.scorecard_rows import scorecard_rows


def settings(company: Company) -> pd.DataFrame:
    """One row: the settings of company.toml that SQL reads."""
    return pd.DataFrame(
        [
            {
                "inactive_after_weeks": company.inactive_after_weeks,
                "profit_window_weeks": company.profit_window_weeks,
                "profit_band": company.profit_band,
                "late_after_weeks": company.late_after_weeks,
                "aim": company.aim or "",
                "profile": company.profile.model_dump_json(exclude_defaults=True),
            }
        ]
    )


def put_definitions(
    engine: Engine,
    cards: Mapping[str, Scorecard],
    measures: Mapping[str, Measure],
    missing: Mapping[str, list[str]],
) -> None:
    """`definitions`, one row per measure, and `scorecard`, one row per place a measure has in a view."""
    engine.put("definitions", pd.DataFrame([_definition(measure) for measure in measures.values()]))
    products = engine.rows("select product_id, name from products")
    names = dict(zip(products["product_id"], products["name"], strict=True))
    rows = pd.DataFrame(scorecard_rows(cards, measures, missing, names))
    engine.put("scorecard", rows.astype({"valid_days": "Int64"}))


def _definition(measure: Measure) -> dict[str, object]:
    return {
        "measure": measure.name,
        "label": measure.label,
        "unit": measure.unit,
        "owner": measure.owner,
        "rollup": measure.rollup,
        "absent": measure.absent,
        "valid_days": measure.valid_days,
        "needs": ", ".join(measure.needs),
        "reads": ", ".join(measure.reads),
        "source": measure.source,
        "na": measure.na or "",
        "says": measure.says,
        "words": measure.comment,
        "sql": measure.sql,
    }


def put_generation(
    engine: Engine,
    company: Company,
    cards: Mapping[str, Scorecard],
    name: str,
    as_of: date,
    profit_missing: str | None,
) -> None:
    """`generation`: one row with everything a screen's foot line states about where its numbers come from."""
    has_arr = bool(engine.rows("select coalesce(bool_or(arr > 0), false) as yes from scored_weeks")["yes"].iloc[0])
    first = engine.rows("select cast(min(as_of) as varchar) as day_on from weeks where is_shown")["day_on"].iloc[0]
    row = {
        "generation": name,
        "built_at": datetime.now(UTC).replace(tzinfo=None, microsecond=0),
        "as_of": as_of,
        "first_week": date.fromisoformat(first),
        "company": company.name,
        "currency": company.currency,
        "locale": company.locale,
        "week_ends": company.week_ends,
        "fiscal_year_starts": company.fiscal_year_starts,
        "profit_window_weeks": company.profit_window_weeks,
        "profit_band": company.profit_band,
        "has_arr": has_arr,
        "owners": json.dumps(dict(company.owners), sort_keys=True),
        "scorecards_hash": cards_hash(cards),
        "profit_missing": profit_missing,
    }
    engine.put("generation", pd.DataFrame([row]).astype({"profit_missing": "string"}))

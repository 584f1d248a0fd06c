"""The table `scorecard`: one row for each place a measure has in a view, as the screens show it."""

import json
from collections.abc import Mapping

from metrics.catalog import Entry, Exception_, Group, Measure, Scorecard
from metrics.placing import group_owner, owner, placed


def scorecard_rows(
    cards: Mapping[str, Scorecard],
    measures: Mapping[str, Measure],
    missing: Mapping[str, list[str]],
    items: Mapping[str, str],
) -> list[dict[str, object]]:
    """A row for every entry of every scorecard, in the order of the files.

    `missing` names what a measure lacks, or an entry by its own name; `items` the names of products by their ids.
    """
    return [
        _of_card(card)
        | _of_group(group, measures)
        | _of_entry(group, entry, placed(entry, measures[entry.measure]), items)
        | _of_connection(missing.get(entry.name, missing[entry.measure]))
        for card in cards.values()
        for group in card.groups
        for entry in group.entries
    ]


def _of_card(card: Scorecard) -> dict[str, object]:
    return {
        "view": card.name,
        "title": card.title,
        "question": card.question,
        "side": card.side,
        "audience": card.audience,
        "ours": card.is_own_proposal,
        "is_expansion": card.is_expansion,
        "subjective_why": card.subjective_why or "",
    }


def _of_group(group: Group, measures: Mapping[str, Measure]) -> dict[str, object]:
    return {
        "grp": group.name,
        "grp_title": group.title,
        "grp_weight": float(group.weight),
        "grp_owner": group_owner(group, measures),
    }


def _of_entry(group: Group, entry: Entry, measure: Measure, items: Mapping[str, str]) -> dict[str, object]:
    return {
        "entry": entry.name,
        "measure": entry.measure,
        "item": entry.item,
        "is_own": measure.is_own,
        "label": measure.label,
        "unit": measure.unit,
        "says": measure.says,
        "owner": owner(group, entry, measure),
        "is_subjective": measure.is_subjective,
        "weight": float(entry.weight),
        "red": float(entry.red),
        "green": float(entry.green),
        "valid_days": entry.valid_days if entry.valid_days is not None else measure.valid_days,
        "why": entry.why,
        "exceptions": json.dumps([_exception(rule, items) for rule in entry.exceptions], ensure_ascii=False),
    }


def _of_connection(missing: list[str]) -> dict[str, object]:
    return {"is_connected": not missing, "missing_columns": ", ".join(missing)}


def _exception(rule: Exception_, items: Mapping[str, str]) -> dict[str, object]:
    """An exception as the file has it, null for what it does not say, and the name of the product it is about."""
    return {**rule.model_dump(), "item_name": items.get(rule.item or "")}

"""Definitions: what every measure means, where it counts and where it turns, and the changes made to any of it."""

from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
from markupsafe import Markup

import metrics
from dashboard import findings
from dashboard.findings import definitions as told
from dashboard.look import Look
from dashboard.reads import dictionary
from dashboard.reads.dictionary import Defined, Rule

CHANGES = Path(metrics.__file__).with_name("CHANGES.md")


def page(look: Look) -> Markup:
    """The whole screen: every measure on the left; on the right one of them, and the changes."""
    every = dictionary.dictionary(look.generation)
    found = [one for one in every if _fits(look, one)]
    opened = dictionary.find(look.generation, look.address.more.get("measure", ""))
    return look.render(
        "definitions",
        title=told.title(every, look.voice),
        line=_line(look),
        groups=_groups(look, found),
        listed=told.listed(len(found), len(every), look.voice),
        find=look.address.more.get("find", "").strip(),
        only_missing=look.address.more.get("only") == "missing",
        waiting=sum(bool(one.missing) for one in every),
        opened=opened,
        one=_one(look, opened) if opened else None,
        views_title=told.views(look.cards, look.voice),
        changes=_changes(),
        csv=look.csv("definitions", lambda: table(look)),
        foot=findings.foot(look, []),
    )


def _line(look: Look) -> str:
    company = look.company
    return f"Scorecards {company.definitions} · built {look.f.moment(company.built_at)} UTC"


def _fits(look: Look, one: Defined) -> bool:
    """Whether a measure is among those searched for: by label, meaning, owner, column or view."""
    if look.address.more.get("only") == "missing" and not one.missing:
        return False
    wanted = look.address.more.get("find", "").strip().casefold()
    owners = [look.company.owner(rule.place.owner) for rule in one.rules]
    views = [rule.card.title for rule in one.rules]
    texts = (one.label, one.key, one.owner, *owners, *views, *map(str, (one.declared["words"], one.declared["needs"])))
    return not wanted or any(wanted in text.casefold() for text in texts)


def _groups(look: Look, found: list[Defined]) -> list[tuple[str, list[tuple[Defined, str]]]]:
    """The measures under each view in which they count, with who answers for them there; last, those in no view."""
    made = []
    for card in look.cards:
        own = {one.key: (one, rule.place.owner) for one in found for rule in one.rules if rule.card is card}
        made.append((card.title, [(one, look.company.owner(owner)) for one, owner in own.values()]))
    unused = [(one, look.company.owner(one.owner)) for one in found if not one.rules]
    return [(heading, rows) for heading, rows in [*made, ("In no view", unused)] if rows]


def _one(look: Look, found: Defined) -> dict[str, Any]:
    """Everything there is to say of one measure."""
    caps = dictionary.caps(look.generation)
    views = {rule.card.view for rule in found.rules}
    return {
        "title": told.one(found, look.voice),
        "words": told.meaning(found.declared),
        "rules": [_rule(look, rule) for rule in found.rules],
        "absent": told.absent(found.declared),
        "rollup": told.rollup(found.declared),
        "ages": [(source.name, told.age(source, look.week, look.f)) for source in found.sources],
        "caps": [(look.titles[cap.view], cap) for cap in caps if cap.view in views],
        "alias": found.declared["label"] if found.key not in ("", found.declared["measure"]) else None,
        "close": look.address.here(measure=None),
    }


def _rule(look: Look, rule: Rule) -> dict[str, Any]:
    days = rule.valid_days
    return {
        "rule": rule,
        "thresholds": told.thresholds(rule, look.f),
        "exceptions": [told.exception(rule, given, look.f) for given in rule.exceptions],
        "owner": look.company.owner(rule.place.owner),
        "valid": "computed over a window, never stale" if days is None else f"stale after {look.f.count(days)} days",
    }


def table(look: Look) -> pd.DataFrame:
    """The dictionary as one table: a row per place of a measure in a view, and per measure in no view."""
    rows = []
    for one in dictionary.dictionary(look.generation):
        whole = {"measure": one.key, "label": one.label, "unit": one.unit}
        words = {name: one.declared[name] for name in ("words", "na", "needs", "absent", "rollup", "sql")}
        for rule in one.rules or (None,):
            rows.append(whole | (_cells(look, rule) if rule else {"owner": one.owner}) | words)
    return pd.DataFrame(rows)


def _cells(look: Look, rule: Rule) -> dict[str, Any]:
    return {
        "owner": look.company.owner(rule.place.owner),
        "view": rule.card.view,
        "group": rule.place.grp_title,
        "item": rule.item,
        "share_of_view": rule.place.share,
        "red": rule.place.red,
        "green": rule.place.green,
        "exceptions": "; ".join(told.exception(rule, given, look.f) for given in rule.exceptions),
        "valid_days": rule.valid_days,
        "why": rule.place.why,
        "missing_columns": ", ".join(rule.place.missing_columns),
    }


@cache
def _changes() -> Markup:
    return written(CHANGES.read_text(encoding="utf-8"))


def written(text: str) -> Markup:
    """Markdown as HTML in which only words, tables and lists are markup: whatever else the text holds stays text."""
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "link", "autolink"])
    tokens = reader.parse(text)
    while tokens and tokens[0].type == "heading_open":
        tokens = tokens[3:]
    for token in tokens:
        token.tag = "h3" if token.type in ("heading_open", "heading_close") else token.tag
    return Markup(reader.renderer.render(tokens, reader.options, {}))


def show(look: Look) -> None:
    """Draw the screen."""
    from dashboard.screens.frame import sheet_of

    sheet_of(look, page(look))

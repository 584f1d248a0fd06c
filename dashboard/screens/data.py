"""Data: how fresh every source is, what was refused and why, and which measures that feeds."""

from math import ceil
from typing import Any

from markupsafe import Markup

from dashboard import findings, reads
from dashboard.findings import data as data_findings
from dashboard.look import Look
from dashboard.records import records

REFUSED = 14
KINDS = ("refused", "unmatched", "duplicate")


def page(look: Look) -> Markup:
    """The whole screen."""
    sources = records(reads.sources(look.generation))
    more = look.address.more
    kind = more.get("kind", "") if more.get("kind") in KINDS else ""
    source = more.get("source", "") if more.get("source") in {row["source"] for row in sources} else ""
    total = _total(sources, kind, source)
    pages = max(ceil(total / REFUSED), 1)
    at = min(max(int(more["page"]) if more.get("page", "").isdecimal() and len(more["page"]) < 7 else 1, 1), pages)
    rows = reads.refused(look.generation, kind, source, REFUSED, (at - 1) * REFUSED)
    return look.render(
        "data",
        title=data_findings.title(sources, look.company, look.voice),
        line=data_findings.line(look.company, look.weeks, look.f),
        sources=sources,
        sources_title=data_findings.sources(sources, look.voice),
        refused=records(rows),
        refused_title=data_findings.refused(sources, look.voice),
        refused_total=total,
        kind=kind,
        source=source,
        kinds=KINDS,
        at=at,
        pages=pages,
        notes=records(reads.load_notes(look.generation)),
        measures_title=data_findings.measures(look.cards, look.voice),
        sources_csv=look.csv("sources", lambda: reads.sources(look.generation)),
        refused_csv=look.csv(
            "refused", lambda: reads.refused(look.generation, kind, source, 10_000_000, 0), kind, source
        ),
        foot=findings.foot(look, []),
    )


def _total(sources: list[dict[str, Any]], kind: str, source: str) -> int:
    """How many rows were kept out, of that kind and source."""
    names = {"refused": "refused", "unmatched": "unmatched", "duplicate": "duplicates"}
    kinds = [names[kind]] if kind else list(names.values())
    return sum(int(row[name] or 0) for row in sources if source in ("", row["source"]) for name in kinds)


def show(look: Look) -> None:
    """Draw the screen."""
    from dashboard.screens.frame import sheet_of

    sheet_of(look, page(look))

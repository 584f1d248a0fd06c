"""Titles computed from the data: a verb, a number and, where someone owns it, a name; with a quiet-week form."""

from collections.abc import Sequence

from dashboard import reads
from dashboard.findings.overrides import waiting
from dashboard.look import Look


def foot(look: Look, parts: Sequence[str]) -> list[str]:
    """The footer line: how fresh the sources are, what this screen adds, definitions and generation."""
    company = look.company
    scoped = "" if look.scope.is_all else "segment, region and lead as they are today, in every week"
    by_hand = waiting(look.by_hand, look.voice)
    own = [reads.freshness_words(look.generation, look.week, look.f), *parts, scoped, by_hand]
    last = [
        f"definitions {company.definitions[:8]}",
        f"generation {company.generation}, {look.f.moment(company.built_at)}",
    ]
    return [part for part in [*own, *last] if part]

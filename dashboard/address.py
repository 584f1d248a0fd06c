"""The address of what one looks at: screen, week, filters and whatever is open. Everything a reload must find again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import parse_qs, urlencode

from dashboard.reads.warehouse import Scope

FILTERS = ("segment", "region", "csm")
MOST_TEXT = 400
"""Longest value taken from an address; a longer one is not ours."""


@dataclass(frozen=True)
class Address:
    """One place in the app. `week` is None for the latest; `more` holds what only one screen knows, such as a sort."""

    screen: str = ""
    week: date | None = None
    segment: str | None = None
    region: str | None = None
    csm: str | None = None
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def scope(self) -> Scope:
        """The accounts this address looks at."""
        chosen = ((getattr(self, name),) if getattr(self, name) is not None else None for name in FILTERS)
        return Scope(*chosen)

    def params(self) -> dict[str, str]:
        """Its query parameters, in a fixed order, without what is at its default."""
        own = {"week": self.week.isoformat() if self.week else None}
        own |= {name: getattr(self, name) for name in FILTERS}
        return {name: value for name, value in (own | dict(self.more)).items() if value is not None}

    @property
    def href(self) -> str:
        """As a relative link, which works from every screen and under any base path."""
        query = urlencode(self.params())
        return (self.screen or "./") + (f"?{query}" if query else "")

    def to(self, screen: str, **more: str | int | None) -> str:
        """A link to another screen: week and filters go along, the rest stays behind."""
        return replace(self, screen=screen, more=_texts(more)).href

    def here(self, **more: str | int | None) -> str:
        """A link to the same screen with something opened, sorted or closed (None)."""
        kept = {name: value for name, value in self.more.items() if name not in more}
        return replace(self, more=kept | _texts(more)).href

    def filtered(self, name: str, value: str | None) -> str:
        """A link to the same screen with one filter changed; a page number starts again from the first."""
        return replace(self, **{name: value}, more=_without_page(self.more)).href  # type: ignore[arg-type]

    def at(self, week: date | None) -> str:
        """A link to the same screen in another week."""
        return replace(self, week=week, more=_without_page(self.more)).href


def parse(href: str) -> Address:
    """The address a link of ours leads to. What cannot be read is left out: a link is only text."""
    path, _, query = href.partition("?")
    lists = parse_qs(query, keep_blank_values=True, max_num_fields=40)
    return read(path.strip("./"), lists)


def read(screen: str, params: Mapping[str, Sequence[str]]) -> Address:
    """The address of a screen with these query parameters; the last of a repeated one counts."""
    last = {name: values[-1] for name, values in params.items() if values and len(values[-1]) <= MOST_TEXT}
    week = _day(last.pop("week", None))
    filters = {name: last.pop(name, None) for name in FILTERS}
    return Address(screen, week, **filters, more=last)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _texts(more: Mapping[str, str | int | None]) -> dict[str, str]:
    return {name: str(value) for name, value in more.items() if value is not None}


def _without_page(more: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in more.items() if name != "page"}

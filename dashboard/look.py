"""What every screen is given: the open generation, whose accounts and which week one looks at, and where links lead."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd
from markupsafe import Markup

from dashboard import files, reads
from dashboard.address import Address
from dashboard.format import Formats
from dashboard.hands import overlay
from dashboard.reads import ByHand, Card, Company, Generation, Scope
from dashboard.templating import render
from dashboard.theme import LIGHT, Tone
from dashboard.voice import Voice


@dataclass(frozen=True)
class Look:
    """One look at the warehouse. Screens are functions of it, so a test needs no browser and no framework."""

    generation: Generation
    address: Address
    tone: Tone = field(default_factory=lambda: LIGHT)

    @cached_property
    def company(self) -> Company:
        return reads.company(self.generation)

    @cached_property
    def cards(self) -> tuple[Card, ...]:
        """The views that are on, in their fixed order."""
        return reads.cards(self.generation)

    @cached_property
    def weeks(self) -> list[date]:
        """Week ends one can choose, newest first."""
        return reads.weeks(self.generation)

    @property
    def week(self) -> date:
        """The week looked at: the one in the address where it can be chosen, else the latest."""
        wanted = self.address.week
        return wanted if wanted in self.weeks else self.weeks[0]

    @property
    def scope(self) -> Scope:
        return self.address.scope

    @property
    def f(self) -> Formats:
        return self.company.formats

    @cached_property
    def voice(self) -> Voice:
        return Voice(self.company)

    @property
    def views(self) -> list[str]:
        return [card.view for card in self.cards]

    @property
    def health(self) -> list[str]:
        """The views in which less is worse: all but Expansion, which is an opportunity."""
        return [card.view for card in self.cards if not card.is_expansion]

    @property
    def titles(self) -> Mapping[str, str]:
        return {card.view: card.title for card in self.cards}

    @property
    def lens(self) -> tuple[Card, str] | None:
        """The view the company's aim starts with, and the aim in words; None where it has none."""
        card = self.card(self.company.aim[0]) if self.company.aim else None
        return (card, self.company.aim[1]) if card and self.company.aim else None

    @cached_property
    def by_hand(self) -> ByHand:
        """The values people set that stand in the week."""
        return reads.by_hand(self.generation, self.scope, self.week)

    def overlay(self, rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Rows of accounts with what people set laid over them; `hands` of each tells which values those are."""
        return overlay(rows, self.by_hand, self.views, self.f)

    def card(self, view: str) -> Card | None:
        """The view of that name, where it is on."""
        return next((card for card in self.cards if card.view == view), None)

    def csv(self, name: str, make: Callable[[], pd.DataFrame], *about: object) -> str:
        """The link to a table as CSV: `about` is what it depends on beside generation, week and filters."""
        key = "\0".join([self.generation.name, self.week.isoformat(), repr(self.scope), *map(repr, about)])
        return files.offer(f"{name}-{self.week.isoformat()}.csv", f"{name}\0{key}", make)

    def render(self, template: str, **values: Any) -> Markup:
        """A template with what all of them know: formats, links, the company."""
        return render(template, {"look": self, "f": self.f, "to": self.address.to, "here": self.address.here} | values)

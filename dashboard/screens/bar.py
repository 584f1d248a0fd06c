"""The bar on top of every screen: screens, filters and the week, all as links that keep what is chosen."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from markupsafe import Markup

from dashboard import reads
from dashboard.format import week_number
from dashboard.look import Look
from dashboard.templating import HERE


@dataclass(frozen=True)
class Link:
    """A screen's place in the bar."""

    screen: str
    title: str
    caption: str = ""


LINKS = (Link("", "This week"), Link("views", "Seven views"), Link("accounts", "Accounts"))
MONEY = (
    Link("plan", "Profit plan", "10,000 ft"),
    Link("people", "Return on People", "8,000 ft"),
    Link("profit", "Profit", "5,000 ft"),
    Link("value", "Value", "Beside them"),
    Link("what-if", "What-if"),
)
"""The screens of profit, by the altitude of their question."""
MORE = (
    Link("definitions", "Definitions"),
    Link("data", "Data"),
    Link("overrides", "Overrides"),
)
FILTERS = (
    ("segment", "Segment", "All segments", "No segment"),
    ("region", "Region", "All regions", "No region"),
    ("csm", "Success lead", "All leads", "No lead"),
)


def bar(look: Look) -> Markup:
    """The bar."""
    views = _view_links(look)
    screen = look.address.screen
    menus = [
        {"title": "Profit", "links": MONEY, "is_on": screen in {link.screen for link in MONEY}},
        {"title": "Each view", "links": views, "is_on": screen in look.views},
        {"title": "More", "links": MORE, "is_on": screen in {link.screen for link in MORE}},
    ]
    return look.render(
        "bar",
        logo=_logo(),
        links=list(LINKS),
        menus=menus,
        every=[*MONEY, *views, *MORE],
        screen=screen,
        filters=_filters(look),
        weeks=_weeks(look),
    )


def page_title(look: Look) -> str:
    """What stands in the browser's tab."""
    links = {link.screen: link.title for link in (*LINKS, *MONEY, *MORE)} | {
        card.view: card.title for card in look.cards
    }
    return f"{links.get(look.address.screen, 'Seven Views')} · {look.company.name}"


def _view_links(look: Look) -> list[Link]:
    """The views, under Vendor and Client."""
    links, side = [], ""
    for card in look.cards:
        links.append(Link(card.view, card.title, card.side if card.side != side else ""))
        side = card.side
    return links


def _filters(look: Look) -> list[dict[str, Any]]:
    """The filters that have something to choose from, and those that are set."""
    made = []
    choices = reads.choices(look.generation, reads.EVERYTHING)
    for name, label, everything, none in FILTERS:
        value = getattr(look.address, name)
        values = choices[name] + ([value] if value is not None and value not in choices[name] else [])
        if len(values) > 1 or value is not None:
            made.append(
                {
                    "name": name,
                    "label": label,
                    "everything": everything,
                    "value": value,
                    "all": look.address.filtered(name, None),
                    "choices": [
                        {"value": v, "text": v or none, "href": look.address.filtered(name, v)} for v in values
                    ],
                }
            )
    return made


def _weeks(look: Look) -> list[dict[str, Any]]:
    latest = look.weeks[0]
    return [
        {
            "text": f"Week {week_number(week)} · {look.f.day(week)}",
            "href": look.address.at(None if week == latest else week),
            "is_on": week == look.week,
        }
        for week in look.weeks
    ]


@cache
def _logo() -> Markup:
    """The wordmark, in the colour of the text around it."""
    drawn = (HERE / "static" / "logo.svg").read_text(encoding="utf-8")
    return Markup(drawn.replace("#1B1F24", "currentColor"))

"""The head of every part of *Value*: question, finding, what it describes, and the choices that live in the address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from dashboard.look import Look

PARTS = {
    # name in the address: label, question above the finding
    "lifetime": ("Lifetime", "What is a customer worth, and what does winning one cost?"),
    "movements": ("Movements", "How did recurring revenue move, and what did we keep?"),
    "cohorts": ("Cohorts", "Who stays, and for how long?"),
    "renewals": ("Renewals", "What is up for renewal, and how does it stand?"),
}


@dataclass(frozen=True)
class Choice:
    """Other ways to see a part: a short row of links, or a list where there are many."""

    label: str
    name: str
    all: Sequence[Mapping[str, Any]]
    """`text`, `href` and `is_on` of each."""
    is_list: bool = False


def part_of(look: Look) -> str:
    """The part the address asks for; the first where it asks for none there is."""
    wanted = look.address.more.get("part", "")
    return wanted if wanted in PARTS else next(iter(PARTS))


def top(look: Look, title: str, line: Sequence[str], choices: Sequence[Choice] = (), key: str = "") -> Markup:
    """Question, finding, what is described, and the choices; parts of `line` that are empty are left out."""
    part = part_of(look)
    parts = [
        {"text": label, "href": look.address.to("value", part=None if nth == 0 else name), "is_on": name == part}
        for nth, (name, (label, _)) in enumerate(PARTS.items())
    ]
    return look.render(
        "value_top",
        question=PARTS[part][1],
        title=title,
        line=" · ".join(words for words in line if words),
        parts=parts,
        choices=choices,
        key=key,
    )


def choice(
    look: Look, label: str, name: str, values: Mapping[str, str], now: str, default: str, is_list: bool = False
) -> Choice:
    """A choice of values (name in the address: text), as links to this part with one of them; a page starts anew."""
    links = [
        {
            "text": text,
            "href": look.address.here(**{name: None if value == default else value}, page=None),
            "is_on": value == now,
        }
        for value, text in values.items()
    ]
    return Choice(label, name, links, is_list)


def chosen(look: Look, name: str, values: Sequence[str], default: str) -> str:
    """The value of a choice in the address, where it is one there is."""
    wanted = look.address.more.get(name, "")
    return wanted if wanted in values else default


def as_of(look: Look) -> str:
    """The day the tables of this part describe; they are made for the newest day only, and say so in other weeks."""
    day = look.f.day(look.company.as_of)
    return f"as of {day}" if look.week == look.company.as_of else f"as of {day}, the newest day, whatever the week"

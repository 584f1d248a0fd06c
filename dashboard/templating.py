"""HTML from templates that escape everything: what a customer wrote is text, never markup."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from dashboard import marks

HERE = Path(__file__).parent


@cache
def environment() -> Environment:
    """The one template environment: autoescaping on for every template, unknown names an error."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["marks"] = marks
    return made


def render(template: str, values: Mapping[str, Any]) -> Markup:
    """One template filled in."""
    return Markup(environment().get_template(f"{template}.html").render(values))


SHEETS = (
    "sheet", "views", "definitions", "goals", "family", "expansion", "maturity", "overrides", "why",
    "value", "profit", "plan", "people",
)  # fmt: skip
"""The style sheets in their order: what all screens share, then what one screen adds."""


@cache
def sheet() -> str:
    """The style sheets as one."""
    return "\n".join((HERE / "templates" / f"{name}.css").read_text(encoding="utf-8") for name in SHEETS)

"""The table behind the question whether the experience is right every time."""

from datetime import date
from pathlib import Path

from metrics.engines import Engine

PEOPLE_TABLES = ("standard_weeks",)


def make_people(engine: Engine, as_of: date) -> None:
    """`standard_weeks`, from the source `standards`, `accounts`, `days` and `weeks`."""
    select = (Path(__file__).parent / "standard_weeks.sql").read_text(encoding="utf-8")
    engine.table("standard_weeks", select, {"as_of": as_of})

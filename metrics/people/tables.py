"""The tables behind two of the five questions: whether standards are kept, and what our own behaviour costs."""

from datetime import date
from pathlib import Path

from metrics.engines import Engine

PEOPLE_TABLES = ("standard_weeks", "driver_sides")


def make_people(engine: Engine, as_of: date) -> None:
    """`standard_weeks` from `standards`, `accounts`, `days` and `weeks`; `driver_sides` from `driver_costs`."""
    engine.table("standard_weeks", _select("standard_weeks"), {"as_of": as_of})
    engine.table("driver_sides", _select("driver_sides"))


def _select(name: str) -> str:
    return (Path(__file__).parent / f"{name}.sql").read_text(encoding="utf-8")

"""Writes the sample company: `company.toml` and one file per source."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from data.sample import (
    book,
    books,
    contracts,
    lists,
    money,
    projects,
    sales,
    slips,
    tickets,
    touch,
    trouble,
    value,
    voice,
)
from data.sample.catalogue import OWNERS
from data.sample.founding import draw_world
from data.sample.sink import FileFormat, Sink
from data.sample.usage import usage
from data.sample.world import Rows, World

NAME = "Corvane Robotics"
MANY = 5_000  # accounts from which Parquet is the better door
FAMILIES: tuple[Callable[[World], Rows], ...] = (
    book.accounts, book.contacts, lists.lists, contracts.subscriptions, money.invoices, money.service_costs,
    sales.acquisition_costs, books.ledger, tickets.tickets, trouble.outages, trouble.risks, touch.touchpoints,
    voice.surveys, sales.opportunities, projects.projects, value.goals, value.maturity, value.measurements,
    books.standards, books.drivers, slips.slips,
)  # fmt: skip


def _silent(step: str) -> None:
    del step


def write_sample(
    folder: Path,
    as_of: date,
    accounts: int = 400,
    weeks: int = 104,
    events: int | None = None,
    seed: int = 8,
    file_format: FileFormat | None = None,
    progress: Callable[[str], None] = _silent,
) -> None:
    """Writes the sample company as a company folder: the same arguments write the same rows.

    `events` is the number of usage rows (default: as many as the accounts bring, above a thousand each in 104 weeks).
    Files are CSV below 5,000 accounts, else Parquet; a source of more than two million rows is always Parquet.
    """
    world = draw_world(as_of, accounts, weeks, seed)
    (folder / "sources").mkdir(parents=True, exist_ok=True)
    (folder / "company.toml").write_text("".join(f"{line}\n" for line in _settings(world)), encoding="utf-8")
    steps = len(FAMILIES) + 1
    with Sink(folder / "sources", file_format or ("csv" if accounts < MANY else "parquet")) as sink:
        for nth, family in enumerate(FAMILIES, start=1):
            progress(f"{family.__name__.replace('_', ' ')}, {nth} of {steps}")
            sink.write_all(family(world))
        progress(f"usage, {steps} of {steps}")
        sink.write_all(usage(world, events, progress))


def _settings(world: World) -> Iterator[str]:
    """The lines of company.toml."""
    yield "# A made-up company. Its rows are simulated; every name is invented."
    yield f'name          = "{NAME}"'
    yield 'currency      = "USD"'
    yield f'week_ends     = "{world.as_of:%A}"'.lower()
    yield f"as_of         = {world.as_of.isoformat()}"
    yield f"history_weeks = {world.weeks}"
    yield ""
    yield "[owners]"
    yield from (f'"{function}" = "{owner}"' for function, owner in OWNERS.items())

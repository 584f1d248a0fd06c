"""Writes the sample company: `company.toml` and one file per source."""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from data.sample import book, care, lists, money, sales, touch, usage, value, voice
from data.sample.catalogue import OWNERS
from data.sample.sink import FileFormat, Sink
from data.sample.world import Writer, World, draw_world

NAME = "Corvane Robotics"
LARGE = 5_000  # accounts from which Parquet is the better door
FAMILIES: tuple[tuple[str, Callable[[World], Writer]], ...] = (
    ("accounts", book.accounts),
    ("contacts", book.contacts),
    ("products", lists.products),
    ("events", lists.events),
    ("rates", lists.rates),
    ("subscriptions", book.subscriptions),
    ("invoices", money.invoices),
    ("service costs", money.service_costs),
    ("acquisition costs", sales.acquisition_costs),
    ("ledger", lists.ledger),
    ("plans", lists.plans),
    ("tickets", care.tickets),
    ("outages", care.outages),
    ("risks", care.risks),
    ("touchpoints", touch.touchpoints),
    ("surveys", voice.surveys),
    ("opportunities", sales.opportunities),
    ("projects", value.projects),
    ("goals", value.goals),
    ("maturity", value.maturity),
    ("measurements", value.measurements),
    ("standards", lists.standards),
    ("drivers", lists.drivers),
)


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

    `events` is the number of usage rows (default: as many as the accounts bring, about a thousand each in 104 weeks).
    Files are CSV below 5,000 accounts, else Parquet; a source of more than two million rows is always Parquet.
    """
    world = draw_world(as_of, accounts, weeks, seed)
    sources = folder / "sources"
    sources.mkdir(parents=True, exist_ok=True)
    (folder / "company.toml").write_text(_settings(world), encoding="utf-8")
    with Sink(sources, file_format or ("csv" if accounts < LARGE else "parquet")) as sink:
        for step, (name, family) in enumerate(FAMILIES, start=1):
            progress(f"{name}, {step} of {len(FAMILIES) + 1}")
            sink.write_all(family(world))
        progress(f"usage, {len(FAMILIES) + 1} of {len(FAMILIES) + 1}")
        sink.write_all(usage.usage(world, events, progress))


def _settings(world: World) -> str:
    """company.toml of the sample company."""
    return "\n".join(_setting_lines(world)) + "\n"


def _setting_lines(world: World) -> Iterable[str]:
    yield "# A made-up company. Its rows are simulated; every name is invented."
    yield f'name          = "{NAME}"'
    yield 'currency      = "USD"'
    yield f'week_ends     = "{world.as_of:%A}"'.lower()
    yield f"as_of         = {world.as_of.isoformat()}"
    yield f"history_weeks = {world.weeks}"
    yield ""
    yield "[owners]"
    for function, owner in OWNERS.items():
        yield f'"{function}" = "{owner}"'

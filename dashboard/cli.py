"""The command `sevenviews`: from an empty folder to a served dashboard, one command a step."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from data.errors import UserError

if TYPE_CHECKING:
    from data.company import Company

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    help="Seven separate views of customer health, and profit per customer beside them.",
)
out = Console(highlight=False, width=None if sys.stdout.isatty() else 160)
err = Console(stderr=True, highlight=False)

Folder = Annotated[Path, typer.Argument(help="The company folder.", metavar="FOLDER")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]


@app.command()
def init(folder: Folder, name: Annotated[str, typer.Option(help="Name of the company.")] = "") -> None:
    """Write a commented company.toml, and an empty file with column notes for every source."""
    from data.templates import write_templates

    write_templates(folder, name or folder.resolve().name)
    out.print(f"{folder}: ready. Put your rows into {folder}/sources (COLUMNS.md says what goes where), then run")
    out.print(f"    sevenviews check {folder}\n    sevenviews build {folder}\n    sevenviews serve {folder}")


@app.command()
def check(folder: Folder, as_json: AsJson = False) -> None:
    """Read every source and say what would be loaded, refused and set aside. Nothing is built."""
    from data.checking import check_company

    report = check_company(_company(folder), date.today())
    if as_json:
        print(json.dumps(report.as_dict(), indent=2, default=str))
    else:
        _print_check(report)
    raise typer.Exit(0 if report.is_good else 1)


@app.command()
def build(
    folder: Folder,
    memory: Annotated[str, typer.Option(help="Most memory the database takes; it spills to disk beyond.")] = "3GB",
) -> None:
    """Load the sources, compute every measure and score, and publish a new generation."""
    with _progress() as say:
        generation = _build(_company(folder), say, memory)
    out.print(f"Built generation {generation}. See it with: sevenviews serve {folder}")


@app.command()
def serve(
    folder: Folder,
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8501,
    host: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 lets the whole network in.")] = "127.0.0.1",
    browser: Annotated[bool, typer.Option(help="Open a browser where there is a desktop.")] = True,
) -> None:
    """Serve the dashboard on this machine."""
    from dashboard.server import serve as serve_app

    if not (folder / "company.toml").is_file():
        raise UserError(f"{folder}: there is no company.toml. `sevenviews init {folder}` writes one.")
    serve_app(folder, host=host, port=port, open_browser=browser)


@app.command()
def numbers(
    folder: Folder,
    as_json: AsJson = False,
    as_of: Annotated[str | None, typer.Option(help="A day in the history, as 2026-11-15; default the latest.")] = None,
    segment: Annotated[str | None, typer.Option(help="Only the accounts of this segment.")] = None,
) -> None:
    """Print every number of the company as a whole."""
    from metrics.numbers import company_numbers

    found = company_numbers(_company(folder), _day(as_of), segment)
    if as_json:
        print(json.dumps(found.as_dict(), indent=2, default=str))
        return
    table = Table("number", "value", "unit", "period", "n", "missing", box=None, header_style="bold")
    for column in table.columns:
        column.no_wrap = column.header in ("value", "unit", "n")  # the long words give way, never the number
    for number in found.numbers:
        value = "–" if number.value is None else f"{number.value:,.10g}"
        n = "" if number.n is None else f"{number.n:,}"
        table.add_row(*map(escape, (number.label, value, number.unit, number.period, n, number.missing or "")))
    out.print(f"{escape(found.company)}, as of {found.as_of}, generation {found.generation}")
    out.print(table)


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(help="Where to write the sample company.", metavar="FOLDER")] = Path(
        "sample"
    ),
    as_of: Annotated[str | None, typer.Option(help="Last day of its history; default the last Sunday.")] = None,
    accounts: Annotated[int, typer.Option(min=1, help="How many accounts it has.")] = 400,
    weeks: Annotated[int, typer.Option(min=1, help="How many weeks of history it has.")] = 104,
    events: Annotated[int | None, typer.Option(min=0, help="How many usage rows; default by accounts.")] = None,
    seed: Annotated[int, typer.Option(help="Another seed makes another company.")] = 8,
    build_too: Annotated[bool, typer.Option("--build/--no-build", help="Build its warehouse as well.")] = True,
    serve_too: Annotated[bool, typer.Option("--serve", help="Serve it when it is built.")] = False,
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8501,
) -> None:
    """Make up a company with 400 accounts and two years of history, and build it."""
    from data.generations import current
    from data.sample import write_sample

    day = _day(as_of) or last_sunday(date.today())
    wanted = {"as_of": str(day), "accounts": accounts, "weeks": weeks, "events": events, "seed": seed}
    stamp = folder / "sample.json"
    if not (stamp.exists() and json.loads(stamp.read_text(encoding="utf-8")) == wanted and current(folder)):
        if folder.exists() and any(folder.iterdir()) and not stamp.exists():
            raise SystemExit(f"{folder} holds something that is not a sample company. Name another folder.")
        with _progress() as say:
            write_sample(folder, day, accounts=accounts, weeks=weeks, events=events, seed=seed, progress=say)
            if build_too:
                _build(_company(folder), say)
        stamp.write_text(json.dumps(wanted), encoding="utf-8")
        out.print(f"{folder}: a made-up company with {accounts:,} accounts and {weeks} weeks up to {day}.")
    if serve_too:
        serve(folder, port=port, host="127.0.0.1", browser=True)
    elif build_too:
        out.print(f"See it with: sevenviews serve {folder}")


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(help="Folder with the scorecards as they are.", metavar="OLD")],
    new: Annotated[Path, typer.Argument(help="Folder with the scorecards as they would be.", metavar="NEW")],
    company: Annotated[Path, typer.Option(help="The company folder whose accounts are scored.")] = Path("."),
    as_json: AsJson = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print a comment for a pull request.")] = False,
) -> None:
    """Say which accounts, and how much ARR, change band when scorecards change. Nothing is built."""
    from metrics import diff_words
    from metrics.diff import diff as compared

    found = compared(_company(company), old, new)
    if as_json:
        print(json.dumps(found.as_dict(), indent=2, default=str))
    elif markdown:
        print(diff_words.markdown(found), end="")
    else:
        _print_diff(found)


@app.command()
def rollback(folder: Folder) -> None:
    """Go back to the generation before the current one; an open app follows at the next click."""
    from data.generations import rollback as roll

    out.print(f"{folder}: generation {roll(folder)} is current again.")


def last_sunday(today: date) -> date:
    """The day itself when it is a Sunday, else the Sunday before."""
    return today - timedelta(days=(today.weekday() + 1) % 7)


def _company(folder: Path) -> "Company":
    # Imported here: the server needs none of it, and keeps all it imports in memory.
    from data.company import read_company

    return read_company(folder)


def _build(company: "Company", say: Callable[[str], None], memory: str = "3GB") -> str:
    from metrics.build import build as build_warehouse

    return build_warehouse(company, date.today(), say, memory)


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise SystemExit(f"--as-of {text}: not a date. Write it as 2026-11-15.") from None


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """One line that says what is being done; plain lines where the output is not a terminal."""
    if not err.is_terminal:
        yield lambda line: err.print(escape(line))
        return
    with err.status("starting") as status:
        yield lambda line: status.update(escape(line))


def _print_check(report: Any) -> None:
    table = Table("source", "rows in", "loaded", "refused", "unmatched", "duplicates", "complete to", box=None)
    for row in report.sources:
        counts = (row.rows_in, row.loaded, row.refused, row.unmatched, row.duplicates)
        table.add_row(row.source, *(f"{count:,}" for count in counts), str(row.complete_to or "–"))
    out.print(table)
    for fact in report.facts:
        out.print(escape(f"{fact.source}: {fact.label}: {round(fact.value, 4):,.12g} {fact.unit}"))
    for note in report.notes:
        out.print(escape(f"{note.file or note.source}: {note.note}"))
    for line in report.troubles:
        err.print(escape(line))


def _print_diff(found: Any) -> None:
    from metrics.diff_words import amount, mean_words, share, summary

    out.print(f"{escape(found.company)}, week to {found.as_of}, generation {found.generation}")
    if not found.views:
        out.print("No view is scored otherwise: nobody changes band.")
    for view in found.views:
        said = [summary(view), f"{share(found, view.weight)} of all {'ARR' if found.has_arr else 'accounts'}"]
        out.print(f"\n[bold]{escape(view.title)}[/bold]: {', '.join([*said, mean_words(view)]).rstrip(', ')}")
        out.print(escape("  " + "; ".join(view.changed)))
        table = Table("was", "becomes", "accounts", "ARR" if found.has_arr else "weight", box=None, pad_edge=True)
        for change in view.changes:
            table.add_row(change.was, change.now, f"{change.accounts:,}", amount(found, change.weight))
        if view.changes:
            out.print(table)
            _print_moved(found, view)


def _print_moved(found: Any, view: Any, most: int = 10) -> None:
    """The largest accounts that change band."""
    table = Table("account", "ARR", "was", "becomes", box=None, pad_edge=True)
    for one in view.moved[:most]:
        ends = (f"{status} {points:.0f}" if points is not None else status for status, points in one.ends)
        name = escape(" ".join(f"{one.name or ''} ({one.account})".split()))
        table.add_row(name, "–" if one.arr is None else f"{found.currency} {one.arr:,.0f}", *ends)
    out.print(table)
    if len(view.moved) > most:
        out.print(f"  and {len(view.moved) - most:,} more; --json lists them all")


def main() -> None:
    """Run the command; errors meant for people are printed as the sentences they are."""
    try:
        app()
    except UserError as trouble:
        err.print(escape(str(trouble)), soft_wrap=True)
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()

"""What *Data* says: whether the sources are fresh and whole, and how much of the definitions they feed."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dashboard.format import Formats
from dashboard.reads.company import Card, Company
from dashboard.voice import PANEL, Voice, capital, counted, fitting, spelled


def title(sources: Sequence[Mapping[str, Any]], company: Company, voice: Voice) -> str:
    """The source a measure rests on that is furthest behind; else how many rows are loaded, and how many refused."""
    f = voice.formats
    connected = [row for row in sources if row["is_connected"]]
    late = [
        row for row in connected if row["complete_to"] and row["complete_to"] < company.as_of and row["is_measured"]
    ]
    loaded, out = (sum(int(row[name] or 0) for row in connected) for name in ("loaded", "refused"))
    kept = f"{counted(out, 'row', f)} refused" if out else "none refused"
    if late:
        oldest = min(late, key=lambda row: row["complete_to"])
        days = counted((company.as_of - oldest["complete_to"]).days, "day", f)
        verb = "is" if len(late) == 1 else "are"
        n = f"{capital(spelled(len(late), f))} of {spelled(len(connected), f)} sources {verb} behind"
        return fitting(
            f"{n}, {oldest['source']} by {days}; {f.count(loaded)} rows are loaded, {kept}",
            f"{n}, {oldest['source']} by {days}",
        )
    if not loaded:
        return "No row is loaded yet"
    rows = f"{f.count(loaded)} {'row is' if loaded == 1 else 'rows are'} loaded, {kept}"
    if len(connected) == 1:
        return f"Only {connected[0]['source']} is connected; {rows}"
    every = "Both" if len(connected) == 2 else f"All {spelled(len(connected), f)}"
    return f"{every} sources reach {f.day(company.as_of)}; {rows}"


def line(company: Company, weeks: Sequence[date], formats: Formats) -> str:
    """Which build this is, and which weeks it describes."""
    built = f"Generation {company.generation}, built {formats.moment(company.built_at)} UTC"
    return f"{built} · weeks {formats.day(company.first_week)} to {formats.day(company.as_of)}"


def sources(rows: Sequence[Mapping[str, Any]], voice: Voice) -> str:
    """How many sources are connected, of how many there could be."""
    on = sum(bool(row["is_connected"]) for row in rows)
    n = voice.formats.count(len(rows))
    if on == len(rows):
        return f"All {n} sources are connected"
    return f"{voice.formats.count(on)} of {n} sources {'is' if on == 1 else 'are'} connected"


def refused(rows: Sequence[Mapping[str, Any]], voice: Voice) -> str:
    """How many rows are not in the numbers, and where most of them come from."""
    f = voice.formats
    out = {row["source"]: sum(int(row[name] or 0) for name in ("refused", "unmatched", "duplicates")) for row in rows}
    total = sum(out.values())
    if not total:
        return "Every row that came in is loaded"
    top = max(out, key=lambda name: out[name])
    came = sum(int(row["rows_in"] or 0) for row in rows)
    share = f" ({f.share(total / came, 1)})" if came else ""
    where = f", all in {top}" if out[top] == total else f", most in {top}"
    return fitting(
        f"{counted(total, 'row', f)} of {f.count(came)}{share} {'was' if total == 1 else 'were'} kept out{where}",
        f"{counted(total, 'row', f)} kept out{where}",
        limit=PANEL,
    )


def measures(cards: Sequence[Card], voice: Voice) -> str:
    """How many of the measures the sources feed."""
    every = {place.measure: place.is_connected for card in cards for place in card.places}
    on = sum(every.values())
    if on == len(every):
        return f"All {voice.formats.count(len(every))} measures are connected"
    return f"{voice.formats.count(on)} of {voice.formats.count(len(every))} measures have the columns they need"

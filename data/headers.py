"""Which column of a file is which column of the contract."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from data.columns import Source
from data.errors import SourceError, did_you_mean


@dataclass(frozen=True)
class Headers:
    """Where each contract column stands in a file, counted from 0, and the columns the contract does not know."""

    places: dict[str, int]
    unknown: tuple[str, ...]


def match_headers(source: Source, file: str, found: Sequence[str]) -> Headers:
    """The contract's columns among those of a file, whatever their case and spaces.

    Raises `SourceError` when a required column is missing or a column stands twice.
    """
    names = [header.strip().lower().replace(" ", "_").replace("-", "_") for header in found]
    known = {column.name for column in source.columns}
    twice = [name for name, count in Counter(names).items() if count > 1 and name in known]
    if twice:
        raise SourceError(f"{file}: the column '{twice[0]}' stands there twice. Rename or remove one of the two.")
    places = {name: place for place, name in enumerate(names) if name in known}
    unknown = tuple(header for header, name in zip(found, names, strict=True) if name and name not in known)
    missing = [name for name in source.required if name not in places]
    if missing:
        raise SourceError(_missing(source, file, missing, unknown, found))
    return Headers(places, unknown)


def _missing(source: Source, file: str, missing: list[str], unknown: Sequence[str], found: Sequence[str]) -> str:
    """What is missing, what comes nearest, and what to do."""
    plural = "columns" if len(missing) > 1 else "column"
    named = ", ".join(f"'{name}'" for name in missing)
    near = "".join(did_you_mean(name, unknown) for name in missing).replace("Did you mean", "Is it called")
    columns = ", ".join(found) if any(found) else "none"
    return (
        f"{file}: the {plural} {named} {'are' if len(missing) > 1 else 'is'} missing.{near} The first row names the "
        f"columns; it has: {columns}. Rename the column there, or map it with a select in sources/{source.name}.sql."
    )

"""Where rows go: one Parquet file per source, written piece by piece; turned into CSV at the end where that is wanted."""

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from data.sample.draw import NEVER, Ints, Table

FileFormat = Literal["csv", "parquet"]
CSV_ROWS = 2_000_000  # a larger source stays Parquet: as text it would be slow to write and to read


class Sink:
    """The open files of `sources/`. Rows of one source may come in many pieces; leaving the context finishes the files."""

    def __init__(self, folder: Path, file_format: FileFormat) -> None:
        self.folder, self.file_format = folder, file_format
        self.rows: dict[str, int] = {}
        self._writers: dict[str, Any] = {}

    def write(self, source: str, columns: Table) -> None:
        """Adds rows; the first piece of a source sets its columns and kinds."""
        table = pa.table(columns)
        if source not in self._writers:
            self.rows[source] = 0
            self._writers[source] = pq.ParquetWriter(self._path(source, "parquet"), table.schema, compression="zstd")
        self._writers[source].write_table(table.cast(self._writers[source].schema))
        self.rows[source] += table.num_rows

    def write_all(self, pieces: Iterable[tuple[str, Table]]) -> None:
        """Adds the rows of every (source, columns) piece."""
        for source, columns in pieces:
            self.write(source, columns)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for writer in self._writers.values():
            writer.close()
        if kind is None and self.file_format == "csv":
            with duckdb.connect() as con:
                for source, rows in self.rows.items():
                    if rows <= CSV_ROWS:
                        self._to_csv(con, source)

    def _to_csv(self, con: duckdb.DuckDBPyConnection, source: str) -> None:
        parquet = self._path(source, "parquet")
        con.read_parquet(str(parquet)).write_csv(str(self._path(source, "csv")), header=True)
        parquet.unlink()

    def _path(self, source: str, ending: str) -> Path:
        return self.folder / f"{source}.{ending}"


class Calendar:
    """Turns day numbers relative to `as_of` into Arrow dates and moments; a day after `as_of` is not known yet."""

    def __init__(self, as_of: Any) -> None:
        self.epoch_day = int((np.datetime64(as_of) - np.datetime64("1970-01-01")).astype(int))

    def on(self, day: Ints, until: int = 0) -> Any:
        """Dates; empty for days after `until`."""
        days = (np.minimum(day, NEVER) + self.epoch_day).astype(np.int32)
        return pa.array(days, pa.int32(), mask=day > until).cast(pa.date32())

    def planned(self, day: Ints) -> Any:
        """Dates that may lie ahead; empty for NEVER."""
        return self.on(day, NEVER - 1)

    def at(self, minute: Ints) -> Any:
        """Moments from minutes relative to the start of `as_of`; empty for those after the end of `as_of`."""
        seconds = (self.epoch_day * 1440 + np.minimum(minute, 1440 * NEVER)) * 60
        return pa.array(seconds, pa.int64(), mask=minute >= 1440).cast(pa.timestamp("s"))

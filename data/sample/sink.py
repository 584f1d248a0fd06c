"""Where rows go: one Parquet file per source, written piece by piece; turned into CSV at the end if that is wanted."""

from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from data.sample.columns import Table
from data.sample.world import Rows

FileFormat = Literal["csv", "parquet"]
CSV_ROWS = 2_000_000  # a larger source stays Parquet: as text it would be slow to write and to read


class Sink:
    """The open files of `sources/`. Rows of a source may come in many pieces; leaving the context ends all files."""

    def __init__(self, folder: Path, file_format: FileFormat) -> None:
        self.folder, self.file_format = folder, file_format
        self.rows: dict[str, int] = {}
        self._writers: dict[str, Any] = {}

    def write(self, source: str, columns: Table) -> None:
        """Adds rows. The first piece of a source sets its columns and kinds; what a later one lacks stays empty."""
        table = pa.table(columns)
        if source not in self._writers:
            self.rows[source] = 0
            self._path(source, "csv").unlink(missing_ok=True)  # of an earlier run: a source has one file
            self._writers[source] = pq.ParquetWriter(self._path(source, "parquet"), table.schema, compression="zstd")
        self._writers[source].write_table(_completed(table, self._writers[source].schema))
        self.rows[source] += table.num_rows

    def write_all(self, pieces: Rows) -> None:
        """Adds the rows of every (source, columns) piece."""
        for source, columns in pieces:
            self.write(source, columns)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for writer in self._writers.values():
            writer.close()
        if kind is None and self.file_format == "csv":
            with duckdb.connect() as connection:
                for source in (name for name, rows in self.rows.items() if rows <= CSV_ROWS):
                    self._to_csv(connection, source)

    def _to_csv(self, connection: duckdb.DuckDBPyConnection, source: str) -> None:
        parquet = self._path(source, "parquet")
        connection.read_parquet(str(parquet)).write_csv(str(self._path(source, "csv")), header=True)
        parquet.unlink()

    def _path(self, source: str, ending: str) -> Path:
        return self.folder / f"{source}.{ending}"


def _completed(table: Any, schema: Any) -> Any:
    """The table with the columns of the schema, empty where it has none of that name."""
    columns = [
        table[field.name].cast(field.type) if field.name in table.schema.names else pa.nulls(len(table), field.type)
        for field in schema
    ]
    return pa.table(columns, schema=schema)

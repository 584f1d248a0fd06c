"""What the tests of loading share."""

from collections.abc import Iterator

import duckdb
import pytest


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty database in memory."""
    connection = duckdb.connect()
    yield connection
    connection.close()

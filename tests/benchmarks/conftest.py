"""An empty database in memory."""

import duckdb
import pytest


@pytest.fixture
def connection():
    with duckdb.connect() as opened:
        yield opened

"""`check`: what a load would do, without building anything."""

import tempfile
from datetime import date
from pathlib import Path

import duckdb

from data.company import Company
from data.errors import SourceError
from data.facts import facts
from data.load_report import LoadReport
from data.loading import load_all

MEMORY_LIMIT = "4GB"


def check_company(company: Company, today: date) -> LoadReport:
    """The report of loading a company into a database that is thrown away, with what its sources add up to."""
    with tempfile.TemporaryDirectory(prefix="sevenviews-") as folder:
        path = Path(folder) / "check.duckdb"
        connection = duckdb.connect(str(path), config={"memory_limit": MEMORY_LIMIT})
        try:
            report, _ = load_all(company, connection, today)
            report.facts.extend(facts(connection))
        except SourceError as trouble:
            return LoadReport([], troubles=[str(trouble)])
        finally:
            connection.close()
    return report

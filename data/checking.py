"""`check`: what a load would do, without building anything."""

import tempfile
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from data.company import Company
from data.errors import SourceError
from data.facts import Fact, facts
from data.load_report import LoadReport
from data.loading import load_all

MEMORY_LIMIT = "4GB"


@dataclass(frozen=True)
class CheckReport(LoadReport):
    """What a load would do, and what the loaded sources would add up to."""

    facts: list[Fact] = field(default_factory=list)


def check_company(company: Company, today: date) -> CheckReport:
    """The report of loading a company into a database that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="sevenviews-") as folder:
        connection = duckdb.connect(str(Path(folder) / "check.duckdb"), config={"memory_limit": MEMORY_LIMIT})
        try:
            report, _ = load_all(company, connection, today)
            return CheckReport(**vars(report), facts=facts(connection))
        except SourceError as trouble:
            return CheckReport([], troubles=[str(trouble)])
        finally:
            connection.close()

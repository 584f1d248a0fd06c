"""Where the journal of a company lies: a file in its folder, or the database that `journal_url` names."""

import tomllib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from data.errors import UserError

if TYPE_CHECKING:
    from data.company import Company

FILE = "journal.db"
SETTINGS = "company.toml"


class JournalError(UserError):
    """The journal can't be reached, read or written."""


@dataclass(frozen=True)
class Place:
    """A company's journal, not opened yet. The address may hold a password, so it is never shown."""

    folder: Path
    url: str | None = field(default=None, repr=False)
    zone: str = "UTC"

    @classmethod
    def of(cls, company: "Company") -> "Place":
        """The place a company's settings name."""
        return cls(company.folder, company.journal_url, company.time_zone)

    @classmethod
    def in_folder(cls, folder: Path) -> "Place":
        """The place the company.toml of a folder names, without what checking all of its settings takes.

        Raises `JournalError` when the file can't be read.
        """
        file = folder / SETTINGS
        try:
            settings = tomllib.loads(file.read_bytes().decode("utf-8-sig"))
        except (OSError, ValueError):
            raise JournalError(f"{file}: can't be read. `sevenviews check {folder}` says what is wrong.") from None
        url = settings.get("journal_url")
        return cls(folder, None if url is None else str(url), str(settings.get("time_zone", "UTC")))

    @property
    def file(self) -> Path | None:
        """The SQLite file; None for a server."""
        if self.url is None:
            return self.folder / FILE
        _, found, path = self.url.partition(":///")
        if not self.url.startswith("sqlite") or not found or not path.partition("?")[0]:
            return None
        return self.folder / path.partition("?")[0]

    @property
    def is_begun(self) -> bool:
        """Whether there can be entries: the file is there, or it is a server."""
        return self.file is None or self.file.exists()

    def today(self, now: datetime | None = None) -> date:
        """The day at a moment (default: now) where the company is."""
        try:
            zone: ZoneInfo | None = ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            zone = None  # a build says so
        return (now or datetime.now(UTC)).astimezone(zone or UTC).date()

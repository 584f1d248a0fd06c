"""Opening the journal: for reading as it is, for writing made and brought forward first. No error shows a password."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from data.company import Company
from data.journal.place import SETTINGS, JournalError, Place
from data.journal.tables import NEWEST, VERSIONS

MIGRATIONS = Path(__file__).parent / "migrations"
PATIENCE = 30
"""Seconds a writer of a SQLite file waits for another."""
REACH = 5
"""Seconds until a server counts as out of reach."""
MIGRATING = 7_734_001
"""The number of the lock under which a PostgreSQL journal is brought forward."""


class Journal:
    """The journal of one company; threads may share it. A SQLite file is opened for each use, so one put in its place
    is met at once.
    """

    def __init__(self, place: Place) -> None:
        self.place = place
        self._url = _checked_url(place)
        self._engine = _engine(self._url)

    @property
    def where(self) -> str:
        """Where it lies, for people: without password or options."""
        return str(self.place.file) if self.place.file else _shown(self._url)

    @contextmanager
    def reading(self) -> Iterator[Connection | None]:
        """A connection to read with; None as long as nothing was ever entered.

        The tables of an older version are brought forward first. Raises `JournalError`.
        """
        if not self.place.is_begun:
            yield None
            return
        with self._in_words():
            with self._connected() as connection:
                version = self._version(connection)
                if version in (None, NEWEST):
                    yield None if version is None else connection
                    return
            self._bring_forward(version)
            with self._connected() as connection:
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in one transaction, committed at the end; the journal is made where there is none.

        Raises `JournalError`.
        """
        with self._in_words():
            if self.place.file:
                _make_file(self.place.file)
            with self._connected() as connection:
                version = self._version(connection)
            self._bring_forward(version)
            with self._connected(writes=True) as connection:
                yield connection

    @contextmanager
    def _connected(self, writes: bool = False) -> Iterator[Connection]:
        with self._engine.connect().execution_options(writes=writes) as connection, connection.begin():
            yield connection

    def _version(self, connection: Connection) -> str | None:
        """The revision its tables are of; None before the first. Raises `JournalError` for one from the future."""
        if not inspect(connection).has_table(VERSIONS):
            return None
        version = connection.execute(text(f"select version_num from {VERSIONS}")).scalar()
        if version is not None and version > NEWEST:
            raise JournalError(
                f"{self.where}: was written by a newer Seven Views (revision {version}, this one knows {NEWEST}). "
                "Install that version or a newer one."
            )
        return version

    def _bring_forward(self, version: str | None) -> None:
        """Run the revisions that are missing; of two processes the second waits and finds nothing left to do."""
        if version == NEWEST:
            return
        if self.place.file:
            self._write_ahead()
        with self._connected(writes=True) as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("select pg_advisory_xact_lock(:n)"), {"n": MIGRATING})
            if self._version(connection) != NEWEST:
                _run_revisions(connection)

    def _write_ahead(self) -> None:
        """Let readers read while one writes; the file remembers it."""
        connection = self._engine.raw_connection()
        try:
            connection.cursor().execute("pragma journal_mode = wal")
        finally:
            connection.close()

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        """Errors of the database as sentences."""
        try:
            yield
        except (SQLAlchemyError, OSError) as trouble:
            said = str(getattr(trouble, "orig", None) or trouble).strip().splitlines()
            reason = _without_secrets(said[0] if said else type(trouble).__name__, self._url)
            raise JournalError(f"{self.where}: the journal can't be used ({reason}). {self._way_out}") from None

    @property
    def _way_out(self) -> str:
        if self.place.file:
            return "See that the file and its folder can be written and are whole."
        return f"See that the server runs and journal_url in {self.place.folder / SETTINGS} is right."


def open_journal(company: Company) -> Journal:
    """The journal of a company. Nothing is touched before it is read or written. Raises `JournalError`."""
    return Journal(Place.of(company))


def _checked_url(place: Place) -> URL:
    """The address, with the driver we use. Raises `JournalError`, which does not repeat it."""
    key = f"{place.folder / SETTINGS}: journal_url"
    if place.file:
        return URL.create("sqlite", database=str(place.file))
    try:
        url = make_url(str(place.url))
    except (ArgumentError, ValueError):
        raise JournalError(f"{key} is no address. Write it as postgresql://user@host/database.") from None
    if url.drivername.partition("+")[0] not in ("postgresql", "postgres"):
        raise JournalError(f"{key} has to begin with postgresql:// or name a file, as in sqlite:///journal.db.")
    if "@" in (url.host or ""):
        raise JournalError(f"{key} can't be read: write an @ inside the password as %40.")
    return url.set(drivername="postgresql+psycopg")


def _engine(url: URL) -> Engine:
    if url.drivername == "sqlite":
        engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": PATIENCE}, hide_parameters=True)
        event.listen(engine, "connect", _leave_transactions_to_us)
        event.listen(engine, "begin", _begin)
        return engine
    try:
        limits = {"connect_timeout": REACH}
        return create_engine(url, pool_size=2, pool_pre_ping=True, connect_args=limits, hide_parameters=True)
    except (ModuleNotFoundError, NoSuchModuleError):
        raise JournalError(
            "journal_url names a PostgreSQL database, and its driver is missing. "
            "Run: pip install 'sevenviews[postgres]'"
        ) from None


def _leave_transactions_to_us(connection: Any, _: object) -> None:
    connection.isolation_level = None  # else the driver begins its own, and never before a change of tables


def _begin(connection: Connection) -> None:
    """A writer takes the lock at once: one that first reads could find it taken when it comes to write."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("begin immediate" if writes else "begin")


def _make_file(file: Path) -> None:
    """The empty file, for its owner alone; whoever wants to share it may change that."""
    os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))


def _run_revisions(connection: Connection) -> None:
    from alembic import command  # only whoever makes or mends a journal needs it
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _shown(url: URL) -> str:
    return URL.create("postgresql", url.username, None, url.host, url.port, url.database).render_as_string()


def _without_secrets(words: str, url: URL) -> str:
    """What a driver said, without the password should it have repeated it."""
    secrets = [url.password, *(value for name, value in url.query.items() if "pass" in name.lower())]
    for secret in secrets:
        if isinstance(secret, str) and secret:
            words = words.replace(secret, "…")
    return words

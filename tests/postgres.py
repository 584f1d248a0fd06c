"""A real PostgreSQL server of our own for tests: in a temporary folder, on a free port, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.serving import free_port

PASSWORD = "pass:w/rd%1"
IN_AN_ADDRESS = "pass%3Aw%2Frd%251"
SETTINGS = "-c fsync=off -c shared_buffers=16MB -c max_connections=40"


def missing() -> str | None:
    """Why no server can be started here; None when one can."""
    if _programs() is None:
        return "no PostgreSQL on this machine (Debian: apt-get install postgresql)"
    if os.name != "posix" or (os.geteuid() == 0 and _nobody() is None):
        return "PostgreSQL does not run as root, and there is no user postgres or nobody"
    return None


@contextmanager
def running() -> Iterator[str]:
    """The address of a fresh server, up to the name of a database; its user is `keeper`."""
    programs = _programs()
    assert programs is not None
    home = Path(tempfile.mkdtemp(prefix="sevenviews-pg-"))
    secret = home / "secret"
    secret.write_text(PASSWORD, encoding="utf-8")
    _give(home, secret)
    port = free_port()
    first = ["-U", "keeper", f"--pwfile={secret}", "-A", "scram-sha-256", "-E", "UTF8", "--no-sync"]
    try:
        _run([programs / "initdb", "-D", home / "data", *first], home)
        options = f"{SETTINGS} -c listen_addresses=127.0.0.1 -c unix_socket_directories={home} -p {port}"
        _run([programs / "pg_ctl", "-D", home / "data", "-l", home / "log", "-w", "-o", options, "start"], home)
        try:
            yield f"postgresql://keeper:{IN_AN_ADDRESS}@127.0.0.1:{port}"
        finally:
            _run([programs / "pg_ctl", "-D", home / "data", "-m", "immediate", "stop"], home)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _programs() -> Path | None:
    """The folder of initdb and pg_ctl: Debian keeps them out of the path."""
    places = [*map(Path, os.get_exec_path()), *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    return next((place for place in places if (place / "initdb").exists() and (place / "pg_ctl").exists()), None)


def _nobody() -> str | None:
    """A user other than root to run it as."""
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in names), None)


def _give(*paths: Path) -> None:
    if os.geteuid() == 0:
        for path in paths:
            shutil.chown(path, _nobody())


def _run(words: Sequence[str | Path], home: Path) -> None:
    user = _nobody() if os.geteuid() == 0 else None
    with (home / "said").open("ab") as said:  # the server keeps what it is given open
        done = subprocess.run(words, user=user, stdout=said, stderr=said, stdin=subprocess.DEVNULL, cwd=home)
    if done.returncode:
        raise RuntimeError((home / "said").read_text(errors="replace"))

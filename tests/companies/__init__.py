"""Nine companies made of other people's data: their settings and mappings. The data itself is never kept here."""

import shutil
from datetime import date
from functools import cache
from pathlib import Path

from data.company import read_company
from metrics.build import build

HERE = Path(__file__).parent
TODAY = date(2026, 7, 1)
NAMES = sorted(path.parent.name for path in HERE.glob("*/company.toml"))


def put_company(name: str, folder: Path, datasets: Path) -> Path:
    """A company folder ready to build: a copy of the mappings, with `raw` linked to the data sets."""
    shutil.copytree(HERE / name, folder)
    (folder / "raw").symlink_to(datasets.resolve(), target_is_directory=True)
    return folder


@cache
def built_company(name: str, home: Path, datasets: Path) -> Path:
    """The folder of one of them with its warehouse, built once for all tests that share `home`."""
    folder = put_company(name, home / "others" / name, datasets)
    build(read_company(folder), today=TODAY)
    return folder

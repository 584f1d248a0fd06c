"""Eight companies made of other people's data: their settings and mappings. The data itself is never kept here."""

import shutil
from pathlib import Path

HERE = Path(__file__).parent
NAMES = sorted(path.parent.name for path in HERE.glob("*/company.toml"))


def put_company(name: str, folder: Path, datasets: Path) -> Path:
    """A company folder ready to build: a copy of the mappings, with `raw` linked to the data sets."""
    shutil.copytree(HERE / name, folder)
    (folder / "raw").symlink_to(datasets.resolve(), target_is_directory=True)
    return folder

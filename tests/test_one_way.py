"""Imports go one way: data ← metrics ← dashboard; Streamlit stays on the screens, Spark in the engine."""

import ast
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

PACKAGES = ("data", "metrics", "dashboard")
FILES = [path for package in PACKAGES for path in sorted((REPOSITORY / package).rglob("*.py"))]
MAY_IMPORT = {"data": {"data"}, "metrics": {"data", "metrics"}, "dashboard": {"data", "metrics", "dashboard"}}
MAY_NAME_STREAMLIT = {"dashboard/app.py", "dashboard/app_asgi.py"}


def imported(path: Path) -> set[str]:
    """Top-level names of everything a file imports, inside functions as well."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


def name(path: Path) -> str:
    return path.relative_to(REPOSITORY).as_posix()


@pytest.mark.parametrize("path", FILES, ids=name)
def test_imports_go_one_way(path):
    package = name(path).split("/")[0]
    assert imported(path) & set(PACKAGES) <= MAY_IMPORT[package]


@pytest.mark.parametrize("path", FILES, ids=name)
def test_only_the_app_and_its_screens_know_streamlit(path):
    allowed = name(path) in MAY_NAME_STREAMLIT or name(path).startswith("dashboard/screens/")
    assert allowed or "streamlit" not in imported(path)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_only_the_engine_knows_spark(path):
    assert name(path) == "metrics/engines.py" or "pyspark" not in imported(path)


def test_the_top_level_holds_the_four_packages_and_no_other():
    folders = {path.parent.name for path in REPOSITORY.glob("*/__init__.py")}
    assert folders == {*PACKAGES, "tests"}

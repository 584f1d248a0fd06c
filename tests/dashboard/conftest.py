"""Companies for the screens: made-up ones by kind, each written once a session, and looks at them."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from dashboard.address import parse
from dashboard.look import Look
from dashboard.reads import Warehouse
from tests.dashboard.kinds import KINDS
from tests.dashboard.made import make
from tests.dashboard.pages import html

Looking = Callable[..., Look]


@pytest.fixture(scope="session")
def company_folder(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder of a company of one of the kinds, with its warehouse."""
    folders: dict[str, Path] = {}

    def of(kind: str) -> Path:
        if kind not in folders:
            folders[kind] = make(tmp_path_factory.mktemp("made") / "company", KINDS[kind])
        return folders[kind]

    return of


@pytest.fixture(scope="session")
def page_of(company_folder: Callable[[str], Path]) -> Callable[[str, str], str]:
    """The HTML of a screen of a kind of company, drawn once a session."""
    generations = cache(lambda kind: Warehouse(company_folder(kind)).generation())
    return cache(lambda kind, href: html(Look(generations(kind), parse(href))))


@pytest.fixture
def looking(company_folder: Callable[[str], Path]) -> Looking:
    """A look at a company of some kind, at an address: `looking("no arr", "accounts?sort=name:asc")`."""
    return lambda kind="usual", href="./": Look(Warehouse(company_folder(kind)).generation(), parse(href))

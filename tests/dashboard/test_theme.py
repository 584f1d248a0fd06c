"""One token table: enough contrast in both themes, and the same names everywhere."""

import re
import tomllib

import pytest

from dashboard import theme
from dashboard.templating import HERE, sheet

TEXT = ("ink", "ink2", "ink3", "green-t", "amber-t", "red-t", "blue-t")
MARKS = ("py", "green", "amber-e", "red", "blue")


@pytest.mark.parametrize("tone", [theme.LIGHT, theme.DARK, theme.PRINT], ids=["light", "dark", "print"])
def test_text_and_marks_stand_out_from_paper(tone):
    for name in TEXT:
        assert theme.contrast(tone[name], tone["paper"]) >= 4.5, name
    for name in MARKS:
        assert theme.contrast(tone[name], tone["paper"]) >= 3.0, name


def test_every_colour_of_the_sheet_is_a_token():
    used = set(re.findall(r"var\(--([a-z0-9-]+)\)", sheet()))
    own = {"hatch", "hatch-wide", "serif", "sans", "n"}  # n: how many columns a grid has
    assert used - own <= set(theme.TOKENS)
    assert not re.findall(r":\s*#[0-9A-Fa-f]{6}", sheet())


def test_the_theme_of_the_framework_uses_the_same_paper_and_ink():
    config = tomllib.loads((HERE / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    for kind, tone in (("light", theme.LIGHT), ("dark", theme.DARK)):
        assert config["theme"][kind]["backgroundColor"] == tone["paper"]
        assert config["theme"][kind]["textColor"] == tone["ink"]


def test_the_fonts_named_in_the_theme_are_there_with_their_licence():
    config = tomllib.loads((HERE / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    for face in config["theme"]["fontFaces"]:
        assert (HERE / face["url"].removeprefix("app/")).is_file()
    assert "SIL OPEN FONT LICENSE" in (HERE / "static" / "IBMPlex-LICENSE.txt").read_text(encoding="utf-8").upper()

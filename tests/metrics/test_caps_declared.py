"""Caps as a scorecard declares them, and errors that say what is wrong with one."""

from pathlib import Path

import pytest

from metrics.catalog import Cap, CatalogError, read_scorecard

CARD = """\
title = "Vendor Risk"
question = "What could make them leave?"
side = "vendor"
audience = "heads of functions"

[[groups]]
name = "support"
title = "Support"

[[groups.measures]]
name = "open_cases"
red = 5
green = 1

[[caps]]
name = "Buried in cases"
measure = "open_cases"
is = "red"
most = 50
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "vendor_risk.toml"
    path.write_text(text)
    return path


def test_a_cap_is_read_as_it_is_written(tmp_path):
    second = '[[caps]]\nname = "Both"\ngroup = "support"\nis = "amber"\nmost = 75'
    card = read_scorecard(written(tmp_path, CARD + second))
    assert [cap.name for cap in card.caps] == ["Buried in cases", "Both"]
    assert card.caps[0] == Cap.model_validate(
        {"name": "Buried in cases", "measure": "open_cases", "is": "red", "most": 50}
    )


WRONG = {
    "measure": ('"open_cases"\nis', '"open_case"\nis', "names the measure 'open_case', which this scorecard has not."),
    "measure elsewhere": ('"open_cases"\nis', '"uptime"\nis', "It has open_cases."),
    "group": ('measure = "open_cases"\nis', 'group = "suport"\nis', "the group 'suport', which this"),
    "both": ("is =", 'group = "support"\nis =', "needs a measure or a group, one of them."),
    "neither": ('measure = "open_cases"\nis', "is", "needs a measure or a group, one of them."),
    "band": ('"red"', '"reed"', "in 'Buried in cases', 'is' can't be 'reed'. Did you mean 'red'?"),
    "missing is never a reason": ('"red"', '"no data"', "It is one of 'red', 'amber' or 'green'."),
    "most of all": ("50", "100", "'most' can't be 100"),
    "below zero": ("50", "-1", "'most' can't be -1"),
    "key": ("most", "moast", "there is no key 'moast'. Did you mean 'most'? Keys are name, measure, group, is, most."),
    "no name": ('name = "Buried in cases"\n', "", "in cap 1, the key 'name' is missing."),
}  # fmt: skip


@pytest.mark.parametrize(("part", "instead", "words"), WRONG.values(), ids=WRONG)
def test_a_wrong_cap_is_an_error_that_names_the_way_out(tmp_path, part, instead, words):
    head, caps = CARD.split("[[caps]]")
    path = written(tmp_path, head + "[[caps]]" + caps.replace(part, instead, 1))
    with pytest.raises(CatalogError) as error:
        read_scorecard(path)
    assert str(error.value).startswith(f"{path}: ")
    assert words in str(error.value)


def test_two_caps_of_one_name_are_an_error(tmp_path):
    twice = CARD + "[[caps]]" + CARD.split("[[caps]]")[1]
    with pytest.raises(CatalogError, match="the cap 'Buried in cases' stands here more than once"):
        read_scorecard(written(tmp_path, twice))

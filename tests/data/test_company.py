"""company.toml: every key has a default but the name, and what is wrong is named with the way out."""

from datetime import date

import pytest

from data.company import AIMS, VIEWS, CompanyError, read_company
from data.errors import did_you_mean


def company(folder, text):
    (folder / "company.toml").write_text(text, encoding="utf-8")
    return read_company(folder)


def test_a_name_is_enough(tmp_path):
    acme = company(tmp_path, 'name = "Acme"')
    assert (acme.currency, acme.week_ends, acme.history_weeks, acme.views) == ("USD", "sunday", 104, VIEWS)
    assert (acme.folder, acme.sources, acme.warehouse) == (tmp_path, tmp_path / "sources", tmp_path / "warehouse")
    assert acme.settings_of("tickets").decimal == "."


def test_what_is_written_counts(tmp_path):
    text = """
        name = "Åkerlund & Söner"
        currency = "SEK"
        as_of = 2026-11-15
        views = ["vendor_risk"]
        [owners]
        "Support" = "Maja"
        [sources.tickets]
        date_format = "%d/%m/%Y"
        complete_to = 2026-10-31
        """
    acme = company(tmp_path, text)
    assert (acme.name, acme.currency, acme.as_of, acme.views) == (
        "Åkerlund & Söner", "SEK", date(2026, 11, 15), ("vendor_risk",),
    )  # fmt: skip
    assert acme.owners == {"Support": "Maja"}
    assert acme.settings_of("tickets").complete_to == date(2026, 10, 31)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('curency = "EUR"', "there is no key 'curency'. Did you mean 'currency'? Keys are name, currency"),
        ('week_ends = "Sonday"', "week_ends = \"Sonday\" is not one of 'monday', 'tuesday'"),
        ('week_ends = "Sonday"', "Did you mean 'sunday'?"),
        ('currency = "euro"', 'currency = "euro" is not an ISO code; write one as EUR'),
        ('history_weeks = "104"', 'history_weeks = "104" should be a valid integer.'),
        ("profit_band = 2", "profit_band = 2 should be less than or equal to 1."),
        ("keep_generations = 0", "keep_generations = 0 should be greater than or equal to 1."),
        ('locale = "klingon"', 'locale = "klingon" is not a locale'),
        ('time_zone = "Berlin"', 'time_zone = "Berlin" is not a time zone'),
        ('views = ["vendor_risks"]', "is not a view. Did you mean 'vendor_risk'?"),
        ('[profile]\nsize = ["1000 people"]', "is not a size. "),
        ('[profile]\nindustri = ["Food"]', "there is no key 'profile.industri'. Did you mean 'industry'?"),
        ('aim = "erly warning"', "is not an aim. Did you mean 'early warning'? Aims are return, early warning, sales,"),
        (
            'views = ["client_maturity"]\naim = "sales"',
            'aim = "sales" starts with vendor_expansion, which `views` leaves out; add it there',
        ),
        ("[sources.usge]\n", "is not a source. Did you mean 'usage'?"),
        ('[sources.usage]\nformat = "x"', "there is no key 'sources.usage.format'. Did you mean 'date_format'?"),
        ('[sources.usage]\ndate_format = "dd/mm/yyyy"', "is not a date format"),
        ('[sources.usage]\nencoding = "utf-99"', "is not an encoding"),
        ('[sources.usage]\nencoding = "rot13"', "is not an encoding"),
        ('[sources.usage]\ndecimal = ";"', "sources.usage.decimal = \";\" is not one of '.' or ','"),
    ],
)
def test_what_is_wrong_is_named_with_the_nearest_that_is_right(tmp_path, line, expected):
    with pytest.raises(CompanyError) as trouble:
        company(tmp_path, f'name = "Acme"\n{line}')
    assert str(trouble.value).startswith(f"{tmp_path / 'company.toml'}: ")
    assert expected in str(trouble.value)


def test_every_aim_starts_with_a_view_of_its_own(tmp_path):
    assert sorted(view for view, _ in AIMS.values()) == sorted(VIEWS)
    for aim in AIMS:
        assert company(tmp_path, f'name = "Acme"\naim = "{aim}"').aim == aim


def test_every_wrong_key_is_named_at_once(tmp_path):
    with pytest.raises(CompanyError) as trouble:
        company(tmp_path, "history_weeks = 0\nmax_refused = 7")
    assert len(str(trouble.value).splitlines()) == 3
    assert "the key 'name' is missing. Write it as name = \"…\"." in str(trouble.value)


def test_a_missing_or_broken_file_says_what_to_do(tmp_path):
    with pytest.raises(CompanyError, match=r"there is no such file. `sevenviews init .*` writes one"):
        read_company(tmp_path)
    with pytest.raises(CompanyError, match=r"is not TOML: .* Text needs quotes"):
        company(tmp_path, "name = Acme")
    (tmp_path / "company.toml").write_bytes(b'name = "\xff"')
    with pytest.raises(CompanyError, match="is not UTF-8 text"):
        read_company(tmp_path)


def test_only_a_near_word_is_suggested():
    assert did_you_mean("Joined On", ["joined_on", "name"]) == " Did you mean 'joined_on'?"
    assert did_you_mean("colour", ["joined_on", "name"]) == ""

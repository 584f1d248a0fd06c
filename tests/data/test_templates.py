"""What `init` writes can be read back, covers every key and every source, and overwrites nothing."""

import re

import pytest

from data.company import Company, read_company
from data.contract import SOURCES
from data.templates import NOTES, AlreadyThere, company_toml, write_templates
from tests.data.made import loaded


def test_a_new_company_can_be_read_and_loaded_as_it_is(tmp_path):
    write_templates(tmp_path / "acme", 'Åkerlund "Bros"')
    company = read_company(tmp_path / "acme")
    assert company.name == 'Åkerlund "Bros"'
    assert loaded(company).report.is_good


def test_every_key_is_written_with_its_default(tmp_path):
    keys = set(Company.model_fields) - {"name", "written"}
    tables = set(re.findall(r"^# \[+(\w+)", company_toml("Acme"), re.MULTILINE))
    assert set(NOTES) | tables == keys | {"sources"}
    write_templates(tmp_path / "plain", "Acme")
    path = tmp_path / "plain" / "company.toml"
    path.write_text(re.sub(r"^# (?=\w+ += |\[|    |\]|\"Support)", "", path.read_text(), flags=re.MULTILINE))
    spelled_out = read_company(tmp_path / "plain").model_dump()
    plain = Company.in_folder(tmp_path, {"name": "Acme"}).model_dump()
    given = {"as_of", "journal_url", "aim", "benchmarks", "owners", "conflicts", "profile", "written"}
    assert {key for key in plain if plain[key] != spelled_out[key]} == given


def test_every_source_has_a_header_and_every_column_a_note(tmp_path):
    write_templates(tmp_path / "acme", "Acme")
    notes = (tmp_path / "acme" / "sources" / "COLUMNS.md").read_text()
    for source in SOURCES.values():
        header = (tmp_path / "acme" / "sources" / f"{source.name}.csv").read_text()
        assert header == ",".join(column.name for column in source.columns) + "\n"
        assert f"## {source.name}\n" in notes
        assert all(f"| {column.name}{'*' if column.required else ''} |" in notes for column in source.columns)


def test_nothing_is_overwritten(tmp_path):
    (tmp_path / "company.toml").write_text('name = "mine"')
    with pytest.raises(AlreadyThere, match=r"company\.toml is there already, and nothing was written"):
        write_templates(tmp_path, "Acme")
    assert [path.name for path in tmp_path.iterdir()] == ["company.toml"]

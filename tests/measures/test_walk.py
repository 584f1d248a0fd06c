"""What every measure, staging table and scorecard must hold, by walking the declarations."""

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from data.contract import REFERENCES, SOURCES
from metrics.catalog import Entry, Measure, Scorecard, measures, scorecards
from tests.measures.conftest import OTHER_TABLES, STAGING, Laboratory
from tests.measures.made import company

MEASURES = measures()
CARDS = scorecards()
ENTRIES = {f"{card.name}-{entry.name}": (card, entry) for card in CARDS.values() for entry in card.entries}
SIX_COLUMNS = ["account_id", "item", "as_of", "numerator", "denominator", "evidence_on"]
every_measure = pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)
every_entry = pytest.mark.parametrize(("card", "entry"), ENTRIES.values(), ids=ENTRIES)


def filled(id_type: str, empty: bool = False) -> Laboratory:
    """A laboratory with all staging tables made, of the made-up company or of one without any row."""
    laboratory = Laboratory(id_type)
    laboratory.fill({} if empty else company(1))
    for name, sql in STAGING.items():
        laboratory.run(f"create table {name} as {sql}")
    return laboratory


@pytest.fixture(scope="module")
def made() -> Iterator[duckdb.DuckDBPyConnection]:
    laboratory = filled("varchar")
    yield laboratory.connection
    laboratory.connection.close()


@pytest.fixture(scope="module")
def nobody() -> Iterator[duckdb.DuckDBPyConnection]:
    laboratory = filled("varchar", empty=True)
    yield laboratory.connection
    laboratory.connection.close()


@pytest.fixture(scope="module")
def numbered() -> Iterator[duckdb.DuckDBPyConnection]:
    """The made-up company with account ids read as integers."""
    laboratory = filled("integer")
    yield laboratory.connection
    laboratory.connection.close()


@every_measure
def test_a_company_without_rows_has_no_values(measure: Measure, nobody: duckdb.DuckDBPyConnection) -> None:
    assert nobody.execute(measure.sql).fetchall() == []


@every_measure
def test_the_six_columns_and_their_types(measure: Measure, made: duckdb.DuckDBPyConnection) -> None:
    described = {name: kind for name, kind, *_ in made.execute(f"describe {measure.sql}").fetchall()}
    assert list(described) == SIX_COLUMNS
    assert (described["item"], described["as_of"], described["evidence_on"]) == ("VARCHAR", "DATE", "DATE")
    for part in ("numerator", "denominator"):
        assert re.match(r"DOUBLE|BIGINT|INTEGER|HUGEINT|DECIMAL", described[part])


@every_measure
def test_one_row_per_account_item_and_week(measure: Measure, made: duckdb.DuckDBPyConnection) -> None:
    twice = f"select 1 from ({measure.sql}) as v group by account_id, item, as_of having count(*) > 1"
    assert made.execute(twice).fetchall() == []


@every_measure
def test_values_are_of_live_accounts_in_shown_weeks(measure: Measure, made: duckdb.DuckDBPyConnection) -> None:
    stray = f"""
        select v.account_id, v.as_of
        from ({measure.sql}) as v
        left join account_weeks as a on a.account_id = v.account_id and a.as_of = v.as_of
        where a.account_id is null
        """
    assert made.execute(stray).fetchall() == []


@every_measure
def test_no_negative_denominator_and_zero_only_where_the_head_says_why(
    measure: Measure, made: duckdb.DuckDBPyConnection
) -> None:
    lowest, unknown = made.execute(
        f"select min(denominator), count(*) filter (where denominator is null) from ({measure.sql}) as v"
    ).fetchall()[0]
    assert unknown == 0
    assert lowest > 0 or (lowest == 0 and measure.na)


@every_measure
def test_a_numerator_is_missing_only_beside_a_denominator_of_zero(
    measure: Measure, made: duckdb.DuckDBPyConnection
) -> None:
    missing = f"select 1 from ({measure.sql}) as v where numerator is null and denominator <> 0"
    assert made.execute(missing).fetchall() == []


@every_measure
def test_evidence_is_never_younger_than_the_week(measure: Measure, made: duckdb.DuckDBPyConnection) -> None:
    assert made.execute(f"select 1 from ({measure.sql}) as v where evidence_on > as_of").fetchall() == []


@every_measure
def test_a_value_that_can_go_stale_names_its_evidence(measure: Measure, made: duckdb.DuckDBPyConnection) -> None:
    nameless = f"select 1 from ({measure.sql}) as v where evidence_on is null and denominator > 0"
    if measure.valid_days is not None:
        assert made.execute(nameless).fetchall() == []


@every_measure
def test_ids_may_be_integers_or_texts(
    measure: Measure, made: duckdb.DuckDBPyConnection, numbered: duckdb.DuckDBPyConnection
) -> None:
    select = f"""
        select cast(account_id as integer) as account_id, item, as_of, cast(numerator as double) as numerator,
            cast(denominator as double) as denominator, evidence_on
        from ({measure.sql}) as v
        order by all
        """
    assert made.execute(select).fetchall() == numbered.execute(select).fetchall()


@every_measure
def test_needs_are_columns_of_the_contract(measure: Measure) -> None:
    for need in measure.needs:
        for one in need.split(" or "):
            source, _, rest = one.partition(".")
            column, _, choice = rest.partition("=")
            assert source in SOURCES
            found = SOURCES[source].column(column)
            assert not column or found is not None
            assert not choice or (found is not None and choice in found.choices)


@every_measure
def test_kinds_that_are_needed_are_among_the_connected_kinds(measure: Measure, made: duckdb.DuckDBPyConnection) -> None:
    kinds = {name for (name,) in made.execute("select name from connected_kinds").fetchall()}
    assert {one for need in measure.needs for one in need.split(" or ") if "=" in one} <= kinds


@every_measure
def test_reads_are_the_tables_the_select_reads(measure: Measure) -> None:
    assert set(measure.reads) == _tables(measure.sql)
    assert set(measure.reads) <= {*STAGING, *SOURCES, *OTHER_TABLES}


@every_measure
def test_the_source_of_a_measure_is_one_that_can_stop(measure: Measure) -> None:
    assert measure.source in {*SOURCES, "ownership"} - {REFERENCES}


@every_measure
def test_the_words_say_what_both_parts_are(measure: Measure) -> None:
    for part in ("grain", "as_of", "numerator", "denominator"):
        assert re.search(rf"^-- {part} ", measure.sql, re.MULTILINE)
    assert measure.comment.endswith(".")


@every_measure
def test_what_it_says_reads_as_a_clause(measure: Measure) -> None:
    said = measure.says.format(value="7", before="5", unit=measure.unit)
    assert said.endswith("was 5")
    assert "{" not in said


@pytest.mark.parametrize("name", STAGING)
def test_staging_reads_only_sources_and_tables_made_before_it(name: str) -> None:
    before = list(STAGING)[: list(STAGING).index(name)]
    assert _tables(STAGING[name]) <= {*before, *SOURCES, *OTHER_TABLES}


@pytest.mark.parametrize("name", STAGING)
def test_staging_says_what_a_row_is(name: str) -> None:
    assert re.search(r"^-- grain ", STAGING[name], re.MULTILINE)


@pytest.mark.parametrize("sql", [*STAGING.values(), *(m.sql for m in MEASURES.values())], ids=[*STAGING, *MEASURES])
def test_sql_keeps_to_what_both_engines_read(sql: str) -> None:
    code = re.sub(r"--.*", "", sql)
    assert not re.search(r"\b(qualify|exclude|asof|max_by|min_by|pivot)\b|\bfilter\s*\(|::", code)
    assert code == code.lower()
    assert max(map(len, sql.splitlines())) <= 120


@every_entry
def test_every_place_in_a_view_says_why(card: Scorecard, entry: Entry) -> None:
    assert entry.why.startswith(("Ours", "Published", "Source article"))


@every_measure
def test_every_measure_is_tested_by_rows_written_by_hand(measure: Measure) -> None:
    walks = {"test_walk.py", "test_defaults.py", "test_catalog.py", "test_forgetting.py"}
    tests = [path for path in Path(__file__).parent.glob("test_*.py") if path.name not in walks]
    assert any(f'"{measure.name}"' in path.read_text(encoding="utf-8") for path in tests)


def test_every_measure_has_a_place_but_the_spread_of_nps_and_a_companys_own() -> None:
    assert set(MEASURES) - {entry.measure for _, entry in ENTRIES.values()} == {"nps_spread", "own_measurement"}


def test_what_our_own_staff_enter_weighs_at_most_15_percent_of_its_group() -> None:
    for card in CARDS.values():
        for group in card.groups:
            total = sum(entry.weight for entry in group.entries)
            subjective = [entry.weight / total for entry in group.entries if MEASURES[entry.measure].is_subjective]
            assert all(share <= 0.15 for share in subjective)


def test_the_two_views_no_article_defines_are_marked_as_ours() -> None:
    assert [card.name for card in CARDS.values() if card.is_own_proposal] == ["client_engagement", "client_maturity"]
    assert [card.name for card in CARDS.values() if card.is_expansion] == ["vendor_expansion"]


def _tables(sql: str) -> set[str]:
    code = re.sub(r"--.*", "", sql)
    steps = set(re.findall(r"(\w+) as \(\n", code))
    return set(re.findall(r"\b(?:from|join)\s+(\w+)", code)) - steps

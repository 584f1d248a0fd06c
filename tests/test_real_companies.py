"""Numbers of nine data sets that others made, against the check values their notes give."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from shutil import copy

import duckdb
import pytest

from data.checking import check_company
from data.company import read_company
from data.generations import current
from data.load_report import LoadReport
from metrics.build import build
from metrics.numbers import CompanyNumbers, company_numbers
from tests.companies import NAMES, TODAY, built_company, put_company
from tests.conftest import DATASETS

WITH_FREIGHT = " with freight"
CENT = 0.005

pytestmark = pytest.mark.skipif(not DATASETS.is_dir(), reason=f"no data sets at {DATASETS} (set SEVENVIEWS_DATASETS)")

Folder = Callable[[str], Path]
Numbers = Callable[[str], CompanyNumbers]
Facts = Callable[[str], dict[str, float | int]]


@pytest.fixture(scope="module")
def company_folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """The folder of a company that is built once, with its warehouse."""
    home = tmp_path_factory.getbasetemp()

    @cache
    def of(name: str) -> Path:
        if not name.endswith(WITH_FREIGHT):
            return built_company(name, home, DATASETS)
        folder = put_company(name.removesuffix(WITH_FREIGHT), tmp_path_factory.mktemp("real") / "company", DATASETS)
        copy(folder / "with_freight" / "service_costs.sql", folder / "sources")
        build(read_company(folder), today=TODAY)
        return folder

    return of


@pytest.fixture(scope="module")
def numbers(company_folder: Folder) -> Numbers:
    """What `sevenviews numbers` prints of a company."""
    return lambda name: company_numbers(read_company(company_folder(name)))


@pytest.fixture(scope="module")
def checked(company_folder: Folder) -> Callable[[str], LoadReport]:
    """What `sevenviews check` finds in a company."""
    reports: dict[str, LoadReport] = {}

    def of(name: str) -> LoadReport:
        if name not in reports:
            reports[name] = check_company(read_company(company_folder(name)), TODAY)
        return reports[name]

    return of


@pytest.fixture(scope="module")
def facts(checked: Callable[[str], LoadReport]) -> Facts:
    """The facts of `sevenviews check --json`, as `source.name`."""
    return lambda name: {f"{fact['source']}.{fact['name']}": fact["value"] for fact in checked(name).as_dict()["facts"]}


@pytest.fixture
def rows(company_folder: Folder) -> Iterator[Callable[..., list[tuple[object, ...]]]]:
    """Rows of a select over a company's warehouse."""
    opened: list[duckdb.DuckDBPyConnection] = []

    def of(name: str, select: str) -> list[tuple[object, ...]]:
        opened.append(duckdb.connect(str(current(company_folder(name))), read_only=True))
        return opened[-1].execute(select).fetchall()

    yield of
    for connection in opened:
        connection.close()


def values(found: CompanyNumbers, *names: str) -> list[float | None]:
    return [found[name].value for name in names]


BANDS = ("profitable_accounts", "marginal_accounts", "unprofitable_accounts")
LOADED = {
    "adventureworks_reseller": {"accounts": 701, "products": 606, "invoices": 60_855},
    "superstore": {"accounts": 793, "products": 1_862, "invoices": 9_994},
    "aws_saas_sales": {"accounts": 99, "products": 14, "invoices": 9_994},
    "ravenstack": {"accounts": 500, "products": 3, "subscriptions": 5_000, "usage": 24_979, "tickets": 2_000},
    "maven_crm": {"accounts": 85, "products": 7, "opportunities": 8_800},
    "ecommerce_marketing_insights": {
        "accounts": 1_468,
        "products": 1_145,
        "invoices": 52_924,
        "acquisition_costs": 730,
    },
    "sfo_survey_2017": {"surveys": 2_746},
    "ibm_accounts_receivable": {"accounts": 100, "invoices": 2_466, "tickets": 561},
    "ibm_telco_churn": {"accounts": 7_043, "subscriptions": 7_043},
}


def test_every_company_has_its_rows_written_down():
    assert set(LOADED) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_row_is_accounted_for(checked, name):
    report = checked(name)
    assert report.is_good
    assert {source.source: source.loaded for source in report.sources if source.rows_in} == LOADED[name]
    for source in report.sources:
        assert source.rows_in == source.loaded + source.refused + source.unmatched + source.duplicates
        assert source.unmatched == 0


@pytest.mark.parametrize("name", sorted(set(NAMES) - {"sfo_survey_2017"}))
def test_no_row_is_refused_where_none_is_blank(checked, name):
    assert sum(source.refused for source in checked(name).sources) == 0


def test_adventureworks_profit(numbers):
    found = numbers("adventureworks_reseller")
    assert found.as_of == date(2013, 12, 1)
    assert found["revenue"].value == pytest.approx(80_450_596.98, abs=CENT)
    assert found["profit"].value == pytest.approx(470_482.60, abs=CENT)
    assert values(found, *BANDS) == [300, 0, 335]
    assert found["whale_peak"].value == pytest.approx(5.619, abs=5e-4)
    assert found["accounts_to_80_percent"].value == 186


def test_adventureworks_orders_and_resellers_without_any(numbers, facts):
    said = facts("adventureworks_reseller")
    assert (said["invoices.invoices"], said["invoices.accounts"]) == (3_796, 635)
    assert said["accounts.without_invoices"] == 66
    assert said["invoices.product_cost"] == pytest.approx(79_980_114.38, abs=CENT)
    assert numbers("adventureworks_reseller")["accounts"].value == 701


def test_adventureworks_two_largest_resellers(rows):
    largest = rows(
        "adventureworks_reseller",
        "select revenue, profit from account_profit where as_of = date '2013-12-01' order by revenue desc limit 2",
    )
    assert [tuple(round(float(amount), 2) for amount in row) for row in largest] == [
        (877_107.19, 62_737.64),
        (853_849.18, -19_428.98),
    ]


def test_adventureworks_with_freight_booked_as_fulfilment(numbers, facts):
    name = "adventureworks_reseller with freight"
    assert facts(name)["service_costs.amount:fulfilment"] == pytest.approx(2_011_265.92, abs=CENT)
    found = numbers(name)
    # 470,482.60 less 2,011,265.92, each rounded: up to a cent away from the sum of ten-thousandths
    assert found["profit"].value == pytest.approx(-1_540_783.32, abs=2 * CENT)
    assert found["whale_peak"].value is None
    assert found["whale_peak"].missing == "total profit is not above zero"


def test_superstore_profit(numbers, facts):
    found = numbers("superstore")
    assert found["revenue"].value == pytest.approx(2_297_200.86, abs=CENT)
    assert found["profit"].value == pytest.approx(286_397.02, abs=CENT)
    assert values(found, *BANDS) == [638, 0, 155]
    assert found["whale_peak"].value == pytest.approx(1.249, abs=5e-4)
    assert found["top_20_percent_profit_share"].value == pytest.approx(0.817, abs=5e-4)
    assert facts("superstore")["invoices.invoices"] == 5_009


def test_aws_saas_profit(numbers, facts):
    found = numbers("aws_saas_sales")
    assert found["revenue"].value == pytest.approx(2_297_201.86, abs=CENT)
    assert found["profit"].value == pytest.approx(286_397.02, abs=CENT)
    assert values(found, *BANDS) == [89, 0, 10]
    assert found["whale_peak"].value == pytest.approx(1.033, abs=5e-4)
    assert found["top_20_percent_profit_share"].value == pytest.approx(0.461, abs=5e-4)
    assert facts("aws_saas_sales")["invoices.invoices"] == 5_009


def test_one_money_in_two_customer_structures(numbers):
    superstore, saas = numbers("superstore"), numbers("aws_saas_sales")
    assert saas["revenue"].value - superstore["revenue"].value == pytest.approx(1)
    assert saas["profit"].value == superstore["profit"].value


def test_ravenstack_recurring_revenue_and_trials(facts):
    said = facts("ravenstack")
    assert (said["subscriptions.mrr"], said["subscriptions.mrr_without_end"]) == (11_338_747, 10_159_608)
    assert said["subscriptions.without_arr"] == 778


def test_ravenstack_usage_twice_or_too_early(checked, facts):
    usage = next(source for source in checked("ravenstack").sources if source.source == "usage")
    assert (usage.rows_in, usage.duplicates) == (25_000, 21)
    assert facts("ravenstack")["usage.before_subscription_share"] == pytest.approx(0.766, abs=5e-4)


def test_ravenstack_churn_is_the_end_of_a_line(rows):
    [(ended, reasons)] = rows(
        "ravenstack",
        "select count(ends_on), list(distinct end_reason order by end_reason) from subscriptions",
    )
    assert ended == 486
    assert [reason for reason in reasons if reason] == [
        "budget",
        "competitor",
        "features",
        "pricing",
        "support",
        "unknown",
    ]


def test_ravenstack_hours_without_a_leading_zero(rows):
    [(closed, early)] = rows(
        "ravenstack",
        "select count(closed_at), count(case when hour(closed_at) between 1 and 9 then 1 end) from tickets",
    )
    assert closed == 2_000 and early > 0


def test_ravenstack_ratings(facts):
    assert facts("ravenstack")["tickets.rated_share"] == pytest.approx(1 - 0.4125)
    assert facts("ravenstack")["tickets.lowest_rating"] == 3


def test_maven_pipeline(facts):
    said = facts("maven_crm")
    stages = {stage: said[f"opportunities.deals:{stage}"] for stage in ("Won", "Lost", "Engaging", "Prospecting")}
    assert stages == {"Won": 4_238, "Lost": 2_473, "Engaging": 1_589, "Prospecting": 500}
    assert said["opportunities.won_amount"] == 10_005_534
    assert said["opportunities.open_without_account"] == 1_425


def test_maven_products_are_spelt_as_in_the_price_list(rows):
    [(deals,)] = rows("maven_crm", "select count(*) from opportunities where product_id = 'GTX Pro'")
    assert deals == 1_480
    unknown = "select count(*) from opportunities where product_id not in (select product_id from products)"
    assert rows("maven_crm", unknown) == [(0,)]


def test_ecommerce_workbooks(numbers, facts):
    said = facts("ecommerce_marketing_insights")
    assert said["invoices.net_revenue"] == pytest.approx(4_670_794.62, abs=CENT)
    assert said["invoices.invoices"] == 25_061
    assert said["acquisition_costs.amount:offline"] == 1_037_900
    assert said["acquisition_costs.amount:online"] == pytest.approx(695_646.47, abs=CENT)
    found = numbers("ecommerce_marketing_insights")
    assert values(found, "accounts", "profit") == [1_468, None]
    assert found["revenue"].value == pytest.approx(4_670_794.62, abs=CENT)
    assert found["profit"].missing == "not connected: invoices.product_cost"


def test_sfo_blank_answers_are_not_promoters(numbers, checked, rows):
    nps = numbers("sfo_survey_2017")["nps"]
    assert (round(nps.value, 2), nps.n) == (39.84, 2_746)
    surveys = next(source for source in checked("sfo_survey_2017").sources if source.source == "surveys")
    assert (surveys.rows_in, surveys.refused) == (2_831, 85)  # 84 blanks, and a row that has nothing
    assert rows("sfo_survey_2017", "select max(score) from surveys") == [(10,)]


def test_receivables_are_paid_late(numbers, facts):
    said = facts("ibm_accounts_receivable")
    assert said["invoices.net_revenue"] == pytest.approx(147_703.18, abs=CENT)
    assert said["invoices.late_share"] == pytest.approx(0.3556, abs=5e-5)
    assert said["invoices.mean_days_to_settle"] == pytest.approx(26.44, abs=CENT)
    found = numbers("ibm_accounts_receivable")
    assert found["revenue"].value == pytest.approx(147_703.18, abs=CENT)


def test_disputes_are_cases(checked):
    loaded = {source.source: source.loaded for source in checked("ibm_accounts_receivable").sources}
    assert loaded["tickets"] / loaded["invoices"] == pytest.approx(0.2275, abs=5e-5)

"""Customer value of three data sets that others made, against figures taken from their files by other means."""

from collections.abc import Callable, Iterator
from datetime import date

import duckdb
import pytest

from dashboard.reads import EVERYTHING, Warehouse, lifetime
from data.company import read_company
from data.generations import current
from metrics.numbers import CompanyNumbers, company_numbers
from metrics.value import kept_at
from metrics.value.repeat import CONTRACTUAL
from tests.companies import built_company
from tests.conftest import DATASETS

pytestmark = pytest.mark.skipif(not DATASETS.is_dir(), reason=f"no data sets at {DATASETS} (set SEVENVIEWS_DATASETS)")

SHOP, PHONES, SOFTWARE = "ecommerce_marketing_insights", "ibm_telco_churn", "ravenstack"
CENT = 0.005


@pytest.fixture(scope="module")
def numbers(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], CompanyNumbers]:
    """What `sevenviews numbers` prints of a company."""
    home, made = tmp_path_factory.getbasetemp(), {}

    def of(name: str) -> CompanyNumbers:
        if name not in made:
            made[name] = company_numbers(read_company(built_company(name, home, DATASETS)))
        return made[name]

    return of


@pytest.fixture
def rows(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str, str], list[tuple]]]:
    """Rows of a select over a company's warehouse."""
    opened: list[duckdb.DuckDBPyConnection] = []

    def of(name: str, select: str) -> list[tuple]:
        folder = built_company(name, tmp_path_factory.getbasetemp(), DATASETS)
        opened.append(duckdb.connect(str(current(folder)), read_only=True))
        return opened[-1].execute(select).fetchall()

    yield of
    for connection in opened:
        connection.close()


def test_the_shop_s_year_of_marketing_over_its_new_customers(numbers):
    year = numbers(SHOP)["cac_year"]
    assert year.period == "2019 Q1 to 2019 Q4"
    assert (year.n, year.value) == (1_468, pytest.approx((1_037_900 + 695_646.47) / 1_468))
    assert year.missing == "1,169 of the 1,468 joined before the invoices begin, so they may have been won earlier"
    assert year.high == pytest.approx(1_733_546.47 / (1_468 - 1_169))


def test_the_shop_s_last_quarter(numbers):
    cac = numbers(SHOP)["cac"]
    spent = 93_500 + 93_000 + 122_000 + 57_724.65 + 68_144.96 + 76_648.75
    assert (cac.period, cac.n, cac.value) == ("2019 Q4", 87 + 68 + 106, pytest.approx(spent / 261))
    assert numbers(SHOP)["cac_payback"].value is None


def test_the_shop_s_months(rows):
    found = rows(
        SHOP,
        """
        select period, sum(customers), sum(cost) from cac
        where kind = 'month' and period in ('2019-01', '2019-09', '2019-12') group by period order by period
        """,
    )
    assert [(period, int(won), float(cost)) for period, won, cost in found] == [
        ("2019-01", 215, pytest.approx(96_600 + 58_328.95, abs=CENT)),
        ("2019-09", 78, pytest.approx(83_000 + 52_514.54, abs=CENT)),
        ("2019-12", 106, pytest.approx(122_000 + 76_648.75, abs=CENT)),
    ]


def test_the_shop_s_channels_win_nobody_that_is_known(rows):
    """Its customers name no channel, so channels have cost and no customer, and all customers none."""
    found = rows(SHOP, "select channel, sum(customers), sum(cost) from cac where kind = 'month' group by 1 order by 1")
    assert [(channel, int(won), round(float(cost), 2)) for channel, won, cost in found] == [
        ("", 1_468, 0),
        ("offline", 0, 1_037_900),
        ("online", 0, 695_646.47),
    ]


def test_the_shop_has_no_subscriptions_and_so_a_model_of_repeat_purchase(numbers, rows):
    assert numbers(SHOP)["nrr"].missing == "not connected: subscriptions"
    [(accounts, repeaters, refused)] = rows(SHOP, "select accounts, repeaters, refused from clv_model")
    assert (accounts, repeaters, refused) == (1_468, 734, None)
    [(n, lowest, highest)] = rows(SHOP, "select count(*), min(alive), max(alive) from account_clv")
    assert n == 1_468 and 0 <= lowest < highest <= 1


def test_the_phone_company_s_year(numbers):
    found = numbers(PHONES)
    assert found.as_of == date(2019, 9, 30)
    assert found["arr"].value == pytest.approx(3_803_829, abs=CENT)
    assert found["paying_accounts"].value == 7_043 - 1_869
    assert (found["logo_churn"].n, found["logo_churn"].value) == (4_974, pytest.approx(870 / 4_974))
    # Today's price is the only one given: nobody grows or shrinks, so NRR and GRR are one
    assert found["nrr"].value == found["grr"].value == pytest.approx(3_204_337.80 / 4_081_640.40)
    assert found["quick_ratio"].value == pytest.approx(599_491.20 / (4_081_640.40 - 3_204_337.80))


def test_the_phone_company_s_contracts_keep_customers_apart(tmp_path_factory):
    company = read_company(built_company(PHONES, tmp_path_factory.getbasetemp(), DATASETS))
    churn = {
        segment: company_numbers(company, segment=segment)["logo_churn"].value
        for segment in ("Month-to-Month", "One Year", "Two Year")
    }
    assert churn == {"Month-to-Month": 664 / 1_781, "One Year": 158 / 1_426, "Two Year": 48 / 1_767}


def test_the_phone_company_s_curve(rows, numbers):
    [(accounts, ended)] = rows(PHONES, "select count(*), count(case when has_ended then 1 end) from tenures")
    assert (accounts, ended) == (7_043, 1_869)
    years = numbers(PHONES)["expected_years"]
    # the same sum by whole months gives 3.9025
    assert years.value == pytest.approx(3.9025, abs=1e-3)
    assert years.low < years.value < years.high
    assert rows(PHONES, "select refused from clv_model") == [(CONTRACTUAL,)]


def test_the_phone_company_s_contracts_have_curves_of_their_own(tmp_path_factory):
    """Against the product-limit over months of tenure, taken from the files with a loop."""
    folder = built_company(PHONES, tmp_path_factory.getbasetemp(), DATASETS)
    curves = lifetime.survival_curves(Warehouse(folder).generation(), EVERYTHING)
    stay = {
        name: [round(kept_at(curve, years * 365.25)[0], 4) for years in (1, 3, 5)] for name, curve in curves.items()
    }
    assert {name: (int(curve["at_risk"].max()), int(curve["ended"].sum())) for name, curve in curves.items()} == {
        "Month-to-Month": (3_610, 1_655),
        "Two Year": (1_883, 48),
        "One Year": (1_550, 166),
    }
    assert stay == {
        "Month-to-Month": [0.6810, 0.4540, 0.2514],
        "Two Year": [1.0, 0.9987, 0.9866],
        "One Year": [0.9912, 0.9606, 0.8348],
    }


def test_the_phone_company_s_renewals_are_its_arr(rows):
    [(arr,)] = rows(PHONES, "select sum(arr) from renewals")
    assert float(arr) == pytest.approx(3_803_829, abs=CENT)


def test_the_software_company_s_year(numbers):
    found = numbers(SOFTWARE)
    assert found["arr"].value == 12 * 10_159_608
    assert (found["nrr"].n, found["nrr"].value) == (189, pytest.approx(45_731_472 / 15_689_784))
    assert found["grr"].value == pytest.approx(15_627_684 / 15_689_784)
    assert found["logo_churn"].value == 0
    assert found["ltv_article"].missing == "nobody left in the 12 months, so the years have no end yet"
    assert found["expected_years"].missing == "fewer than 5 accounts have left, so nobody knows how long they stay"


def test_the_software_company_s_last_quarter(rows):
    found = rows(
        SOFTWARE,
        """
        select movement, sum(accounts), sum(amount) from arr_bridges
        where kind = 'quarter' and period = '2024 Q4' group by movement
        """,
    )
    amounts = {movement: int(amount) for movement, _, amount in found}
    assert amounts == {
        "opening": 72_424_140,
        "new": 20_164_344,
        "reactivation": 119_316,
        "expansion": 31_073_952,
        "contraction": -1_866_456,
        "closing": 121_915_296,
    }
    assert {movement: int(accounts) for movement, accounts, _ in found}["new"] == 85


def test_the_software_company_s_first_cohort_grows(rows):
    """The 19 accounts that first paid in the first quarter of 2023, and what they pay a year later."""
    found = rows(
        SOFTWARE,
        """
        select months, sum(n), sum(logos_kept), sum(arr_kept), sum(arr_then) from cohorts
        where cohort = '2023 Q1' and months in (0, 12) group by months order by months
        """,
    )
    assert [tuple(int(part) for part in row) for row in found] == [
        (0, 19, 19, 395_640, 395_640),
        (12, 19, 19, 2_626_524, 395_640),
    ]


def test_the_software_company_s_next_quarter_renews_its_monthly_lines(rows):
    """Every line paid monthly, and those paid by the year that began in a first quarter."""
    found = rows(SOFTWARE, "select quarter, sum(arr) from renewals where quarter = '2025 Q1' group by quarter")
    assert [(quarter, int(arr)) for quarter, arr in found] == [("2025 Q1", 66_582_948)]
    [(whole,)] = rows(SOFTWARE, "select sum(arr) from renewals")
    assert int(whole) == 12 * 10_159_608

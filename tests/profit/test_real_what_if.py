"""Levers on three companies others made, against figures taken from their files by other means."""

from collections.abc import Callable

import pytest

from dashboard.reads import EVERYTHING, Generation, Warehouse, plan, profit_weeks
from metrics.what_if import Levers, what_if
from tests.companies import built_company
from tests.conftest import DATASETS

pytestmark = pytest.mark.skipif(not DATASETS.is_dir(), reason=f"no data sets at {DATASETS} (set SEVENVIEWS_DATASETS)")

RESELLERS, OFFICE, SOFTWARE = "adventureworks_reseller", "superstore", "aws_saas_sales"


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Generation]:
    """The warehouse of a company."""
    home = tmp_path_factory.getbasetemp()
    return lambda name: Warehouse(built_company(name, home, DATASETS)).generation()


@pytest.mark.parametrize(
    ("name", "losing", "prize", "top"),
    [(RESELLERS, 335, 2_173_060.72, 186), (OFFICE, 155, 71_224.47, 396), (SOFTWARE, 10, 9_380.33, 64)],
)
def test_break_even_and_the_top_group(generation, name, losing, prize, top):
    warehouse = generation(name)
    rows = plan.cost_rows(warehouse, EVERYTHING, profit_weeks(warehouse)[-1])
    restored = what_if(rows, Levers(restore=True), 0.0)
    assert restored.restored == losing
    assert restored.steps[0].change == pytest.approx(prize, abs=0.01)
    assert restored.figures.n_minus == 0
    doubled = what_if(rows, Levers(double=0.8), 0.0)
    assert doubled.group == top
    # The smallest of the group is more than what it passes 80 % by: the fewest accounts, and no more.
    assert 0.8 <= doubled.group_share < 0.8 + 1 / top

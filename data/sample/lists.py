"""Short lists: products, features, events, exchange rates, targets and benchmarks."""

from typing import Any

import numpy as np
import pyarrow as pa

from data.sample.catalogue import FEATURES, FIRMWARE_PRODUCT, PRODUCT_IDS, PRODUCTS
from data.sample.columns import Calendar, Table, constant, numbered
from data.sample.contracts import euro_rate
from data.sample.draw import drift
from data.sample.tickets import FIRMWARE_DAY
from data.sample.world import Rows, World

EVENTS = (  # day, name
    (-655, "Fleet Desk 3 released"),
    (-540, "Customer days, Ghent"),
    (-402, "Price list renewed"),
    (-301, "Vision Check 2 released"),
    (-176, "Customer days, Austin"),
    (-96, "Second support shift"),
    (FIRMWARE_DAY, f"Firmware 4.2 for {PRODUCTS[FIRMWARE_PRODUCT].name}"),
)
TARGETS = (
    ("net_revenue_retention", 1.05),
    ("gross_revenue_retention", 0.93),
    ("nps", 45.0),
    ("return_on_people", 42_000.0),
    ("first_time_right", 0.95),
)
PROFIT_OF_AN_ACCOUNT = 21_500
"""A year's target, in money of the company: a tenth above what its accounts bring."""
BENCHMARK_COLUMNS = ("metric", "population", "year", "statistic", "value", "source")
BENCHMARKS = (
    ("net_revenue_retention", "SaaS, all sizes", "2024", "median", 1.01, "Benchmarkit 2025 report"),
    ("net_revenue_retention", "SaaS, first half", "2023", "median", 1.05, "ICONIQ Growth 2023"),
    ("gross_revenue_retention", "private SaaS", "2024", "p25", 0.82, "KBCM and Sapphire 2024"),
    ("gross_revenue_retention", "private SaaS", "2024", "median", 0.91, "KBCM and Sapphire 2024"),
    ("gross_revenue_retention", "private SaaS", "2024", "p75", 0.95, "KBCM and Sapphire 2024"),
    ("nps", "B2B SaaS", "2024", "median", 36.0, "roundup, low authority"),
    ("return_on_people", "manufacturing", "2017", "mean", 71_000.0, "AME Target Online"),
    ("return_on_people", "manufacturing", "2017", "median", 25_000.0, "over half of 163 makers below"),
)
RATE_DAYS = np.arange(-91 * 60, 1, 91)  # from before the first contract on


def lists(world: World) -> Rows:
    """Every short list."""
    yield (
        "products",
        {
            "product_id": pa.array(PRODUCT_IDS),
            "name": pa.array([p.name for p in PRODUCTS]),
            "list_price": pa.array([float(p.list_price) for p in PRODUCTS]),
        },
    )
    yield (
        "features",
        {
            "feature": pa.array([f.name for f in FEATURES]),
            "product_id": pa.array([PRODUCT_IDS[f.product] for f in FEATURES]),
            "is_advanced": pa.array([f.is_advanced for f in FEATURES]),
        },
    )
    yield "events", _events(world)
    yield "rates", _rates(world, "EUR", euro_rate(RATE_DAYS))
    yield "rates", _rates(world, "GBP", np.round(1.27 * drift(RATE_DAYS, 0.012), 4))
    yield "targets", _targets(world)
    yield "benchmarks", dict(zip(BENCHMARK_COLUMNS, map(_column, zip(*BENCHMARKS, strict=True)), strict=True))


def _events(world: World) -> Table:
    """What the time charts mark, as far as the history reaches."""
    marked = [(day, name) for day, name in EVENTS if day >= world.first_day]
    return {
        "event_id": numbered("E", np.arange(len(marked)) + 1, 3),
        "happened_on": Calendar(world.as_of).on(np.array([day for day, _ in marked], dtype=np.int64)),
        "name": pa.array([name for _, name in marked], pa.string()),
        "account_id": pa.nulls(len(marked), pa.string()),
    }


def _rates(world: World, currency: str, rate: Any) -> Table:
    """US dollars for one unit of a currency; a new rate every 91 days."""
    return {
        "currency": constant(currency, len(RATE_DAYS)),
        "valid_from": Calendar(world.as_of).on(RATE_DAYS),
        "rate": pa.array(rate),
    }


def _targets(world: World) -> Table:
    targets = (*TARGETS, ("profit", float(round(PROFIT_OF_AN_ACCOUNT * world.n, -5))))
    rows = [(metric, str(world.as_of.year + k), value) for metric, value in targets for k in (-1, 0)]
    return dict(zip(("metric", "period", "value"), map(_column, zip(*rows, strict=True)), strict=True))


def _column(values: Any) -> Any:
    return pa.array(list(values))

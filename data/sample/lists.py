"""Short lists and the company's own books: products, features, events, rates, ledger, targets, benchmarks, standards."""

import numpy as np
import pyarrow as pa

from data.sample.book import EURO, euro_rate
from data.sample.care import FIRMWARE_DAY
from data.sample.catalogue import DRIVERS, FIRMWARE_PRODUCT, PRODUCT_IDS, PRODUCTS, STANDARDS
from data.sample.draw import Floats, Ints, drift, fares, happens, money, numbered, recurring, stream, texts
from data.sample.sink import Calendar
from data.sample.usage import FEATURES
from data.sample.world import YEAR, World, Writer

POOLS = (("management", "revenue", 0.030), ("warehouse", "orders", 0.014), ("platform", "units", 0.022), ("customer desk", "accounts", 0.012), ("field service", "minutes", 0.016))
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
TARGETS = (
    ("net_revenue_retention", 1.05), ("gross_revenue_retention", 0.93), ("nps", 45.0),
    ("return_on_people", 42_000.0), ("first_time_right", 0.95),
)  # fmt: skip
EVENTS = (  # day, name
    (-655, "Fleet Desk 3 released"),
    (-540, "Customer days, Ghent"),
    (-402, "Price list renewed"),
    (-301, "Vision Check 2 released"),
    (-176, "Customer days, Austin"),
    (-96, "Second support shift"),
    (FIRMWARE_DAY, f"Firmware 4.2 for {PRODUCTS[FIRMWARE_PRODUCT].name}"),
)


def products(world: World) -> Writer:
    """Products and what users can do in them."""
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
            "feature": pa.array([name for name, *_ in FEATURES]),
            "product_id": pa.array([PRODUCT_IDS[product] for _, product, _ in FEATURES]),
            "is_advanced": pa.array([advanced for *_, advanced in FEATURES]),
        },
    )


def events(world: World) -> Writer:
    """What the time charts mark."""
    cal = Calendar(world.as_of)
    marked = [(day, name) for day, name in EVENTS if day >= world.first_day]
    yield (
        "events",
        {
            "event_id": numbered("E", np.arange(len(marked)) + 1, 3),
            "happened_on": cal.on(np.array([day for day, _ in marked], dtype=np.int64)),
            "name": pa.array([name for _, name in marked], pa.string()),
            "account_id": pa.array([None] * len(marked), pa.string()),
        },
    )


def rates(world: World) -> Writer:
    """US dollars for one euro and one pound; a new rate every 91 days, from before the first contract on."""
    day = np.arange(-91 * 60, 1, 91)
    for currency, rate in (("EUR", euro_rate(day)), ("GBP", np.round(1.27 * drift(day, 0.012), 4))):
        yield (
            "rates",
            {
                "currency": pa.array(np.full(len(day), currency)),
                "valid_from": Calendar(world.as_of).on(day),
                "rate": pa.array(rate),
            },
        )


def ledger(world: World) -> Writer:
    """Overheads by pool and net income by month, of the months that are over."""
    rng = stream(world.seed, "ledger")
    starts, names = _months(world)
    revenue = _monthly_revenue(world, starts)
    pool = np.tile(np.arange(len(POOLS)), len(names))
    month = np.repeat(np.arange(len(names)), len(POOLS))
    share = np.array([p[2] for p in POOLS])[pool]
    amount = revenue[month] * share * (0.97 + 0.06 * rng.random(len(month)))
    yield (
        "overheads",
        {
            "month": texts(names, month),
            "pool": texts([p[0] for p in POOLS], pool),
            "amount": money(amount),
            "driver": texts([p[1] for p in POOLS], pool),
            "capacity_minutes": pa.array(np.round(amount / 1.1), mask=pool != 4),
            "currency": pa.array(np.full(len(month), "USD")),
        },
    )
    income = revenue * (0.085 + 0.02 * rng.random(len(names)))
    yield (
        "finance",
        {
            "month": pa.array(names),
            "net_income": money(income),
            "fte": pa.array(np.round(revenue * 12 / 405_000 * (1 + 0.01 * rng.normal(size=len(names))), 1)),
            "revenue": money(revenue),
            "cost_of_revenue": money(revenue * 0.62),
            "currency": pa.array(np.full(len(names), "USD")),
        },
    )


def _months(world: World) -> tuple[Ints, list[str]]:
    """First day, relative to `as_of`, and name of each whole month of the history."""
    today = np.datetime64(world.as_of)
    first = (today + np.timedelta64(world.first_day, "D")).astype("datetime64[M]")
    months = np.arange(first, today.astype("datetime64[M]"))
    return (months.astype("datetime64[D]") - today).astype(np.int64), [str(m) for m in months]


def _monthly_revenue(world: World, starts: Ints) -> Floats:
    arr, last = world.arr, world.left
    return np.array([arr[(world.joined <= day) & (last > day)].sum() / 12 for day in starts])


def plans(world: World) -> Writer:
    """Targets of the year, and what others report."""
    years = [str(world.as_of.year + k) for k in (-1, 0)]
    yield (
        "targets",
        {
            "metric": pa.array([m for m, _ in TARGETS for _ in years]),
            "period": pa.array([y for _ in TARGETS for y in years]),
            "value": pa.array([v for _, v in TARGETS for _ in years]),
        },
    )
    names = ("metric", "population", "year", "statistic", "value", "source")
    yield "benchmarks", {name: pa.array(list(column)) for name, column in zip(names, zip(*BENCHMARKS, strict=True), strict=True)}


def standards(world: World) -> Writer:
    """Whether what is promised at each stage was kept, six observations a week and stage."""
    rng, cal = stream(world.seed, "standards"), Calendar(world.as_of)
    days = np.sort(np.tile(np.arange(world.first_day, 1), len(STANDARDS)))
    days = days[happens(rng, np.full(len(days), 6 / 7))]
    stage = rng.integers(0, len(STANDARDS), len(days))
    passed = happens(rng, np.array([s[2] for s in STANDARDS])[stage])
    account = np.where(happens(rng, np.full(len(days), 0.7)), rng.integers(0, world.n, len(days)), -1)
    yield (
        "standards",
        {
            "observation_id": numbered("N", np.arange(len(days)) + 1, 6),
            "standard": texts([s[1] for s in STANDARDS], stage),
            "stage": texts([s[0] for s in STANDARDS], stage),
            "account_id": texts(world.codes, account),
            "measured_on": cal.on(days),
            "value": pa.array(np.round(rng.gamma(3.0, 1.0, len(days)), 2)),
            "passed": pa.array(passed),
        },
    )


def drivers(world: World) -> Writer:
    """How the teams rate what makes an account earn or lose money, twice a year."""
    cal = Calendar(world.as_of)
    for part in world.chunks():
        rng = stream(world.seed, "drivers", part.start)
        size = part.stop - part.start
        who, day = recurring(rng, world.since(0)[part], world.last_day[part], np.where(world.rank[part] % 5 < 3, 182.0, 9000.0), 0.2)
        who, day = np.repeat(who, len(DRIVERS)), np.repeat(day, len(DRIVERS))
        what = np.tile(np.arange(len(DRIVERS)), len(who) // len(DRIVERS))
        middle = fares(world.grade["margin"][part], (-0.9, -0.5), (-0.2, 0.2), (0.4, 0.9))[who]
        rating = np.clip(np.round(middle + rng.normal(0, 0.5, len(who))), -1, 1).astype(int)
        yield (
            "drivers",
            {
                "account_id": texts(world.codes, who + part.start),
                "driver": texts([d for d, _ in DRIVERS], what),
                "rated_on": cal.on(day),
                "rating": pa.array(rating),
                "cause": texts([c for _, c in DRIVERS], what),
            },
        )
        del size

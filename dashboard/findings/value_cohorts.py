"""What cohorts and survival curves say: how much is left after a year, where least, and who stays longest."""

from collections.abc import Mapping

import pandas as pd

from dashboard.format import Formats
from dashboard.panels.cohorts import FEW, MONTHS, shares
from dashboard.voice import PANEL, Voice, counted, fitting, shortened
from metrics.value import Life, kept_at
from metrics.value.survival import YEAR_DAYS


def pooled(rows: pd.DataFrame, kind: str) -> tuple[int, float, int] | None:
    """The month looked at, what is left over all cohorts then, and how many accounts are that old.

    Of 12, 24 and 36 months the first by which anything was lost, else 12; the latest there is where none is that old.
    """
    over, under = ("logos_kept", "n") if kind == "logos" else ("arr_kept", "arr_then")
    sums = rows.groupby("months")[sorted({over, under, "n"})].sum()
    reached = [month for month in MONTHS if month in sums.index and sums["n"][month] >= FEW and sums[under][month] > 0]
    if not reached:
        return None
    share = {month: float(sums[over][month] / sums[under][month]) for month in reached}
    years = [month for month in (12, 24, 36) if month in share]
    first = next((month for month in years if share[month] < 1), next(iter(years), reached[-1]))
    return first, share[first], int(sums["n"][first])


def title(rows: pd.DataFrame, kind: str, is_contractual: bool, voice: Voice) -> str:
    """What is left of the cohorts after a year, and the cohort that lost most."""
    f = voice.formats
    found = pooled(rows, kind)
    if found is None:
        return "No quarter’s new accounts are enough and old enough to say who stays"
    month, share, n = found
    told = f"After {month} months {f.share(share)} of accounts are left"
    if kind == "arr":
        told = f"After {month} months cohorts pay {f.share(share)} of their first ARR"
    if not is_contractual:
        what = "of accounts buy in a month" if kind == "logos" else "of the first month’s revenue comes in a month"
        told = f"After {month} months {f.share(share)} {what}"
    cells = shares(rows, kind)
    cells = cells[(cells["months"] == month) & (cells["n"] >= FEW)].dropna(subset=["share"])
    if len(cells) < 2 or float(cells["share"].max() - cells["share"].min()) < 0.01:
        return fitting(f"{told}; {counted(n, 'account', f)} {'is' if n == 1 else 'are'} that old", told)
    worst = cells.sort_values("share").iloc[0]
    return fitting(f"{told}; least of those won in {worst['cohort']}, {f.share(worst['share'])}", told)


def heat(rows: pd.DataFrame, kind: str, voice: Voice) -> str:
    """Whether newer cohorts keep more than older ones at the same age."""
    f = voice.formats
    found = pooled(rows, kind)
    if found is None:
        return "No cohort is large enough and old enough yet"
    month = found[0]
    cells = shares(rows, kind)
    cells = cells[(cells["months"] == month) & (cells["n"] >= FEW)].dropna(subset=["share"]).sort_values("cohort_on")
    if cells.empty:
        return f"No cohort at month {month} has {FEW} accounts or more"
    if len(cells) < 2:
        only = cells.iloc[0]
        return f"{only['cohort']} keeps {f.share(only['share'])} at month {month}; others are younger or smaller"
    best, worst = cells.sort_values("share").iloc[-1], cells.sort_values("share").iloc[0]
    if float(best["share"] - worst["share"]) < 0.005:
        return f"Every cohort keeps {f.share(best['share'])} at month {month}"
    return fitting(
        f"At month {month}, {best['cohort']} keeps most ({f.share(best['share'])}), "
        f"{worst['cohort']} least ({f.share(worst['share'])})",
        f"At month {month} cohorts keep {f.share(worst['share'])} to {f.share(best['share'])}",
        limit=PANEL,
    )


def reference(curves: Mapping[str, pd.DataFrame]) -> int:
    """The years at which segments are compared: five, or as many whole ones as every curve has reached."""
    reached = min((float(curve["days"].max()) for curve in curves.values()), default=0.0) / YEAR_DAYS
    return max(1, min(5, int(reached)))


def survival(curves: Mapping[str, pd.DataFrame], voice: Voice) -> str:
    """Which segment stays longest and which leaves soonest, where their intervals do not overlap."""
    f = voice.formats
    years = reference(curves)
    at = {name: kept_at(curve, years * YEAR_DAYS) for name, curve in curves.items()}
    span = "a year" if years == 1 else f"{years} years"
    if len(at) == 1:
        share, low, high = next(iter(at.values()))
        interval = f" ({f.share(low)} to {f.share(high)})" if low is not None and high is not None else ""
        return f"{f.share(share)} of accounts stay longer than {span}{interval}"
    ranked = sorted(at, key=lambda name: at[name][0])
    worst, best = ranked[0], ranked[-1]
    if at[worst][0] == 1:
        return f"Nobody has left within {span}, in any segment"
    worst_high, best_low = at[worst][2], at[best][1] if at[best][1] is not None else at[best][0]
    if worst_high is None or best_low is None or worst_high >= best_low:
        return f"Segments stay equally long as far as we can tell: intervals overlap after {span}"
    return fitting(
        f"{f.share(at[best][0])} stay longer than {span} in {shortened(best, 24)}, "
        f"{f.share(at[worst][0])} in {shortened(worst, 24)}",
        f"Segments stay {f.share(at[worst][0])} to {f.share(at[best][0])} for {span}",
        limit=PANEL,
    )


def stays(curve: pd.DataFrame, years: int, f: Formats) -> str:
    """The share that stays so many years with its interval; a dash beyond what was seen."""
    if float(curve["days"].max()) < years * YEAR_DAYS:
        return "–"
    share, low, high = kept_at(curve, years * YEAR_DAYS)
    return f"{f.share(share)}{f' ({f.number(low * 100)}–{f.number(high * 100)})' if low is not None and high else ''}"


def expected(life: Life | None, f: Formats) -> str:
    """Years expected with their interval; or that too few have left."""
    if life is None:
        return "fewer than 5 left"
    reach = f"{f.number(life.low, 1)}–{f.number(life.high, 1)}"
    return f"{f.number(life.years, 1)} ({reach}) of {f.number(life.horizon_years, 1)}"

"""How much lies on few accounts: the top group at 80 %, shares of the largest, and how sure the top-20 % share is."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from metrics.profit.curves import Pareto, pareto
from metrics.profit.figures import accounts_to_80
from metrics.profit.money import money, whole

Kind = Literal["revenue", "arr", "tickets", "risk_arr"]
KINDS: tuple[Kind, ...] = ("revenue", "arr", "tickets", "risk_arr")
"""What a Pareto is drawn of: revenue and tickets of the profit window, ARR, and ARR of accounts red in Vendor Risk."""
TOP = (1, 5, 10, 50)
DRAWS, MOST_DRAWN, CONFIDENCE = 500, 1_000, 0.95
NO_PROFIT_PARETO = (
    "A Pareto cannot show profit: some accounts lose money, so the running share passes 100 % and falls back. "
    "Draw the whale curve instead."
)


class NoPareto(ValueError):
    """Amounts of which no Pareto is drawn; the message says what to draw instead."""


@dataclass(frozen=True)
class Concentration:
    """How the amounts above zero lie on accounts. Shares are ratios; a figure without any such amount is None."""

    accounts: int
    """Accounts with an amount above zero."""
    amount: float
    to_80: int
    """Fewest accounts that have 80 % of the total; 0 without any."""
    tied: int
    """Accounts outside that group with as much as its last one: ranked behind it by account_id alone."""
    top_1: float | None
    top_5: float | None
    top_10: float | None
    top_50: float | None
    top_20_share: float | None
    """Share of the ceil(0.2 n) largest of n accounts."""
    hhi: float | None
    """Herfindahl–Hirschman: Σ sᵢ² over the shares; 1 = one account has all."""
    below_zero: int
    """Accounts with an amount below zero, which has no share."""
    amount_below_zero: float

    @property
    def refused(self) -> str | None:
        """Words on the amounts below zero, and the way out; None without any."""
        if not self.below_zero:
            return None
        accounts = "1 account lies" if self.below_zero == 1 else f"{self.below_zero:,} accounts lie"
        return (
            f"{accounts} below zero (in all {self.amount_below_zero:,.2f}) and cannot be part of a share. "
            "The whale curve shows amounts of both signs."
        )


def concentration(amounts: pd.Series) -> Concentration:
    """The figures of one week end's amounts, one per account (float64 or Decimal). A missing one is none."""
    every = whole(amounts)
    units = np.sort(every[every > 0])[::-1]
    total, cut = int(units.sum()), accounts_to_80(units)
    shares = {f"top_{k}": int(units[:k].sum()) / total if total else None for k in TOP}
    return Concentration(
        accounts=len(units),
        amount=money(total),
        to_80=cut,
        tied=int((units[cut:] == units[cut - 1]).sum()) if cut else 0,
        top_20_share=int(units[: _fifth(len(units))].sum()) / total if total else None,
        hhi=float(np.square(units / total).sum()) if total else None,
        below_zero=int((every < 0).sum()),
        amount_below_zero=money(every[every < 0].sum()),
        **shares,
    )


def pareto_of(rows: pd.DataFrame, kind: str) -> Pareto:
    """The Pareto of one kind's rows (`account_id`, `amount`); what it calls revenue is the amount.

    Raises `NoPareto` for profit, whose negative amounts have no share, and for what is not in `KINDS`.
    """
    if kind == "profit":
        raise NoPareto(NO_PROFIT_PARETO)
    if kind not in KINDS:
        raise NoPareto(f"There is no Pareto of {kind!r}. There are those of: {', '.join(KINDS)}.")
    return pareto(rows.rename(columns={"amount": "revenue"}))


def top_group(rows: pd.DataFrame) -> pd.DataFrame:
    """The fewest accounts that have 80 % of the amount, the largest first, ties by account_id: `nth` and the columns
    of `rows` (`account_id`, `amount`)."""
    ranked = rows.assign(units=whole(rows["amount"])).sort_values(["units", "account_id"], ascending=[False, True])
    units = ranked.loc[ranked["units"] > 0, "units"].to_numpy()
    group = ranked.head(accounts_to_80(units)).drop(columns="units").reset_index(drop=True)
    group.insert(0, "nth", np.arange(1, len(group) + 1))
    return group


def top_moves(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """The accounts that came into the top group and those that went out of it, by amount.

    `move` ('entered' or 'left'), `account_id`, `amount`, `was_amount` (0 for one that had nothing), `nth` and
    `was_nth`, the ranks in the groups, missing outside of them. Entries come first, the largest first.
    """
    here, there = top_group(now), top_group(before)
    both = here[["account_id", "nth"]].merge(
        there[["account_id", "nth"]].rename(columns={"nth": "was_nth"}), on="account_id", how="outer"
    )
    moved = both[both["nth"].isna() | both["was_nth"].isna()].astype({"nth": "Int64", "was_nth": "Int64"})
    moved = moved.assign(move=np.where(moved["nth"].notna(), "entered", "left"))
    for name, rows in (("amount", now), ("was_amount", before)):
        moved[name] = moved["account_id"].map(rows.set_index("account_id")["amount"].astype(float)).fillna(0.0)
    moved["size"] = moved[["amount", "was_amount"]].max(axis=1)
    moved = moved.sort_values(["move", "size", "account_id"], ascending=[True, False, True]).reset_index(drop=True)
    return moved[["move", "account_id", "amount", "was_amount", "nth", "was_nth"]]


def top_20_interval(
    amounts: pd.Series, draws: int = DRAWS, confidence: float = CONFIDENCE, seed: int = 1
) -> tuple[float, float] | None:
    """How far the top-20 % share could lie: the percentile interval of a bootstrap, the same for the same seed.

    The accounts are taken as a draw from those there could be, and drawn anew with replacement. Above 1,000 accounts
    the 500 largest are drawn one by one, the others in groups of like amounts. None below two accounts above zero.
    """
    every = whole(amounts)
    units = np.sort(every[every > 0])[::-1]
    n = len(units)
    if n < 2:
        return None
    sizes, means = _drawn_together(units)
    counts = np.random.default_rng(seed).multinomial(n, sizes / n, size=draws)
    in_top = np.diff(np.minimum(np.cumsum(counts, axis=1), _fifth(n)), axis=1, prepend=0)
    shares = (in_top @ means) / (counts @ means)
    low, high = np.quantile(shares, [(1 - confidence) / 2, (1 + confidence) / 2])
    return float(low), float(high)


def _drawn_together(units: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Accounts and mean amount of each group that is drawn as one, from amounts in falling order."""
    if len(units) <= MOST_DRAWN:
        return np.ones(len(units)), units.astype(float)
    single = MOST_DRAWN // 2
    starts = np.concatenate([np.arange(single), np.linspace(single, len(units), MOST_DRAWN - single, endpoint=False)])
    starts = np.unique(starts.astype(int))
    sizes = np.diff(np.append(starts, len(units)))
    return sizes, np.add.reduceat(units.astype(float), starts) / sizes


def _fifth(accounts: int) -> int:
    """A fifth of so many accounts, rounded up."""
    return -(-accounts // 5)


@dataclass(frozen=True)
class Attention:
    """Who gets the attention, beside who brings the value: the accounts of the top group. Shares are ratios."""

    accounts: int
    """Accounts of the group: the fewest that bring 80 %."""
    account_share: float
    """Their share of the accounts that bring anything."""
    value_share: float
    """Their share of the value exactly."""
    shares: dict[str, float | None]
    """Their share of each kind of attention; None where there is none at all."""
    totals: dict[str, float]
    """All of each kind, of every account."""


ATTENTION = ("executive_calls", "success_minutes")
"""The kinds of attention: calls of our executives, and minutes of success work."""


def attention(value: pd.DataFrame, given: dict[str, pd.DataFrame]) -> Attention | None:
    """The share of each kind of attention that the accounts with 80 % of the value get; None without any value.

    All frames hold `account_id` and `amount`. An account that brings nothing can still get attention: it is counted
    in the total.
    """
    figures, group = concentration(value["amount"]), top_group(value)
    if group.empty:
        return None
    totals = {kind: int(whole(rows["amount"]).sum()) for kind, rows in given.items()}
    inside = {
        kind: int(whole(rows.loc[rows["account_id"].isin(group["account_id"]), "amount"]).sum())
        for kind, rows in given.items()
    }
    return Attention(
        accounts=len(group),
        account_share=len(group) / figures.accounts,
        value_share=money(int(whole(group["amount"]).sum())) / figures.amount,
        shares={kind: inside[kind] / total if total else None for kind, total in totals.items()},
        totals={kind: money(total) for kind, total in totals.items()},
    )

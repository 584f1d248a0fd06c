"""What the profit figures say, on *Profit* and in the panel of *This week*."""

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard.format import NBSP
from dashboard.reads.accounts import Sort
from dashboard.reads.company import Company
from dashboard.voice import PANEL, Voice, capital, counted, fitting, shortened, spelled
from metrics.profit import Pareto, ProfitFigures, Whale


def period(company: Company) -> str:
    """How a year's money is called: by the profit window it is taken over."""
    weeks = company.profit_window_weeks
    return "a year" if weeks == 52 else "in all" if weeks == 0 else f"in {weeks} weeks"


def window(company: Company) -> str:
    """The profit window as a label."""
    return "all time" if company.profit_window_weeks == 0 else f"{company.profit_window_weeks} weeks"


def prize(bands: pd.DataFrame, voice: Voice) -> str:
    """What the accounts that lose money cost together; that none does; or what is missing to say it."""
    f = voice.formats
    if bands.empty:
        return "No account has an invoice in the profit window"
    if bands["profit"].isna().all():
        return f"{f.money(float(bands['revenue'].sum()))} of revenue, and no profit until its costs are connected"
    losing, losses = int(bands["losing"].sum()), float(bands["losses"].sum())
    if not losing:
        gains = float(bands["gains"].sum())
        return f"No account loses money; together they earn {f.money(gains)} {period(voice.company)}"
    worth = f"to break-even is worth {f.money(losses)}"
    return fitting(
        f"Bringing {f.count(losing)} losing {'account' if losing == 1 else 'accounts'} {worth}",
        f"{f.count(losing)} losing accounts cost {f.money(losses)}",
        limit=PANEL,
    )


def title(figures: ProfitFigures, losing: int, voice: Voice) -> str:
    """How many accounts lose money, and what bringing them to break-even is worth."""
    f = voice.formats
    if figures.accounts == 0:
        return "No account has an invoice in the profit window, so no profit can be told"
    if figures.profit is None:
        return (
            f"{f.money(figures.revenue)} came in; what is left of it waits for {_lacks(figures.missing.get('profit'))}"
        )
    if figures.profit <= 0:
        return fitting(
            f"We lose {f.money(-figures.profit)} {period(voice.company)}: {f.count(losing)} of "
            f"{counted(figures.accounts, 'account', f)} cost more than they bring"
        )
    if not losing:
        if figures.accounts == 1:
            return f"No account loses money: the one there is earns {f.money(figures.profit)}"
        return f"No account loses money: all {f.count(figures.accounts)} earn {f.money(figures.profit)} together"
    share = _one_in(losing, figures.accounts, voice)
    who = "it" if losing == 1 else "them" if share[0].isdigit() else f"the {f.count(losing)}"
    prize_ = f"bringing {who} to break-even is worth {f.money(figures.losses)} {period(voice.company)}"
    return fitting(f"{share}; {prize_}", f"{f.count(losing)} accounts lose {f.money(figures.losses)}")


def _one_in(part: int, whole: int, voice: Voice) -> str:
    """One account in five loses money, where that is true to within a twentieth; else the counts."""
    if part == 1:
        return f"One account of {voice.formats.count(whole)} loses money"
    n = round(whole / part)
    if 2 <= n <= 12 and abs(part / whole - 1 / n) <= 0.05 / n:
        return f"One account in {spelled(n, voice.formats)} loses money"
    return f"{voice.formats.count(part)} of {counted(whole, 'account', voice.formats)} lose money"


def _lacks(words: str | None) -> str:
    """What is not connected, inside a sentence."""
    return (words or "its costs").removeprefix("not connected: ")


def split(figures: ProfitFigures, entered: int | None, since: str, voice: Voice) -> str:
    """What losers cost of what winners earn, and how many accounts changed band."""
    moved = f"; {counted(entered, 'account', voice.formats)} changed band since {since}" if entered else ""
    if not figures.gains or not figures.losses:
        nobody = "No account earns money" if figures.losses else "No account loses money"
        return fitting(f"{nobody}{moved}", nobody, limit=PANEL)
    cost = f"Losers cost {voice.formats.share(figures.erosion)} of what winners earn"
    return fitting(f"{cost}{moved}", cost, limit=PANEL)


def whale(whale: Whale, voice: Voice) -> str:
    """How high the curve climbs and how much of it is lost again."""
    f = voice.formats
    lost, after = whale.peak.running - whale.end.running, whale.end.nth - whale.peak.nth
    if whale.peak.nth == 0:
        return f"Not one account earns: the curve falls from the start, to {f.money(whale.end.running)}"
    if lost <= 0:
        return f"The curve climbs to its end: {f.money(whale.end.running)} from {counted(whale.end.nth, 'account', f)}"
    earned = f"{f.money(whale.peak.running)} is earned and {f.money(lost)} of it lost again"
    if lost > whale.peak.running:
        earned = f"{f.money(whale.peak.running)} is earned and {f.money(lost)} lost"
    last = "the last account" if after == 1 else f"the last {f.count(after)} accounts"
    return fitting(f"{earned} on {last}", earned, limit=PANEL)


def pareto(pareto: Pareto, voice: Voice) -> str:
    """How many accounts bring 80 % of revenue, and whether that is few."""
    f = voice.formats
    if not pareto.accounts:
        return "No account brings revenue in the profit window"
    share = pareto.cut / pareto.accounts
    if pareto.accounts < 5:
        return (
            f"{capital(spelled(pareto.cut, f))} of {counted(pareto.accounts, 'account', f)} bring 80{NBSP}% of revenue"
        )
    verdict = "a small group carries us" if share <= 0.2 else "no small group carries us" if share >= 0.4 else ""
    takes = f"It takes {f.share(share)} of accounts to bring 80{NBSP}% of revenue"
    return f"{takes}: {verdict}" if verdict else f"{takes}, {f.count(pareto.cut)} of {f.count(pareto.accounts)}"


def listed(rows: Sequence[Mapping[str, object]], sort: Sort, figures: ProfitFigures, voice: Voice) -> str:
    """What the accounts listed have in common: how much of all losses, profit or revenue is theirs."""
    f, n = voice.formats, len(rows)
    if not n:
        return "No account has an invoice in the profit window"
    names = shortened(str(rows[0]["name"] or rows[0]["account_code"]), 30)
    lost = [-_number(row["profit"]) for row in rows if _number(row["profit"]) < 0]
    losses = sum(lost, 0.0)
    if sort.by == "profit" and sort.ascending and losses and figures.losses:
        k = len(lost)
        if k == 1:
            return f"{names} alone loses {f.money(losses)}"
        if losses >= figures.losses - 0.005:
            return fitting(f"All {spelled(k, f)} losses add up to {f.money(losses)}; {names} leads", limit=PANEL)
        share = f.share(losses / figures.losses)
        return fitting(
            f"The {spelled(k, f)} largest losses are {share} of all, {f.money(losses)}; {names} leads",
            f"The {spelled(k, f)} largest losses are {share} of all that is lost",
            limit=PANEL,
        )
    revenue = sum((_number(row["revenue"]) for row in rows), 0.0)
    part = f", {f.share(revenue / figures.revenue)} of all" if figures.revenue and figures.revenue > 0 else ""
    return fitting(
        f"{names} and {spelled(n - 1, f)} more bring {f.money(revenue)} of revenue{part}"
        if n > 1
        else f"{names} brings {f.money(revenue)} of revenue",
        limit=PANEL,
    )


def _number(value: object) -> float:
    """An amount of money, zero where it is missing."""
    return float(value) if isinstance(value, int | float) else 0.0

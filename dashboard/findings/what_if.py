"""What is said of levers pulled: the profit they bring, what one of them brings alone, and how two what-ifs compare."""

from collections.abc import Mapping

from dashboard import levers as pulled
from dashboard.findings.profit import period
from dashboard.format import NBSP
from dashboard.voice import PANEL, Voice, capital, counted, fitting, spelled
from metrics.profit import ProfitFigures
from metrics.what_if import Lever, Levers, WhatIf

EFFECTS: Mapping[Lever, str] = {
    "price": "Price",
    "serve": "Cost to serve",
    "restore": "Break-even",
    "double": "Doubling the top group",
    "retention": "Retention",
}
"""What moves profit, by lever."""
ONE_AFTER_THE_OTHER = "levers act one after the other, in the order they are listed"


def title(levers: Levers, base: ProfitFigures, after: WhatIf, voice: Voice) -> str:
    """What the levers bring a year; what there is as long as none is pulled; what is missing to say it."""
    f = voice.formats
    if base.accounts == 0:
        return "No account has an invoice in the profit window, so no lever has anything to act on"
    if base.profit is None or after.figures.profit is None:
        lacks = (base.missing.get("profit") or "its costs").removeprefix("not connected: ")
        return f"Nobody can tell what a lever brings: profit waits for {lacks}"
    if not levers.pulled:
        who = counted(base.accounts, "account", f)
        verb = ("lose" if base.profit < 0 else "earn") + ("s" if base.accounts == 1 else "")
        return f"Nothing is assumed yet: {who} {verb} {f.money(abs(base.profit))} {period(voice.company)}"
    return _brings(levers, base.profit, after, voice)


def _brings(levers: Levers, before: float, after: WhatIf, voice: Voice) -> str:
    f = voice.formats
    now = after.figures.profit or 0.0
    losing = after.restored if levers.restore else None
    said = capital(pulled.sentence(levers, f, losing))
    change = now - before
    if not round(change):
        return fitting(f"{said} would change nothing", "These levers together would change nothing")
    verb = "bring" if change > 0 else "cost"
    worth = f"{verb} {f.money(abs(change))} {period(voice.company)}"
    instead = f"{f.money(now)} in place of {f.money(before)}"
    few = f"{spelled(len(levers.pulled), f)} levers together would {worth}"
    return fitting(
        f"{said} would {worth}: {instead}", f"{said} would {worth}", capital(f"{few}: {instead}"), capital(few)
    )


def steps(levers: Levers, after: WhatIf, voice: Voice) -> str:
    """Which lever moves profit most."""
    f = voice.formats
    if not levers.pulled:
        return "None of the five levers is pulled"
    if not after.steps:
        return "Levers are pulled, and no profit is known for them to act on"
    most = max(after.steps, key=lambda step: abs(step.change))
    name = EFFECTS[most.lever]
    if not round(most.change):
        return "No lever that is pulled moves profit"
    moves = f"{f.money(most.change, sign=True)} {period(voice.company)}"
    if len(after.steps) == 1:
        return fitting(f"{name} alone moves profit by {moves}", limit=PANEL)
    return fitting(f"{name} moves profit most: {moves}", limit=PANEL)


def figures(levers: Levers, base: ProfitFigures, after: WhatIf, voice: Voice) -> str:
    """How the accounts that lose, or the revenue, differ."""
    f = voice.formats
    if not levers.pulled:
        return "The company as it is; a lever puts another beside it"
    was, now = base.n_minus, after.figures.n_minus
    if base.profit is None:
        return "Revenue alone can be told; the figures of profit wait for it"
    if was is not None and now is not None and was != now:
        who = counted(now, "account", f) if now else "No account"
        return fitting(f"{who} would make a loss in place of {f.count(was)}", limit=PANEL)
    if base.revenue and after.figures.revenue:
        times = after.figures.revenue / base.revenue
        if abs(times - 1) >= 0.005:
            return f"Revenue would be {f.number(times, 2 if times < 1.1 else 1)} times what it is"
    return "As many accounts would make a loss as do now"


def doubled(after: WhatIf, levers: Levers, voice: Voice) -> str:
    """Who is in the top group and what doubling it makes of all revenue."""
    f = voice.formats
    if not levers.double:
        return ""
    if not after.group:
        return "no account has revenue above zero"
    who = counted(after.group, "account", f)
    verb = "brings" if after.group == 1 else "bring"
    return (
        f"{who} {verb} {f.share(after.group_share)} of revenue: doubled, the whole becomes "
        f"{f.number(1 + after.group_share, 1)}{NBSP}×"
    )


def capped(asked: Levers, within: Levers, voice: Voice) -> str:
    """That retention goes no further than nobody leaving; empty where it was not asked to."""
    if asked.retention <= within.retention:
        return ""
    return f"no more than {voice.formats.points(within.retention)} are to be had: then nobody leaves"


def saved(count: int, voice: Voice) -> str:
    """How many what-ifs are saved."""
    if not count:
        return "No what-if is saved yet"
    return f"{counted(count, 'what-if', voice.formats)} saved by name"

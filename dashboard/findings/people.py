"""What Return on People says: on its screen, and in a line of *This week*."""

from typing import TYPE_CHECKING

from dashboard.voice import PANEL, Voice, capital, fitting
from metrics.people import Split, last_day

if TYPE_CHECKING:
    from dashboard.screens.people_book import People


def title(people: "People", voice: Voice) -> str:
    """What each person earns, the rank and the way to the goal; the flag first where headcount made the rise."""
    f = voice.formats
    if people.value is None:
        return fitting(
            f"Our rank in Return on People can’t be told: {_lacks(people.missing)}",
            "Our rank in Return on People can’t be told yet: finance has holes",
        )
    if isinstance(people.split, Split) and people.split.is_by_headcount:
        rise = f.money(float(people.split.change))
        return fitting(f"Return on People rose {rise}, {_by_headcount(people.split)}: that is no better profit")
    earns = earned(people.value, voice)
    rank = (
        f", {people.standing.words.split(',')[0]}" if people.standing and people.standing.is_above is not None else ""
    )
    return fitting(f"{earns}{rank}{_goal(people, voice)}", f"{earns}{_goal(people, voice)}", earns)


def earned(value: float, voice: Voice) -> str:
    """Each person earns $40K a year; or costs, in a year of losses."""
    if value < 0:
        return f"Each person loses {voice.formats.money(-value)} a year"
    return f"Each person earns {voice.formats.money(value)} a year"


def _by_headcount(split: Split) -> str:
    """Which way headcount moved it."""
    if split.is_with_fewer:
        return "more by fewer people than by profit"
    return "as more people share the loss"


def _goal(people: "People", voice: Voice) -> str:
    if people.gap is None:
        return "; no goal is set"
    money = voice.formats.money(abs(people.gap))
    return f"; {money} short of the goal" if people.gap > 0 else "; the goal is reached"


def _lacks(words: str | None) -> str:
    """What is missing, inside a sentence."""
    known = words or "no month of finance is over"
    return known.replace("not connected: ", "connect ")


def trend(people: "People", voice: Voice) -> str:
    """How the trailing months went, and whether that is more than they usually vary."""
    rows, f = people.trend, voice.formats
    if len(rows) < 2:
        return "One month has twelve behind it: a trend needs more"
    first, last = rows.iloc[0], rows.iloc[-1]
    moved = float(last["value"] - first["value"])
    since = f.month(last_day(str(first["month"])))
    if not any(c in "123456789" for c in f.money(abs(moved))):
        return f"It stands where it stood in {since}"
    return f"It {'rose' if moved > 0 else 'fell'} {f.money(abs(moved))} since {since}"


def moved(people: "People", voice: Voice) -> str:
    """What made the change against a year before."""
    found, f = people.split, voice.formats
    if isinstance(found, str):
        return fitting(capital(found), "A change against a year before can’t be told yet", limit=PANEL)
    if not any(c in "123456789" for c in f.money(abs(float(found.change)))):
        return "It stands where it stood a year before"
    way = "rose" if found.change > 0 else "fell"
    more = "profit" if abs(found.profit_effect) >= abs(found.headcount_effect) else "headcount"
    if found.is_by_headcount:
        return fitting(f"It {way} {f.money(float(found.change))}, {_by_headcount(found)}", limit=PANEL)
    return f"It {way} {f.money(abs(float(found.change)))} in a year, most of it by {more}"


def rank(people: "People", voice: Voice) -> str:
    """Where we stand among others, as a panel's title."""
    if people.benchmark is None:
        return "Nothing is known to compare it with"
    if people.standing is None:
        return f"Others: {people.benchmark.short(voice.formats.money)}".replace("–", " to ")
    head = people.standing.words.split(",")[0]
    short = people.benchmark.short(voice.formats.money).replace("–", " to ")
    return fitting(f"We stand {_at(head)}: {short}", f"We stand {_at(head)}",
                   limit=PANEL)  # fmt: skip


def _at(words: str) -> str:
    return f"at the {words}" if words[0].isdigit() else words


def made_of(people: "People", voice: Voice) -> str:
    """What the number is made of, as a panel's title."""
    f, now = voice.formats, people.now
    if now is None or people.value is None:
        return "Nothing can be divided yet"
    net, fte = float(now.profit or 0), f.number(float(now.fte or 0), 1)
    what = "net income" if net >= 0 else "losses"
    return f"{f.money(abs(net))} of {what} over {fte} people makes {f.money(people.value)} each"


def month(text: str, voice: Voice) -> str:
    """Oct 2026."""
    return voice.formats.month(last_day(text))

"""What *This week* says: its title, the line beneath, and the titles of its two panels."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.format import week_number
from dashboard.reads.company import Card
from dashboard.reasons import Why, most_named
from dashboard.tiles import Tile
from dashboard.voice import PANEL, Voice, capital, counted, fitting, joined, lower, shortened, spelled


@dataclass(frozen=True)
class Moved:
    """How many accounts changed band in the week, in any view."""

    accounts: int
    worse: int
    better: int


def title(tiles: Sequence[Tile], moved: Moved, voice: Voice) -> str:
    """What got worse, how much of it is red and who holds it; what got better; or that nothing left its range."""
    scored = [tile for tile in tiles if tile.is_scored]
    if not scored:
        return _nothing_scored(tiles)
    worse = sorted((tile for tile in scored if tile.is_worse), key=lambda tile: -tile.red)
    better = sorted((tile for tile in scored if tile.is_better), key=lambda tile: -tile.red)
    if worse:
        return _worse(worse, voice)
    if better:
        return _better(better, voice)
    return _quiet(moved, voice)


def _worse(worse: list[Tile], voice: Voice) -> str:
    top = worse[0]
    name, red = top.card.title, voice.is_state(top.red, "red")
    if len(worse) == 1:
        opening, short = f"Only {name} got worse: {red}", f"{name} got worse: {red}"
    else:
        n = capital(spelled(len(worse), voice.formats))
        opening, short = f"{n} views got worse, {name} most: {red}", f"{n} views got worse: {red} in {name}"
    if not top.holder:
        return fitting(opening, short)
    held = voice.holds(top.holder.place.owner, top.holder.weight, top.red)
    return fitting(f"{opening}, and {held}", f"{short}; {held}", opening, short)


def _better(better: list[Tile], voice: Voice) -> str:
    top = better[0]
    red, change = voice.is_state(top.red, "red"), top.change()
    opening = f"{joined([tile.card.title for tile in better])} got better"
    less = f", {voice.formats.points(change)} less than four weeks ago" if change and change < -0.0005 else ""
    short = f"{capital(spelled(len(better), voice.formats))} views got better and none worse"
    where = f" in {top.card.title}" if len(better) > 1 else ""
    return fitting(f"{opening}: {red}{where}{less}", f"{opening}: {red}{where}", f"{short}: {red}{where}", short)


def _quiet(moved: Moved, voice: Voice) -> str:
    still = "Nothing left its normal range this week"
    if not moved.accounts:
        return f"{still}, and no account changed band"
    who = counted(moved.accounts, "account", voice.formats)
    if not moved.worse or not moved.better:
        way = "for the better" if moved.better else "for the worse"
        return f"{still}; {who} changed band, {'all ' if moved.accounts > 1 else ''}{way}"
    return f"{still}; {who} changed band, {voice.formats.count(moved.worse)} for the worse"


def _nothing_scored(tiles: Sequence[Tile]) -> str:
    if any(tile.card.connected for tile in tiles) and not any(tile.total for tile in tiles):
        return "No account is live this week, so there is nothing to score"
    waiting = sum(len(tile.card.places) - len(tile.card.connected) for tile in tiles)
    if not waiting:
        return "No view has a score this week: its measures have no rows yet"
    return f"No view has a score yet: {waiting} measures wait for the columns they need"


def line(
    tiles: Sequence[Tile],
    accounts: int,
    weight: float,
    week: date,
    voice: Voice,
    lens: tuple[Card, str] | None = None,
) -> str:
    """Week, accounts and ARR, and how the views stand that the title does not name; the view of our aim first."""
    f = voice.formats
    parts = [f"Week {week_number(week)}, to {f.long_day(week)}", counted(accounts, "account", f)]
    if voice.company.has_arr:
        parts[-1] += f", {f.money(weight)} ARR"
    return " · ".join([*parts, *_aim(tiles, voice, lens), *_standing(tiles, voice)])


def _aim(tiles: Sequence[Tile], voice: Voice, lens: tuple[Card, str] | None) -> list[str]:
    """The aim, and how the view it starts with stands."""
    tile = next((tile for tile in tiles if lens and tile.card.view == lens[0].view), None)
    if lens is None or tile is None:
        return []
    state = "untapped" if tile.card.is_expansion else "red"
    stands = f"{voice.formats.share(tile.shares['red'], 1)} {state}" if tile.is_scored else "without a score"
    return [f"our aim, {lens[1]}: {tile.card.title} {stands}"]


def _standing(tiles: Sequence[Tile], voice: Voice) -> list[str]:
    scored = [tile for tile in tiles if tile.is_scored]
    better = [tile.card.title for tile in scored if tile.is_better]
    calm = [tile for tile in scored if tile.is_calm]
    off = len(tiles) - len(scored)
    parts = []
    if better:
        parts.append(f"{joined(better)} improved")
    if scored and len(calm) == len(scored):
        parts.append("all views stay within normal variation")
    elif calm:
        others = "view stays" if len(calm) == 1 else "views stay"
        parts.append(f"{spelled(len(calm), voice.formats)} {others} within normal variation")
    if off:
        parts.append(f"{spelled(off, voice.formats)} without a score")
    return parts


def change(tile: Tile, voice: Voice) -> str:
    """The line under a tile's number: an arrow only on a signal, with the rule that fired and which way that is."""
    if tile.drift is not None:
        return f"{'above' if tile.drift.direction == 'up' else 'below'} its normal range"
    if tile.signal is None:
        return "within normal variation" if tile.limits else "too few weeks for a normal range"
    arrow, verdict = ("↑", "worse") if tile.is_worse else ("↓", "better")
    return f"{arrow} {_how_far(tile, voice)}: {verdict}"


def _how_far(tile: Tile, voice: Voice) -> str:
    up = tile.is_worse
    assert tile.signal is not None
    weeks = 1 if tile.signal.rule == "range outside its limit" else 4
    moved = tile.change(weeks)
    if tile.signal.rule == "8 weeks on one side":
        return f"8 weeks {'above' if up else 'below'} centre"
    if tile.signal.rule == "3 of 4 near a limit":
        return "3 of 4 weeks near the limit"
    by = "a large step" if weeks == 1 else "outside limits"
    if moved is not None and abs(moved) >= 0.0005 and (moved > 0) == up:
        return f"{voice.formats.points(moved)}, {by}"
    return by


def movers(
    moved: Moved,
    whys: Sequence[tuple[float, Why]],
    names: Sequence[str],
    voice: Voice,
    room: int = PANEL,
    expansion: bool = False,
) -> str:
    """What explains the accounts shown that got worse; or who moved; or that nobody did. `whys` go with their step.

    In Expansion an account opens up or closes: fewer units owned is room to sell, not harm.
    """
    if not moved.accounts:
        return "No account changed band this week"
    worse = [found for step, found in whys if step < 0]
    named = most_named(worse)
    if named and named[1] * 2 >= len(worse) > 2:
        place, n = named
        few, total = capital(spelled(n, voice.formats)), spelled(len(worse), voice.formats)
        verb = "opened up" if expansion else "got worse"
        if n == len(worse):
            return f"All {total} accounts below that {verb} did so over {lower(place.label)}"
        return fitting(
            f"{few} of the {total} accounts below that {verb} did so over {lower(place.label)}",
            f"{few} of {total} that {verb} did so over {lower(place.label)}",
            limit=room,
        )
    return _who_moved(moved, names, voice, room, expansion)


def _who_moved(moved: Moved, names: Sequence[str], voice: Voice, room: int, expansion: bool) -> str:
    n = voice.formats.count
    down, up = ("opened up", "closed") if expansion else ("got worse", "got better")
    is_known = "is the largest" if voice.company.has_arr else "is one of them"
    largest = f"; {shortened(names[0], 28)} {is_known}" if names else ""
    if moved.worse and moved.better:
        both = f"{n(moved.worse)} {down} and {n(moved.better)} {up.removeprefix('got ')}"
        return fitting(
            f"{counted(moved.accounts, 'account', voice.formats)} changed band: {both}{largest}",
            f"{capital(both)}{largest}",
            capital(both),
            limit=room,
        )
    way, other = (down, up) if moved.worse else (up, down)
    who = counted(moved.accounts, "account", voice.formats)
    return fitting(
        f"{who} {way} and none {other.removeprefix('got ')}{largest}",
        f"{who} {way}{largest}",
        f"{who} {way}",
        limit=room,
    )

"""What the panel "Why did it move?" says: the change in one sentence, and every step in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard import marks
from dashboard.format import Formats
from dashboard.reads.company import Card
from dashboard.reads.why import Hand
from dashboard.voice import PANEL, capital, fitting, lower
from metrics.one_account import Place, PlaceScore, Rule, band
from metrics.why import CAP, GROUPS, HAND, Explanation, Side, Step

KINDS = {
    "definition": "Definition",
    "data": "Data that came or went",
    "values": "Values",
    "exceptions": "Exceptions and caps",
    "override": "By hand",
}


@dataclass(frozen=True)
class Told:
    """An explanation with what it takes to put it in words: names of measures, and who set which value."""

    card: Card
    found: Explanation
    weeks: tuple[date, date]
    hands: tuple[Hand | None, Hand | None]
    na: Mapping[str, str]
    """Why a measure is NA, in its own words, by its name."""
    formats: Formats

    def label(self, step: Step) -> str:
        """The name of what a step is about."""
        if step.subject == GROUPS:
            return "Weights of the groups"
        if step.subject == CAP:
            cap = self.found.after.score.cap or self.found.before.score.cap
            return f"Cap: {cap.name}" if cap and step.kind == "exceptions" else "Caps"
        if step.subject == HAND:
            return "Value by hand"
        place = self.card.place(step.subject)
        return place.label if place else capital(step.subject.replace("_", " ").replace(":", ": "))

    def unit(self, step: Step) -> str:
        place = self.card.place(step.subject)
        return place.unit if place else ""


def title(told: Told) -> str:
    """How far the view moved and what moved it most."""
    f, name, found = told.formats, told.card.title, told.found
    since = f.short_day(told.weeks[0])
    if found.change is None:
        return _unscored(told)
    moving = [step for step in found.steps if step.points and abs(step.points) >= 0.05]
    if not moving:
        return f"Nothing moved {name} since {since}"
    if abs(found.change) < 0.05:
        lost = f.number(sum(-step.points for step in moving if step.points and step.points < 0), 1)
        return f"{name} stands where it stood on {since}: gains and losses of {lost} points cancel out"
    up = found.change > 0
    top = max((s for s in moving if ((s.points or 0) > 0) == up), key=lambda s: abs(s.points or 0), default=moving[0])
    opening = f"{name} {'rose' if up else 'fell'} {f.number(abs(found.change), 1)} points since {since}"
    share = f.number(abs(top.points or 0), 1)
    what = lower(told.label(top))
    whole = len(moving) == 1
    return fitting(
        f"{opening}: {what} {'made' if up else 'cost'} {'all of it' if whole else share + ' of them'}",
        f"{opening}, by {what}",
        opening,
        limit=PANEL,
    )


def _unscored(told: Told) -> str:
    """Which of the two weeks has no score, and why."""
    f, name = told.formats, told.card.title
    sides = list(zip((told.found.before, told.found.after), told.weeks, strict=True))
    missing = [(side, week) for side, week in sides if side.points is None]
    if len(missing) == 2:
        return f"{name} has no score in either week, so nothing adds up to a change"
    side, week = missing[0]
    return f"{name} had no score on {f.short_day(week)}: {why_unscored(side, f)}"


def state(side: Side) -> str:
    """The status of a week, by hand where a person set it."""
    if not side.is_live:
        return "no data"
    return band(side.override) if side.override is not None else side.score.status


def why_unscored(side: Side, formats: Formats) -> str:
    """Why a week has no score."""
    if not side.is_live:
        return "the account was not live"
    score = side.score
    if score.status == "insufficient data":
        return f"{formats.count(score.n_measures)} of {formats.count(score.n_connected)} measures are too few"
    return lower(marks.word(score.status))


def words(told: Told, step: Step) -> str:
    """What a step changed: the value it was and is, or what else became of it."""
    if step.subject == HAND:
        return _hand(told)
    if step.subject == CAP:
        return _cap(told, step)
    if step.subject == GROUPS:
        return "other weights for groups"
    if step.kind == "definition":
        return _definition(told, step)
    if step.kind == "exceptions":
        return _exception(told, step)
    return f"{_state(told, step, step.old)} → {_state(told, step, step.new)}"


def _state(told: Told, step: Step, score: PlaceScore | None) -> str:
    """One end of a step: the value with its unit, points where a mean has none, else the state in words."""
    if score is None:
        return "–"
    if score.points is None:
        reason = told.na.get(step.subject, "")
        return f"NA ({reason})" if score.status == "na" and reason else lower(marks.word(score.status))
    if score.value is None:
        return f"{told.formats.number(score.points, 1)} points"
    both = [s.value for s in (step.new, step.old) if s is not None]
    unit = told.unit(step)
    if None in both or len(both) < 2:
        return told.formats.measured(score.value, unit)
    now, before = told.formats.values(both[0], both[1], unit)
    return now if score is step.new else before


def _definition(told: Told, step: Step) -> str:
    """What the definition says now that it did not say before."""
    old, new = (_place_of(side, step.subject) for side in (told.found.before, told.found.after))
    if old is None or new is None:
        return "joined the view" if old is None else "left the view"
    said = _rules(told, step, old.rules[-1], new.rules[-1])
    if old.rules[-1].weight != new.rules[-1].weight:
        said.append(f"weight {old.rules[-1].weight:g} → {new.rules[-1].weight:g}")
    if old.valid_days != new.valid_days:
        said.append(f"valid {old.valid_days or '–'} → {new.valid_days or '–'} days")
    if old.grp != new.grp:
        said.append("moved to another group")
    if old.is_connected != new.is_connected:
        said.append("connected" if new.is_connected else "no longer connected")
    return ", ".join(said) or "other exceptions"


def _exception(told: Told, step: Step) -> str:
    """Which rule fits the account now."""
    place = _place_of(told.found.after, step.subject)
    assert place is not None
    sides = (told.found.before, told.found.after)
    old, new = (place.rule(side.account, place.item) for side in sides)
    if old.is_na != new.is_na:
        said = ["an exception counts it as NA now" if new.is_na else "an exception counted it as NA before"]
    else:
        said = _rules(told, step, old, new) or ["another exception fits"]
    if old.weight != new.weight:
        said.append(f"weight {old.weight:g} → {new.weight:g}")
    ages = [side.account.age_days for side in sides]
    aged = f" (account {ages[0]} → {ages[1]} days old)" if None not in ages and ages[0] != ages[1] else ""
    return ", ".join(said) + aged


def _rules(told: Told, step: Step, old: Rule, new: Rule) -> list[str]:
    """Thresholds that changed."""
    said = []
    for name in ("red", "green"):
        before, now = getattr(old, name), getattr(new, name)
        if before != now:
            now, before = told.formats.values(now, before, told.unit(step))
            said.append(f"{name} {before} → {now}")
    return said


def _cap(told: Told, step: Step) -> str:
    if step.kind == "definition":
        return "other caps"
    old, new = told.found.before.score.cap, told.found.after.score.cap
    if new is None:
        return "no longer holds the view down"
    at_most = f"holds the view at {new.most:g} points at most"
    return at_most if old is None else f"{at_most}, before it: {old.name}, {old.most:g}"


def _hand(told: Told) -> str:
    old, new = told.hands
    if new is None:
        return f"what {old.author} set ended" if old else "ended"
    said = f"{new.author} set {told.formats.count(new.points)} points: {new.reason}"
    return f"{said}; before: {told.formats.count(old.points)} by {old.author}" if old else said


def _place_of(side: Side, name: str) -> Place | None:
    return next((place for place in side.definition.places if place.name == name), None)


def in_tenths(parts: Sequence[float], total: float) -> list[float]:
    """The parts with one decimal, rounded so that they add up to the total with one decimal.

    Each is rounded down, and the tenths left over go to those that lost most by it.
    """
    whole = [int(part * 10 // 1) for part in parts]
    left = round(total * 10) - sum(whole)
    order = sorted(range(len(parts)), key=lambda nth: -(parts[nth] * 10 - whole[nth]))
    for nth in range(left):
        whole[order[nth % len(order)]] += 1
    return [each / 10 for each in whole]


def alt(told: Told, shown: Sequence[tuple[str, float]], ends: tuple[float | None, float | None]) -> str:
    """The waterfall in words, from its data."""
    f = told.formats
    first, last = ((f.number(end, 1) if end is not None else "no score") for end in ends)
    steps = "; ".join(f"{label} {f.change(points, lambda v: f.number(v, 1))}" for label, points in shown if points)
    start, end = (f.day(week) for week in told.weeks)
    return f"{told.card.title}: {first} on {start}; {steps or 'no step moved it'}; {last} on {end}."

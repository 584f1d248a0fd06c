"""The score of one account in one view and week, from its own rows: what the SQL over all accounts gives.

The SQL scores everybody at once and keeps the result. This scores one account under any definition, any rows and any
exceptions, so that a change can be taken apart. A test holds the two together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

Status = Literal["red", "amber", "green", "na", "stale", "no data", "not connected", "insufficient data"]
ENOUGH = 0.5
"""The share of what is connected that must be valid for a score."""
NEARLY = 1e-9
PLACES = 9
"""Decimals of the points of groups and views, so that the order of a sum never moves one over the edge of a band."""
LONG_AGO = 1_000_000
"""Days: the age of an account nobody knows the first day of."""


@dataclass(frozen=True)
class Rule:
    """Thresholds and weight for the accounts and items it fits; None fits all. Ages in days, the upper one excluded."""

    red: float
    green: float
    weight: float
    is_na: bool = False
    segment: str | None = None
    industry: str | None = None
    item: str | None = None
    age_from: int = 0
    age_to: int = 10_000_000

    def fits(self, account: "Account", item: str) -> bool:
        age = LONG_AGO if account.age_days is None else account.age_days
        return (
            self.segment in (None, account.segment)
            and self.industry in (None, account.industry)
            and self.item in (None, item)
            and self.age_from <= age < self.age_to
        )


@dataclass(frozen=True)
class Place:
    """One measure's place in a view, with everything scoring asks of it. The last rule fits every account."""

    name: str
    grp: str
    measure: str
    rules: tuple[Rule, ...]
    item: str = ""
    has_items: bool = False
    lists_products: bool = False
    source: str = ""
    valid_days: int | None = None
    is_connected: bool = True

    def rule(self, account: "Account", item: str = "") -> Rule:
        """The first rule that fits."""
        return next(rule for rule in self.rules if rule.fits(account, item))


@dataclass(frozen=True)
class CapRule:
    """While a measure or a group is in a band, the view has at most `most` points."""

    name: str
    most: float
    band: str
    measure: str | None = None
    group: str | None = None


@dataclass(frozen=True)
class Definition:
    """What one view was scored by: weights of its groups, its places, its caps in their order."""

    view: str
    groups: Mapping[str, float]
    places: tuple[Place, ...]
    caps: tuple[CapRule, ...] = ()


def definition_from(values: Mapping[str, Any]) -> Definition:
    """The definition that `dataclasses.asdict` made these values of."""
    places = (Place(**place | {"rules": tuple(Rule(**rule) for rule in place["rules"])}) for place in values["places"])
    caps = tuple(CapRule(**cap) for cap in values["caps"])
    return Definition(values["view"], values["groups"], tuple(places), caps)


@dataclass(frozen=True)
class Account:
    """What exceptions ask of an account in a week; a missing segment or industry is ''."""

    segment: str = ""
    industry: str = ""
    age_days: int | None = None


@dataclass(frozen=True)
class Value:
    """One row of a measure: its two parts and the day of the newest row behind it."""

    numerator: float | None
    denominator: float | None
    evidence_on: date | None = None

    @property
    def ratio(self) -> float | None:
        """The value itself; None where it is NA or unknown."""
        if self.numerator is None or not self.denominator:
            return None
        return self.numerator / self.denominator


@dataclass(frozen=True)
class Reading:
    """Everything known about an account in one week: its values by measure and item.

    `delivered` are the sources a missing row of which means zero in this week, `ended` those that stopped before it;
    `listed` the items of each measure that counts all of them.
    """

    as_of: date
    values: Mapping[tuple[str, str], Value]
    delivered: frozenset[str] = frozenset()
    ended: frozenset[str] = frozenset()
    listed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class PlaceScore:
    """Points of one place, or the state it is in without any. `value` is None for a mean over items."""

    points: float | None
    status: Status
    weight: float
    value: float | None = None
    has_row: bool = True


@dataclass(frozen=True)
class ViewScore:
    """The score by the rules: `raw` before coverage is asked and before a cap, `points` after both."""

    points: float | None
    status: Status
    coverage: float
    n_measures: int
    n_connected: int
    raw: float | None
    cap: CapRule | None
    places: Mapping[str, PlaceScore]


def points_between(value: float, red: float, green: float) -> float:
    """Straight from red (0) to green (100), no further on either side."""
    return min(max((value - red) / (green - red), 0.0), 1.0) * 100


def band(points: float) -> Status:
    """The band of a group's, a view's or an average's points: (low, high]."""
    points = round(points, PLACES)
    return "red" if points <= 50 else "amber" if points <= 75 else "green"


def place_score(place: Place, account: Account, reading: Reading) -> PlaceScore:
    """The points of a place, or why it has none."""
    weight = place.rule(account).weight
    if not place.is_connected:
        return PlaceScore(None, "not connected", weight, has_row=False)
    if place.lists_products and not place.item:
        return _listed(place, account, reading, weight)
    if place.has_items and not place.item:
        return _mean(place, account, reading, weight)
    value = reading.values.get((place.measure, place.item))
    if value is None:
        status = "na" if place.rule(account, place.item).is_na else _missing(place, reading)
        return PlaceScore(None, status, weight, has_row=False)
    points, status = _judged(place, account, reading, place.item, value)
    return PlaceScore(points, status, weight, value.ratio)


def _missing(place: Place, reading: Reading) -> Status:
    return "stale" if place.source in reading.ended else "no data"


def _judged(place: Place, account: Account, reading: Reading, item: str, value: Value) -> tuple[float | None, Status]:
    """Points and status of one row; a measure is green or red only at its threshold."""
    rule = place.rule(account, item)
    if rule.is_na or value.denominator == 0:
        return None, "na"
    age = (reading.as_of - value.evidence_on).days if value.evidence_on else 0
    if place.valid_days is not None and age > place.valid_days:
        return None, "stale"
    if value.ratio is None:
        return None, "no data"
    points = points_between(value.ratio, rule.red, rule.green)
    return points, "red" if points <= 0 else "green" if points >= 100 else "amber"


def _mean(place: Place, account: Account, reading: Reading, weight: float) -> PlaceScore:
    """The mean over the items that have a row and count."""
    rows = {item: value for (measure, item), value in reading.values.items() if measure == place.measure and item}
    if not rows:
        return PlaceScore(None, _missing(place, reading), weight, has_row=False)
    judged = [_judged(place, account, reading, item, value) for item, value in rows.items()]
    points = [each for each, _ in judged if each is not None]
    if points:
        mean = sum(points) / len(points)
        return PlaceScore(mean, band(mean), weight)
    states = {status for _, status in judged}
    return PlaceScore(None, "na" if "na" in states else "stale" if "stale" in states else "no data", weight)


def _listed(place: Place, account: Account, reading: Reading, weight: float) -> PlaceScore:
    """The mean over every listed item: one without a row counts as zero, one that is NA leaves the mean."""
    items = reading.listed.get(place.measure, ())
    if place.source not in reading.delivered or not items:
        return PlaceScore(None, _missing(place, reading), weight, has_row=False)
    points = [each for item in items if (each := _item_points(place, account, reading, item)) is not None]
    if not points:
        return PlaceScore(None, "na", weight)
    mean = sum(points) / len(points)
    return PlaceScore(mean, band(mean), weight)


def _item_points(place: Place, account: Account, reading: Reading, item: str) -> float | None:
    """Points of one listed item; None where it is NA."""
    value, rule = reading.values.get((place.measure, item)), place.rule(account, item)
    if rule.is_na:
        return None
    if value is not None:
        points, status = _judged(place, account, reading, item, value)
        if points is not None or status == "na":
            return points
    return points_between(0.0, rule.red, rule.green)


def weighted(groups: Mapping[str, float], scores: Mapping[str, list[PlaceScore]]) -> float | None:
    """The weighted mean of the groups that have a valid measure, each the weighted mean of those; None without any."""
    total = weight = 0.0
    for grp, own in scores.items():
        points = group_points(own)
        if points is not None:
            total += groups[grp] * points
            weight += groups[grp]
    return round(total / weight, PLACES) if weight else None


def group_points(scores: list[PlaceScore]) -> float | None:
    """The weighted mean of the valid measures of a group."""
    valid = [(score.weight, score.points) for score in scores if score.points is not None]
    weight = sum(each for each, _ in valid)
    return sum(each * points for each, points in valid) / weight if weight else None


def score_view(definition: Definition, account: Account, reading: Reading) -> ViewScore:
    """The score of one account in one view and week, by the rules alone."""
    places = _weighing(definition.places, account)
    scores = {place.name: place_score(place, account, reading) for place in places}
    connected = {place.name: place for place in places if place.is_connected}
    by_group: dict[str, list[PlaceScore]] = {}
    for name, place in connected.items():
        by_group.setdefault(place.grp, []).append(scores[name])
    raw, coverage = weighted(definition.groups, by_group), _coverage(definition.groups, by_group)
    is_scored = coverage >= ENOUGH - NEARLY and raw is not None
    cap = _holding(definition, scores, by_group, raw) if is_scored and raw is not None else None
    points = (cap.most if cap else raw) if is_scored else None
    return ViewScore(
        points=points,
        status=_status(points, raw, by_group, list(connected.values()), reading),
        coverage=coverage,
        n_measures=sum(scores[name].points is not None for name in connected),
        n_connected=len(connected),
        raw=raw,
        cap=cap,
        places=scores,
    )


def _weighing(places: Sequence[Place], account: Account) -> list[Place]:
    """The places as they weigh for an account: a group whose measures all weigh nothing for it is NA there."""
    weights: dict[str, float] = {}
    for place in places:
        if place.is_connected:
            weights[place.grp] = weights.get(place.grp, 0.0) + place.rule(account).weight
    return [place if weights.get(place.grp, 1.0) else _left_out(place) for place in places]


def _left_out(place: Place) -> Place:
    """The place with a rule by which every row of it is NA; it weighs as much as the others of its group."""
    return replace(place, rules=tuple(replace(rule, is_na=True, weight=1.0) for rule in place.rules))


def _shares(groups: Mapping[str, float], by_group: Mapping[str, list[PlaceScore]]) -> list[tuple[float, PlaceScore]]:
    """Every connected measure with its share of the view; the shares add up to one."""
    whole = sum(groups[grp] for grp in by_group)
    return [
        (groups[grp] / whole * score.weight / (sum(each.weight for each in own) or 1), score)
        for grp, own in by_group.items()
        for score in own
    ]


def _coverage(groups: Mapping[str, float], by_group: Mapping[str, list[PlaceScore]]) -> float:
    """Valid weight over all that is not NA."""
    shares = _shares(groups, by_group)
    na = sum(share for share, score in shares if score.status == "na")
    valid = sum(share for share, score in shares if score.points is not None)
    return min(valid / (1 - na), 1.0) if 1 - na > NEARLY else 0.0


def _status(
    points: float | None,
    raw: float | None,
    by_group: Mapping[str, list[PlaceScore]],
    connected: list[Place],
    reading: Reading,
) -> Status:
    states = [score for own in by_group.values() for score in own]
    if not connected:
        return "not connected"
    if points is not None:
        return band(points)
    if raw is not None:
        return "insufficient data"
    if all(score.status == "na" for score in states):
        return "na"
    is_stale = any(score.status == "stale" for score in states) or any(p.source in reading.ended for p in connected)
    return "stale" if is_stale else "no data"


def _holding(
    definition: Definition, scores: Mapping[str, PlaceScore], by_group: Mapping[str, list[PlaceScore]], raw: float
) -> CapRule | None:
    """The first cap in the file whose condition holds, where the view would have more points without it."""
    for cap in definition.caps:
        if cap.measure is not None:
            found = scores[cap.measure].status if cap.measure in scores else None
        else:
            found = _group_band(by_group.get(cap.group or "", []))
        if found == cap.band:
            return cap if raw > cap.most else None
    return None


def _group_band(scores: list[PlaceScore]) -> Status | None:
    """The band of a group; None below half coverage."""
    points = group_points(scores)
    known = sum(score.weight for score in scores if score.status != "na")
    valid = sum(score.weight for score in scores if score.points is not None)
    return band(round(points, PLACES)) if points is not None and valid >= (ENOUGH - NEARLY) * known else None

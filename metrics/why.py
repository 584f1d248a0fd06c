"""Why a score moved: the change of one account in one view between two weeks, taken apart measure by measure.

One thing is changed at a time, always in the same order: the definition, data that went or came, values, exceptions
(another threshold, a cap), a person's override; inside each in the order of the scorecard. What the points do at a step
is the step's contribution, so the contributions add up to the change, to the last digit. Another order would share them
out otherwise; a fixed one makes two explanations comparable.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from metrics.one_account import (
    Account,
    CapRule,
    Definition,
    Place,
    PlaceScore,
    Reading,
    ViewScore,
    place_score,
    score_view,
    weighted,
)

Kind = Literal["definition", "data", "values", "exceptions", "override"]
KINDS: tuple[Kind, ...] = ("definition", "data", "values", "exceptions", "override")
GROUPS, CAP, HAND = "weights of groups", "cap", "by hand"
"""Steps that are about no single measure."""


@dataclass(frozen=True)
class Side:
    """One week: what the view was scored by, what was known, and the points a person gave it instead (None: no one).

    `is_live` says whether the account is scored at all in that week.
    """

    definition: Definition
    account: Account
    reading: Reading
    override: float | None = None
    is_live: bool = True

    @property
    def score(self) -> ViewScore:
        """The score by the rules alone."""
        return score_view(self.definition, self.account, self.reading)

    @property
    def points(self) -> float | None:
        """What the week's score is; None where there is none."""
        if not self.is_live:
            return None
        return self.override if self.override is not None else self.score.points


@dataclass(frozen=True)
class Step:
    """One change. `points` is its contribution and `at` where the score stands after it; None on an unscored side.

    `subject` is the name of a measure's place, or what else changed; `old` and `new` are its score on both ends of the
    step, None where it has no place.
    """

    kind: Kind
    subject: str
    old: PlaceScore | None
    new: PlaceScore | None
    points: float | None = None
    at: float | None = None


@dataclass(frozen=True)
class Explanation:
    """Two weeks of one account in one view, and the steps from one to the other."""

    before: Side
    after: Side
    steps: tuple[Step, ...]

    @property
    def change(self) -> float | None:
        """What the contributions add up to; None where one of the weeks has no score."""
        old, new = self.before.points, self.after.points
        return None if old is None or new is None else new - old

    def by_kind(self) -> dict[Kind, float]:
        """The contributions of each kind of step together, in their order; empty without a change in points."""
        if self.change is None:
            return {}
        return {kind: sum(step.points or 0.0 for step in self.steps if step.kind == kind) for kind in KINDS}


@dataclass(frozen=True)
class _Slot:
    """One measure in the state between the two weeks: which of the weeks its place, rows and exceptions are of."""

    place: Place
    account: Account
    reading: Reading

    @property
    def score(self) -> PlaceScore:
        return place_score(self.place, self.account, self.reading)


@dataclass(frozen=True)
class _State:
    groups: Mapping[str, float]
    slots: Mapping[str, _Slot]
    cap: CapRule | None
    override: float | None

    def points(self) -> float | None:
        """What this state would score; None while it holds no valid measure. Coverage is asked of the weeks only."""
        if self.override is not None:
            return self.override
        by_group: dict[str, list[PlaceScore]] = {}
        for slot in self.slots.values():
            if slot.place.is_connected:
                by_group.setdefault(slot.place.grp, []).append(slot.score)
        raw = weighted(self.groups, by_group)
        return raw if raw is None or self.cap is None else min(raw, self.cap.most)

    def with_slot(self, name: str, slot: _Slot | None) -> "_State":
        kept = {other: each for other, each in self.slots.items() if other != name}
        return replace(self, slots=kept if slot is None else {**self.slots, name: slot})


Change = tuple[Kind, str, PlaceScore | None, PlaceScore | None, _State]


def explain(before: Side, after: Side) -> Explanation:
    """The change from one week to the other, step by step; contributions are None where one of them has no score."""
    at, last = before.points, after.points
    changes = list(_changes(before, after))
    steps = []
    for kind, subject, old, new, state in changes:
        if at is None or last is None:
            steps.append(Step(kind, subject, old, new))
            continue
        reached = state.points()
        # A state that holds nothing valid has no points of its own: the score stands still until the next step.
        now = at if reached is None else reached
        steps.append(Step(kind, subject, old, new, now - at, now))
        at = now
    return Explanation(before, after, tuple(steps))


def _changes(before: Side, after: Side) -> Iterator[Change]:
    """Every change with the state it leads to, in the fixed order."""
    old, new = _comparable(before.definition, after.definition)
    slots = {place.name: _Slot(place, before.account, before.reading) for place in old.places}
    state = _State(old.groups, slots, before.score.cap, before.override)
    for change in _defined(state, old, new, before):
        state = change[-1]
        yield change
    for change in _measured(state, new, after):
        state = change[-1]
        yield change
    cap = after.score.cap
    if cap != state.cap:
        state = replace(state, cap=cap)
        yield "exceptions", CAP, None, None, state
    if after.override != before.override:
        yield "override", HAND, None, None, replace(state, override=after.override)


def _defined(state: _State, old: Definition, new: Definition, before: Side) -> Iterator[Change]:
    """From the old definition to the new one, on the rows of the first week."""
    for place in new.places:
        known = state.slots.get(place.name)
        if known is None or known.place != place:
            slot = _Slot(place, before.account, before.reading)
            state = state.with_slot(place.name, slot)
            yield "definition", place.name, known.score if known else None, slot.score, state
    for place in old.places:
        if place.name not in {each.name for each in new.places}:
            gone = state.slots[place.name].score
            state = state.with_slot(place.name, None)
            yield "definition", place.name, gone, None, state
    if any(state.groups[grp] != weight for grp, weight in new.groups.items()):
        state = replace(state, groups=new.groups)
        yield "definition", GROUPS, None, None, state
    cap = replace(before, definition=new).score.cap
    if cap != state.cap:
        yield "definition", CAP, None, None, replace(state, cap=cap)


def _measured(state: _State, new: Definition, after: Side) -> Iterator[Change]:
    """From the rows of the first week to those of the second, then from its exceptions to those of the second."""
    names = [place.name for place in new.places]
    for kind in ("data", "values"):
        for name in names:
            slot = state.slots[name]
            fresh = replace(slot, reading=after.reading)
            old, now = slot.score, fresh.score
            is_data = (old.points is None) != (now.points is None) or (now.points is None and old.status != now.status)
            if slot.reading is after.reading or is_data != (kind == "data"):
                continue
            state = state.with_slot(name, fresh)
            if is_data or (old.points, old.value) != (now.points, now.value):
                yield ("data" if is_data else "values"), name, old, now, state
    for name in names:
        slot = state.slots[name]
        fresh = replace(slot, account=after.account)
        if fresh.score != slot.score:
            state = state.with_slot(name, fresh)
            yield "exceptions", name, slot.score, fresh.score, state


def _comparable(old: Definition, new: Definition) -> tuple[Definition, Definition]:
    """The old definition with weights on the scale of the new: where both weigh alike, none seems to change.

    Weights only count relative to each other. So each is scaled by what groups, and measures of a group, have in
    common; and groups of the new definition alone stand in the old one as well, as long as no measure is in them.
    """
    common = [grp for grp in old.groups if grp in new.groups]
    scale = _scale([old.groups[grp] for grp in common], [new.groups[grp] for grp in common])
    groups = dict(new.groups) | {grp: _near(weight * scale, new.groups.get(grp)) for grp, weight in old.groups.items()}
    places = tuple(_scaled(place, old, new) for place in old.places)
    return replace(old, groups=groups, places=places), new


def _scaled(place: Place, old: Definition, new: Definition) -> Place:
    """A place of the old definition with its weights on the scale of the new."""
    now = {each.name: each for each in new.places if each.grp == place.grp}
    pairs = [(each, now[each.name]) for each in old.places if each.grp == place.grp and each.name in now]
    scale = _scale([each.rules[-1].weight for each, _ in pairs], [each.rules[-1].weight for _, each in pairs])
    if scale == 1:
        return place
    same = now.get(place.name)
    weights = [rule.weight for rule in same.rules] if same and len(same.rules) == len(place.rules) else None
    rules = tuple(
        replace(rule, weight=_near(rule.weight * scale, weights[nth] if weights else None))
        for nth, rule in enumerate(place.rules)
    )
    return replace(place, rules=rules)


def _scale(old: list[float], new: list[float]) -> float:
    return sum(new) / sum(old) if old and sum(old) else 1.0


def _near(weight: float, wanted: float | None) -> float:
    """The wanted weight where rounding alone keeps the two apart."""
    return wanted if wanted is not None and abs(weight - wanted) < 1e-9 * max(1.0, wanted) else weight

"""What the tables of accounts share: sort, filter by state, search and page, all read from the address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from dashboard import marks, reads
from dashboard.address import Address
from dashboard.look import Look
from dashboard.reads import Pick, Sort

MOST_PAGES = 100_000


@dataclass(frozen=True)
class Listing:
    """One page of accounts, as an address asks for it."""

    sort: Sort
    pick: Pick
    page: int
    pages: int
    total: int
    weight: float
    first: int

    @property
    def last(self) -> int:
        """Number of the last account a full page would hold."""
        return self.total

    @property
    def is_picked(self) -> bool:
        """Whether a state or a search leaves accounts out."""
        return bool(self.pick.states or self.pick.text or self.pick.conflict)


def listing(
    look: Look, rows: int, orders: Sequence[str], default: Sort, conflicts: Mapping[str, str] | None = None
) -> Listing:
    """The page the address asks for; what cannot be is replaced by the nearest that can.

    `conflicts` are the kinds accounts can be picked by, with their labels.
    """
    pick = _pick(look, conflicts or {})
    total, weight = reads.account_count(look.generation, look.scope, look.week, look.views, pick)
    pages = max(ceil(total / rows), 1)
    page = min(max(_number(look.address.more.get("page")), 1), pages)
    return Listing(_sort(look.address, orders, default), pick, page, pages, total, weight, (page - 1) * rows)


def _sort(address: Address, orders: Sequence[str], default: Sort) -> Sort:
    by, _, way = address.more.get("sort", "").partition(":")
    return Sort(by, way == "asc") if by in orders and way in ("asc", "desc") else default


def _pick(look: Look, conflicts: Mapping[str, str]) -> Pick:
    """States as `only=vendor_risk:red`, several joined by a comma; a conflict by its name; search as `find=text`."""
    pairs = (part.partition(":") for part in look.address.more.get("only", "").split(","))
    states = (*marks.SCORED, "unscored", *reads.DOUBTS)
    found = tuple((view, state) for view, _, state in pairs if view in look.views and state in states)
    conflict = look.address.more.get("conflict", "")
    return Pick(found, look.address.more.get("find", "").strip(), conflict if conflict in conflicts else "")


def chips(look: Look, found: Listing, conflicts: Mapping[str, str] | None = None) -> list[dict[str, str]]:
    """What is picked, each with the link that lets it go."""
    made = []
    if found.pick.conflict:
        label = (conflicts or {}).get(found.pick.conflict, found.pick.conflict)
        made.append({"text": label, "href": look.address.here(conflict=None, page=None)})
    for view, state in found.pick.states:
        card = look.card(view)
        assert card is not None
        rest = ",".join(f"{v}:{s}" for v, s in found.pick.states if (v, s) != (view, state))
        word = "not scored" if state == "unscored" else state
        word = marks.word(state, card.is_expansion).lower() if state in marks.SCORED else word
        made.append({"text": f"{card.title} {word}", "href": look.address.here(only=rest or None, page=None)})
    if found.pick.text:
        made.append({"text": f"“{found.pick.text}”", "href": look.address.here(find=None, page=None)})
    return made


def only(look: Look, found: Listing, view: str, state: str) -> str:
    """The link that picks one state of one view; of the state already picked, the link that lets it go."""
    others = [(v, s) for v, s in found.pick.states if v != view]
    chosen = others if (view, state) in found.pick.states else [*others, (view, state)]
    return look.address.here(only=",".join(f"{v}:{s}" for v, s in chosen) or None, page=None)


def _number(text: str | None) -> int:
    return min(int(text), MOST_PAGES) if text and text.isascii() and text.isdigit() and len(text) < 9 else 1

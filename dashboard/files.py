"""Tables as CSV, and pages, handed out by a link no one can guess: made when it is followed, for whom it was drawn."""

import hashlib
import hmac
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import pandas as pd

KEPT = 2_000
FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SECRET = secrets.token_bytes(32)


@dataclass(frozen=True)
class Offer:
    """A table or page that can be fetched: its file name, how it is made, and which of the two it is."""

    name: str
    make: Callable[[], pd.DataFrame | str]
    kind: Literal["csv", "html"] = "csv"


_offers: "OrderedDict[str, Offer]" = OrderedDict()
_lock = threading.Lock()


def offer(name: str, key: str, make: Callable[[], pd.DataFrame]) -> str:
    """The link under which the table can be fetched. `key` tells tables apart: generation, scope, week and sort.

    What a reader may see is decided by the screen that makes the offer; the link carries no question of its own.
    """
    return _offered(Offer(name, make), key)


def page(name: str, key: str, make: Callable[[], str]) -> str:
    """The link under which a whole page of HTML can be fetched, as `offer` does for a table."""
    return _offered(Offer(name, make, "html"), key)


def _offered(made: Offer, key: str) -> str:
    name = made.name
    token = hmac.new(_SECRET, f"{name}\0{key}".encode(), hashlib.sha256).hexdigest()[:40]
    with _lock:
        _offers[token] = made
        _offers.move_to_end(token)
        while len(_offers) > KEPT:
            _offers.popitem(last=False)
    return f"file/{token}/{name}"


def taken(token: str) -> Offer | None:
    """The offer behind a link; None when it was never made here or is too old."""
    with _lock:
        return _offers.get(token)


def csv(table: pd.DataFrame) -> str:
    """The table as CSV text. A cell of text that a spreadsheet would run as a formula starts with an apostrophe."""
    safe = table.copy()
    for column in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[column]) and not pd.api.types.is_datetime64_any_dtype(safe[column]):
            safe[column] = safe[column].map(_as_text, na_action="ignore")
    return str(safe.to_csv(index=False, lineterminator="\r\n"))


def _as_text(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value

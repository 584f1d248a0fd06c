"""Tables as CSV, handed out by a link no one can guess: made when it is followed, for who the screen was drawn for."""

import hashlib
import hmac
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

KEPT = 2_000
FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SECRET = secrets.token_bytes(32)


@dataclass(frozen=True)
class Offer:
    """A table that can be fetched: its file name, and how it is made."""

    name: str
    make: Callable[[], pd.DataFrame]


_offers: "OrderedDict[str, Offer]" = OrderedDict()
_lock = threading.Lock()


def offer(name: str, key: str, make: Callable[[], pd.DataFrame]) -> str:
    """The link under which the table can be fetched. `key` tells tables apart: generation, scope, week and sort.

    What a reader may see is decided by the screen that makes the offer; the link carries no question of its own.
    """
    token = hmac.new(_SECRET, f"{name}\0{key}".encode(), hashlib.sha256).hexdigest()[:40]
    with _lock:
        _offers[token] = Offer(name, make)
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

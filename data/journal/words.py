"""Words and moments as the journal takes them: what no database or page can show is left out, and texts have an end."""

import re
from datetime import UTC, datetime

from data.errors import UserError
from data.journal.limits import LONGEST_NAME

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
"""Characters that no database, page or sheet shows, and those that turn the writing around them."""


class NotTaken(UserError):
    """An entry that can't be taken as it is; the message says what to change."""


def paragraph(words: str, noun: str, missing: str, longest: int) -> str:
    """A text of several lines. Raises `NotTaken`: `missing` where there is nothing in it."""
    return _fitting(UNPRINTABLE.sub("", words.replace("\r\n", "\n")).strip(), noun, missing, longest)


def line(words: str, noun: str, missing: str, longest: int = LONGEST_NAME) -> str:
    """A text of one line. Raises `NotTaken`: `missing` where there is nothing in it."""
    return _fitting(" ".join(UNPRINTABLE.sub("", words).split()), noun, missing, longest)


def person(words: str) -> str:
    """The name of whoever enters something. Raises `NotTaken`."""
    return line(words, "name", "Say who you are: an entry needs a name.")


def stored(moment: datetime) -> datetime:
    """A moment as the tables hold it: UTC, to the second."""
    return moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)


def _fitting(plain: str, noun: str, missing: str, longest: int) -> str:
    if not plain:
        raise NotTaken(missing)
    if len(plain) > longest:
        raise NotTaken(f"The {noun} has {len(plain):,} characters; {longest:,} fit.")
    return plain

"""Words of a finding: amounts the company's way, counts spelled out, names joined, a sentence that fits its line."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.format import Formats
from dashboard.reads.company import Company, department

TITLE = 95
PANEL = 82
NAME = 40
SPELLED = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclass(frozen=True)
class Voice:
    """How findings speak of one company: in ARR where there is any, else in accounts; by the names of its owners."""

    company: Company

    @property
    def formats(self) -> Formats:
        return self.company.formats

    def amount(self, weight: float) -> str:
        """$11.3M, or 152 accounts where there is no ARR."""
        return self.formats.money(weight) if self.company.has_arr else counted(round(weight), "account", self.formats)

    def bare(self, weight: float) -> str:
        """The amount without a noun, for a second mention: $7.4M, or 31."""
        return self.formats.money(weight) if self.company.has_arr else self.formats.count(weight)

    @property
    def of_all(self) -> str:
        """What shares are shares of."""
        return "of ARR" if self.company.has_arr else "of accounts"

    @property
    def base(self) -> str:
        """The noun of the weight: ARR, or accounts."""
        return "ARR" if self.company.has_arr else "accounts"

    @property
    def is_or_are(self) -> str:
        """The verb that goes with an amount of the weight: ARR is, accounts are."""
        return "is" if self.company.has_arr else "are"

    def is_state(self, weight: float, state: str) -> str:
        """$11.3M of ARR is red, or 152 accounts are red."""
        if self.company.has_arr:
            return f"{self.amount(weight)} of ARR is {state}"
        return f"{self.amount(weight)} {'is' if round(weight) == 1 else 'are'} {state}"

    def holder(self, function: str) -> str:
        """Imani Okafor’s Support, or Support where nobody is named."""
        person = self.company.owner(function)
        return function if person == function else f"{possessive(person)} {department(function)}"

    def holds(self, function: str, weight: float, whole: float) -> str:
        """Imani Okafor’s Support holds $7.4M of it; or all of it."""
        part = "all" if weight >= whole * 0.999 else self.bare(weight)
        return f"{self.holder(function)} holds {part} of it"


def fitting(*sentences: str, limit: int = TITLE) -> str:
    """The first sentence that fits its line, told from rich to short; the shortest when none does."""
    return next((s for s in sentences if len(s) <= limit), min(sentences, key=len))


def spelled(n: int, formats: Formats) -> str:
    """A count in words up to twelve, in figures beyond."""
    return SPELLED[n] if 0 <= n < len(SPELLED) else formats.count(n)


def counted(n: int, noun: str, formats: Formats) -> str:
    """1 account, 23 accounts."""
    return f"{formats.count(n)} {noun if n == 1 else plural(noun)}"


def plural(noun: str) -> str:
    """The plural of the few nouns we count."""
    return noun[:-1] + "ies" if noun.endswith("y") and noun[-2] not in "aeiou" else noun + "s"


def capital(sentence: str) -> str:
    """The sentence with a capital, the rest as it is."""
    return sentence[:1].upper() + sentence[1:]


def lower(words: str) -> str:
    """A label inside a sentence: its first letter small unless the word is all capitals, like NPS."""
    first = words.split(" ", 1)[0]
    return words if first.isupper() and len(first) > 1 else words[:1].lower() + words[1:]


def possessive(name: str) -> str:
    """Imani Okafor’s; a name in s takes the apostrophe alone."""
    return name + ("’" if name.endswith("s") else "’s")


def joined(names: Sequence[str]) -> str:
    """a, b and c."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def shortened(name: str, most: int = NAME) -> str:
    """A name that fits a title: the longest ones are cut where a word ends, and show it."""
    flat = " ".join(name.split())
    if len(flat) <= most:
        return flat or "An account without a name"
    head = flat[: most - 1]
    return (head.rsplit(" ", 1)[0] if " " in head[most // 2 :] else head).rstrip(" ,;") + "…"

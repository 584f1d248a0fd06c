"""The staged rows that can be loaded, joined to what they belong to: their account and their exchange rate."""

from dataclasses import dataclass

from data.columns import Source
from data.currency import RATE_DAYS, is_foreign, rate_day
from data.staging import SCRATCH, staged


@dataclass(frozen=True)
class Matched:
    """A source's staged rows as `s`, their account as `a`, their parent as `parent` and their rate as `r`, in SQL."""

    tables: str
    condition: str

    @property
    def rows(self) -> str:
        """Everything behind a list of columns."""
        return f"from {self.tables} where {self.condition}"


def matched(source: Source, foreign_to: str | None) -> Matched:
    """The rows that are neither refused nor unmatched; duplicates are still among them.

    `foreign_to` is the reporting currency where the source has money of others, else None.
    """
    tables, conditions = [f"{staged(source)} as s"], ["s.is_row", "s.trouble is null"]
    if source.column("account_id"):
        tables.append(f"left join {SCRATCH}.account_codes as a on a.code = s.account_id")
        conditions.append("(s.account_id is null or a.account_id is not null)")
    if source.column("parent_account_id"):
        tables.append(f"left join {SCRATCH}.account_codes as parent on parent.code = s.parent_account_id")
    if foreign_to:
        tables.append(f"left join {RATE_DAYS} as r on r.currency = upper(s.currency) and r.day_on = {rate_day(source)}")
        conditions.append(f"(r.rate is not null or not {is_foreign(foreign_to)})")
    return Matched(" ".join(tables), " and ".join(conditions))

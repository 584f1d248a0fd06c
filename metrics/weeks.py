"""The weeks a build describes: their ends, and which of them are shown."""

from datetime import date, timedelta

from data.company import Company
from metrics.engines import Engine

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def last_week_end(company: Company, newest: date | None, today: date) -> date:
    """The week end the company's numbers describe.

    `as_of` of company.toml, moved on to its week end; else the first week end on or after the newest event row,
    or the one before it while that day is still to come. Without any event row: the last week end before today.
    """
    if company.as_of is not None:
        return week_end_on_or_after(company.as_of, company.week_ends)
    end = week_end_on_or_after(newest or today, company.week_ends)
    return end if end <= today else end - timedelta(weeks=1)


def week_end_on_or_after(day: date, week_ends: str) -> date:
    """The day itself when the week ends on it, else the next such weekday."""
    return day + timedelta(days=(WEEKDAYS.index(week_ends) - day.weekday()) % 7)


def make_weeks(engine: Engine, as_of: date, shown: int, lead: int) -> None:
    """The table `weeks`: `shown` weeks up to as_of and `lead` weeks before them that only feed windows.

    Also `numbers`, 0 to 120, for terms that repeat.
    """
    engine.table(
        "weeks",
        """
        select
            cast(cast($as_of as date) - cast(7 * (n - 1) as int) as date) as as_of,
            cast($total - n + 1 as int) as week_no,
            n <= $shown as is_shown
        from generate_series(1, $total) as s(n)
        order by as_of
        """,
        {"as_of": as_of, "total": shown + lead, "shown": shown},
    )
    engine.table("numbers", "select cast(n as int) as n from generate_series(0, 120) as s(n)")

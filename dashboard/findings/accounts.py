"""What *Accounts* says: how many changed band, which way, and which of them is the largest."""

from collections.abc import Mapping, Sequence
from datetime import date

from dashboard.findings.week import Moved
from dashboard.format import week_number
from dashboard.marks import EXPANSION, word
from dashboard.voice import Voice, counted, fitting, shortened


def title(
    moved: Moved, largest: Sequence[Mapping[str, object]], titles: Mapping[str, str], total: int, voice: Voice
) -> str:
    """How many accounts got worse and better this week, and the largest of them; or that none moved."""
    f = voice.formats
    if not total and not moved.accounts:
        return "No account fits this choice"
    if not moved.accounts:
        who = "The one account kept its band" if total == 1 else f"All {f.count(total)} accounts kept their band"
        return f"{who} in every view this week"
    way = -1 if moved.worse >= moved.better else 1
    row = next((r for r in largest if (int(str(r["step"])) < 0) == (way < 0)), None)
    count, verb, other = (moved.worse, "worse", moved.better) if way < 0 else (moved.better, "better", moved.worse)
    opening = (
        f"{counted(count, 'account', f)} got {verb} this week, {f.count(other)} got {'better' if way < 0 else 'worse'}"
    )
    if row is None:
        return opening
    view = str(row["view"])
    state = word(str(row["now"]), view == EXPANSION).lower()
    name = shortened(str(row["name"] or row["account_code"]), 30)
    return fitting(
        f"{opening}; {name} is the largest, now {state} in {titles[view]}", f"{opening}; {name} is the largest", opening
    )


def line(total: int, weight: float, is_picked: bool, week: date, voice: Voice) -> str:
    """How many accounts the table holds."""
    f = voice.formats
    what = f"{counted(total, 'account', f)}{' fit' if is_picked and total != 1 else ' fits' if is_picked else ''}"
    arr = f", {f.money(weight)} ARR" if voice.company.has_arr else ""
    return f"Week {week_number(week)}, to {f.day(week)} · {what}{arr} · live this week"

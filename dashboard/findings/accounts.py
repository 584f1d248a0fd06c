"""What *Accounts* says: how many changed band, which way, and which of them is the largest."""

from collections.abc import Mapping, Sequence
from datetime import date

from dashboard.findings.week import Moved
from dashboard.format import week_number
from dashboard.marks import EXPANSION, word
from dashboard.voice import Voice, counted, fitting, shortened


def title(
    moved: Moved,
    largest: Sequence[Mapping[str, object]],
    titles: Mapping[str, str],
    total: int,
    has_scores: bool,
    is_picked: bool,
    voice: Voice,
) -> str:
    """How many accounts got worse and better this week, and the largest of them; or that none moved, or is scored."""
    f = voice.formats
    if not total:
        return "No account fits this choice" if is_picked else "No account is live this week"
    if not has_scores:
        who = "The one account has" if total == 1 else f"None of the {f.count(total)} accounts has"
        return f"{who} {'no' if total == 1 else 'a'} score yet"
    if not moved.accounts:
        who = "The one account kept its band" if total == 1 else f"All {f.count(total)} accounts kept their band"
        return f"{who} in every view this week"
    way = -1 if moved.worse >= moved.better else 1
    row = next((r for r in largest if (int(str(r["step"])) < 0) == (way < 0)), None)
    count, verb, other = (moved.worse, "worse", moved.better) if way < 0 else (moved.better, "better", moved.worse)
    others = f.count(other) if other else "none"
    opening = f"{counted(count, 'account', f)} got {verb} this week, {others} got {'better' if way < 0 else 'worse'}"
    if row is None:
        return opening
    view = str(row["view"])
    state = word(str(row["now"]), view == EXPANSION).lower()
    name = shortened(str(row["name"] or row["account_code"]), 30)
    what = "is the largest" if voice.company.has_arr else "is one of them"
    return fitting(f"{opening}; {name} {what}, now {state} in {titles[view]}", f"{opening}; {name} {what}", opening)


def line(total: int, weight: float, is_picked: bool, week: date, voice: Voice) -> str:
    """How many accounts the table holds."""
    f = voice.formats
    what = f"{counted(total, 'account', f)}{' fit' if is_picked and total != 1 else ' fits' if is_picked else ''}"
    arr = f", {f.money(weight)} ARR" if voice.company.has_arr else ""
    return f"Week {week_number(week)}, to {f.day(week)} · {what}{arr} · live this week"

"""A comparison of scorecards in words: as a Markdown comment for a pull request."""

from metrics.diff import Diff, Moved, ViewDiff

LISTED = 20
"""Accounts a comment lists of each view."""
ESCAPED = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]()#+-.!|~"} | {"<": "&lt;", ">": "&gt;", "&": "&amp;"})
"""What would be markup in a customer's text."""


def amount(found: Diff, weight: float) -> str:
    """ARR in the company's currency; without any ARR, accounts."""
    return f"{found.currency} {weight:,.0f}" if found.has_arr else f"{weight:,.0f}"


def share(found: Diff, weight: float) -> str:
    """The part of all ARR, or of all accounts."""
    return f"{weight / found.total:.1%}".replace("%", " %") if found.total else "–"


def summary(view: ViewDiff) -> str:
    """How many accounts change band, of those scored."""
    n = sum(change.accounts for change in view.changes)
    return f"{n:,} of {view.scored:,} scored accounts change band" if n else "no account changes band"


def mean_words(view: ViewDiff) -> str:
    """How far the mean score moves; nothing where none is scored by both."""
    if view.mean_was is None or view.mean_is is None:
        return ""
    return f"mean score {view.mean_was:.1f} → {view.mean_is:.1f}"


def markdown(found: Diff) -> str:
    """The whole comparison, to be posted as it is. A customer's name is text in it, never markup."""
    head = [
        f"### Scorecards on {_text(found.company)}, week to {found.as_of}",
        "",
        *(_overview(found) if found.views else ["No view is scored otherwise: nobody changes band."]),
    ]
    parts = [line for view in found.views for line in _of_view(found, view)]
    return "\n".join([*head, *parts, "", f"Scored from generation {found.generation}; nothing was built."]) + "\n"


def _overview(found: Diff) -> list[str]:
    unit = "ARR" if found.has_arr else "weight"
    lines = [f"| view | accounts that change band | {unit} | share | mean score |", "|---|--:|--:|--:|---|"]
    for view in found.views:
        n = sum(change.accounts for change in view.changes)
        cells = (view.title, f"{n:,}", amount(found, view.weight), share(found, view.weight), mean_words(view)[11:])
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _of_view(found: Diff, view: ViewDiff) -> list[str]:
    lines = ["", f"**{view.title}**: {'; '.join(_text(each) for each in view.changed)}", ""]
    if not view.changes:
        return [*lines, f"{summary(view).capitalize()}."]
    lines += [f"| was | becomes | accounts | {'ARR' if found.has_arr else 'weight'} |", "|---|---|--:|--:|"]
    lines += [
        f"| {change.was} | {change.now} | {change.accounts:,} | {amount(found, change.weight)} |"
        for change in view.changes
    ]
    lines += ["", "<details><summary>Accounts</summary>", "", "| account | ARR | was | becomes |", "|---|--:|---|---|"]
    lines += [_account(found, one) for one in view.moved[:LISTED]]
    more = len(view.moved) - LISTED
    return [*lines, *([f"| and {more:,} more | | | |"] if more > 0 else []), "", "</details>"]


def _account(found: Diff, one: Moved) -> str:
    name = " ".join((one.name or one.account).split())
    arr = "–" if one.arr is None else f"{found.currency} {one.arr:,.0f}"
    was, now = (_state(*end) for end in one.ends)
    return f"| {_text(name)} ({_text(one.account)}) | {arr} | {was} | {now} |"


def _state(status: str, points: float | None) -> str:
    return status if points is None else f"{status} {points:.0f}"


def _text(words: str) -> str:
    return " ".join(words.split()).translate(ESCAPED)

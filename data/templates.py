"""What `init` writes: a commented company.toml, a file with its header for every source, and notes on the columns."""

import json
from pathlib import Path

from data.company import AIMS, FILE, VIEWS, Company
from data.contract import SOURCES, contract_markdown
from data.errors import UserError

NOTES = {
    "currency": "What money is reported in. Rows in another currency carry it in a column `currency`; see rates.csv.",
    "locale": "How numbers and dates are written on screen.",
    "time_zone": "Moments that name their own zone are read as local time here.",
    "fiscal_year_starts": "Month the fiscal year starts in.",
    "week_ends": "Last day of a week.",
    "history_weeks": "Weeks that are shown.",
    "window_lead_weeks": "Weeks before them that only feed windows.",
    "as_of": "The day everything is told for; without it the first week end on or after the newest event row.",
    "profit_window_weeks": "Weeks profit is taken over; 0 is all time.",
    "profit_band": "An account within plus or minus this share of its revenue is neither profitable nor unprofitable.",
    "max_refused": "A build stops when a larger share of a source's rows can't be read.",
    "max_unmatched": "A build stops when a larger share of a source's rows belongs to no account.",
    "inactive_after_weeks": "Without subscriptions an account is live this long after an invoice.",
    "journal_url": "Where people's entries are kept; without it in journal.db of this folder.",
    "keep_generations": "Finished warehouses that are kept to roll back to.",
    "late_after_weeks": "Weeks after which a source counts as late.",
    "issue_cap": "Issues a meeting takes on at most.",
    "views": "The views that are shown; leave one out to switch it off.",
    "aim": f"What customer success is for here; its view comes first. One of {', '.join(AIMS)}.",
}
"""What each key is for, in the order they are written."""

EXAMPLES = {"as_of": "2026-11-15", "journal_url": '"postgresql://…"', "aim": '"early warning"'}
"""How a key without a default is written."""

TABLES = """# What a metric is compared with: a row of benchmarks.csv or a shipped one, as population, year, statistic.
# [benchmarks]
# net_revenue_retention = "private B2B SaaS, 2025, median"

# Names shown for the owners of measures.
# [owners]
# "Support" = "Maria Silva"

# Groups of measures that contradict each other when one is green and the other red.
# [[conflicts]]
# name  = "locked-in detractor"
# green = "vendor_outcomes.retention"
# red   = "vendor_outcomes.advocacy"

# Whom you want more of; without it the kinds that are most profitable now. Sizes go by accounts.employees.
# [profile]
# segment  = ["Enterprise"]
# industry = ["Automotive", "Food"]
# size     = ["250 to 999 people", "1,000 people or more"]

# How the files of a source are written. Without a section: dates as 2026-12-31, decimal ".", the delimiter that the
# first line uses most, UTF-8 unless a byte order mark says otherwise, complete to its last row.
# [sources.invoices]
# date_format = "%d/%m/%Y"
# decimal     = ","
# delimiter   = ";"
# encoding    = "latin-1"
# complete_to = 2026-10-31
"""

COLUMNS_HEAD = """# What goes where

One file a source, called by its name: `NAME.csv`, `NAME.parquet`, `NAME.xlsx`, or `NAME.sql`, a select that maps an
export to these columns (paths in it start at the company folder; workbooks in `raw/` are tables `raw_FILE_SHEET`).
Only `accounts` is required, and it may be empty. Of the other files fill in what you have and remove the rest: a file
with nothing but its header is not connected. A column with * needs a value in every row; the others may be left out.

Fill in by hand first what no system delivers: `contacts.role`, `features.is_advanced` and `goals`.

## How files are read

Nothing is guessed row by row. What a file does otherwise is declared for its source in company.toml.

| what | rule |
|---|---|
| columns | by the names in the first row, whatever their case and order; unknown ones are left out with a note |
| encoding | by the byte order mark, else `encoding`, else UTF-8; what can't be read becomes \ufffd and is counted |
| delimiter | `delimiter`, else the one of , ; tab \\| that the first row uses most |
| quotes | " round a field with a delimiter, a line end or a quote in it; a quote within is doubled |
| empty | a value of spaces only is empty; a line without any value is no row |
| dates | 2026-12-31, a time behind it may follow; or `date_format`. From 1900 to 2199 |
| moments | 2026-12-31 16:05:00 in local time; with Z or +01:00 behind it is turned into local time |
| numbers | `decimal` is the decimal sign, default a point; the other sign, a space or ' may part thousands |
| true, false | true, t, yes, y, 1; false, f, no, n, 0 |
| choices | whatever their case, with spaces for _ |
| ids | text as it stands: 007 is not 7 |
| keys | of two rows with one key the first stays |
| accounts | a row whose account is not in `accounts` or `account_aliases` is set aside as unmatched |
| future | a row that is known only after today is refused |
| money | in the company's currency, or by `currency` at the rate of the row's own day |

Every row that is not loaded is kept with its file, line, column, value and reason: see *Data* in the app, or `check`.

"""


class AlreadyThere(UserError):
    """A file that `init` would have to overwrite."""


def write_templates(folder: Path, name: str) -> None:
    """Write a company folder to fill in. Raises `AlreadyThere`, and writes nothing, when any of its files exist."""
    files = {folder / FILE: company_toml(name), folder / "sources" / "COLUMNS.md": COLUMNS_HEAD + contract_markdown()}
    for source in SOURCES.values():
        files[folder / "sources" / f"{source.name}.csv"] = ",".join(column.name for column in source.columns) + "\n"
    there = [path for path in files if path.exists()]
    if there:
        raise AlreadyThere(f"{there[0]} is there already, and nothing was written. Name a folder that does not exist.")
    (folder / "sources").mkdir(parents=True, exist_ok=True)
    for path, text in files.items():
        path.write_text(text, encoding="utf-8", newline="\n")


def company_toml(name: str) -> str:
    """A company.toml with every key, its default and what it is for; all but the name commented out."""
    lines = [f"name = {json.dumps(name, ensure_ascii=False)}", ""]
    for key, note in NOTES.items():
        lines += [f"# {note}", f"# {key} = {_default(key)}", ""]
    return "\n".join([*lines, TABLES])


def _default(key: str) -> str:
    """The default of a key as TOML."""
    if key in EXAMPLES:
        return EXAMPLES[key]
    if key == "views":
        return "[\n" + "".join(f'#     "{view}",\n' for view in VIEWS) + "# ]"
    return json.dumps(Company.model_fields[key].default)

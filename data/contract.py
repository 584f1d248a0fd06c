"""The source tables a company may give us: declared once, for loading, `check`, `init` and the documentation."""

from functools import partial

from data.columns import KIND_WORDS, SQL_TYPES, Column, Kind, Source, source_markdown

__all__ = ["KIND_WORDS", "REFERENCES", "SOURCES", "SQL_TYPES", "Column", "Kind", "Source", "contract_markdown"]


def _column(
    kind: Kind,
    name: str,
    note: str = "",
    choices: tuple[str, ...] = (),
    low: float | None = None,
    high: float | None = None,
) -> Column:
    """A column as it is written below: a name with a star needs a value in every row."""
    return Column(name.rstrip("*"), kind, name.endswith("*"), note, choices, low, high)


_text, _date, _moment = partial(_column, "text"), partial(_column, "date"), partial(_column, "timestamp")
_month, _money, _claim = partial(_column, "month"), partial(_column, "money"), partial(_column, "boolean")
_number, _whole = partial(_column, "number"), partial(_column, "integer")
_grade = partial(_column, "integer", low=1, high=5)

_ACCOUNT = _text("account_id*", "the account, by the id `accounts` uses")
_ACCOUNT_IF_ANY = _text("account_id", "the account, by the id `accounts` uses; empty where there is none")
_PRODUCT = _text("product_id", "the product, by the id `products` uses")
_CURRENCY = _text("currency", "ISO code of the row's money; default the company's currency")

# fmt: off
_ALL = (
    Source(
        "accounts", key=("account_id",),
        note="the companies you serve; the only source that is required",
        spans=(("joined_on", "closed_on"),),
        columns=(
            _text("account_id*", "your id; leading zeros stay"), _text("name*"), _text("industry"), _text("segment"),
            _text("region"), _text("country"), _text("parent_account_id", "the account this one belongs to"),
            _text("csm", "customer success manager"), _text("sales_rep"), _text("channel"),
            _date("joined_on", "default the earliest row of any source"),
            _date("closed_on", "first day on which it is no account any more"),
            _text("join_reason", choices=("earned", "bought")), _whole("employees"),
        ),
    ),
    Source(
        "account_aliases", key=("alias",),
        note="ids per system and merged accounts: wherever `alias` is met, `account_id` is read",
        columns=(_text("alias*", "an id met in any source"), _text("account_id*", "the account it is read as")),
    ),
    Source(
        "contacts", key=("contact_id", "account_id"),
        note="the people at an account",
        known_on="joined_on", is_quiet=True, spans=(("joined_on", "left_on"),),
        columns=(
            _text("contact_id*"), _ACCOUNT, _text("name"),
            _text("role", choices=("economic_buyer", "champion", "sponsor", "influencer", "end_user")),
            _date("joined_on"), _date("left_on"),
        ),
    ),
    Source(
        "products", key=("product_id",),
        note="what you sell",
        columns=(_text("product_id*"), _text("name*"), _money("list_price", "per unit and year")),
    ),
    Source(
        "events", key=("event_id",),
        note="what the time charts mark: a launch, a price change",
        known_on="happened_on", is_event=True,
        columns=(_text("event_id*"), _date("happened_on*"), _text("name*"), _ACCOUNT_IF_ANY),
    ),
    Source(
        "features", key=("feature",),
        note="what users can do in a product",
        columns=(_text("feature*"), _PRODUCT, _claim("is_advanced")),
    ),
    Source(
        "subscriptions", key=("subscription_id", "product_id", "starts_on"),
        note="one product, one price, one period: a price change ends a row and starts one",
        known_on="starts_on", may_lie_ahead=True, is_quiet=True, spans=(("starts_on", "ends_on"),),
        rate_on=("starts_on",),
        columns=(
            _text("subscription_id*"), _ACCOUNT, _PRODUCT, _date("starts_on*"),
            _date("ends_on", "first day without service; empty while it runs"),
            _money("arr*", "yearly recurring revenue"), _whole("seats"), _whole("term_months"),
            _date("cancelled_on", "day notice was given"), _claim("auto_renew"), _text("end_reason"), _CURRENCY,
        ),
    ),
    Source(
        "invoices", key=("invoice_line_id",),
        note="one row per invoice line",
        known_on="invoiced_on", is_event=True, spans=(("starts_on", "ends_on"),), rate_on=("invoiced_on",),
        columns=(
            _text("invoice_line_id*"), _text("invoice_id"), _ACCOUNT, _PRODUCT, _date("invoiced_on*"),
            _date("due_on"), _date("paid_on"), _number("quantity"),
            _money("net_revenue*", "below zero for a credit note"), _money("list_revenue", "at list price"),
            _money("product_cost", "missing on any line: the account's profit is unknown, never revenue"),
            _date("starts_on", "first day of service; revenue and cost are spread evenly by day"),
            _date("ends_on", "first day after service; without both they fall on invoiced_on"), _CURRENCY,
        ),
    ),
    Source(
        "service_costs", key=("cost_id",),
        note="what serving an account costs: an amount, or minutes and an hourly rate",
        known_on="incurred_on", is_event=True, rate_on=("incurred_on",),
        columns=(
            _text("cost_id*"), _ACCOUNT, _date("incurred_on*"),
            _text("activity*", choices=("support", "fulfilment", "returns", "success", "services", "sales", "other")),
            _money("amount"), _number("minutes"), _money("hourly_rate"), _CURRENCY,
        ),
    ),
    Source(
        "overheads", key=("month", "pool"),
        note="costs no account causes alone",
        known_on="month", may_lie_ahead=True, rate_on=("month",),
        columns=(
            _month("month*"), _text("pool*"), _money("amount*"),
            _text("driver", "what it is shared out by", choices=("revenue", "orders", "units", "accounts", "minutes")),
            _number("capacity_minutes"), _CURRENCY,
        ),
    ),
    Source(
        "acquisition_costs", key=("cost_id",),
        note="what winning accounts costs: money, or hours and an hourly rate",
        known_on="incurred_on", is_event=True, rate_on=("incurred_on",),
        columns=(
            _text("cost_id*"), _date("incurred_on*"), _text("channel"), _ACCOUNT_IF_ANY,
            _text("kind", "what the amount is for; default media", choices=("media", "pay", "overhead", "referral")),
            _money("amount"), _number("hours"), _money("hourly_rate"), _CURRENCY,
        ),
    ),
    Source(
        "usage", key=("usage_id",),
        note="who used what on a day",
        known_on="used_on", is_event=True,
        columns=(
            _text("usage_id", "without this column no row counts as a duplicate"), _ACCOUNT,
            _text("subscription_id", "the subscription it was used under, by the id `subscriptions` uses"),
            _text("user_id"), _date("used_on*"), _PRODUCT, _text("feature"), _whole("uses*"),
        ),
    ),
    Source(
        "tickets", key=("ticket_id",),
        note="support cases",
        known_on="opened_at", is_event=True, spans=(("opened_at", "first_response_at"), ("opened_at", "closed_at")),
        columns=(
            _text("ticket_id*"), _ACCOUNT, _PRODUCT, _moment("opened_at*"), _moment("first_response_at"),
            _moment("closed_at"), _text("priority", choices=("low", "normal", "high", "urgent")),
            _text("kind", choices=("question", "defect", "enhancement")), _claim("is_repeat"), _grade("csat"),
        ),
    ),
    Source(
        "surveys", key=("response_id",),
        note="answers to surveys",
        known_on="answered_on", is_event=True,
        columns=(
            _text("response_id*"), _ACCOUNT_IF_ANY, _text("contact_id"),
            _text("kind*", choices=("nps", "sentiment", "sales", "onboarding", "support", "quality", "outcome")),
            _date("answered_on*"), _number("score*", "from 0 for nps, else from 1, up to score_max"),
            _number("score_max", "default 10 for nps, 5 otherwise"), _text("comment"),
        ),
    ),
    Source(
        "opportunities", key=("opportunity_id",),
        note="deals, open and closed",
        known_on="opened_on", is_event=True, spans=(("opened_on", "closed_on"),),
        rate_on=("opened_on", "expected_on", "closed_on"),
        columns=(
            _text("opportunity_id*"), _ACCOUNT_IF_ANY, _PRODUCT,
            _text("kind", choices=("new", "expansion", "renewal")), _date("opened_on"), _date("expected_on"),
            _date("closed_on", "empty until it is closed"), _money("amount"), _text("stage"), _claim("is_won"),
            _CURRENCY,
        ),
    ),
    Source(
        "projects", key=("project_id",),
        note="onboardings and service projects",
        known_on="started_on", is_event=True, is_quiet=True, spans=(("started_on", "finished_on"),),
        rate_on=("started_on", "promised_on", "finished_on"),
        columns=(
            _text("project_id*"), _ACCOUNT, _text("kind*", choices=("onboarding", "service")), _date("started_on"),
            _date("promised_on"), _date("finished_on"), _money("budget"), _money("cost"),
            _grade("quality", "as our own staff see it"), _CURRENCY,
        ),
    ),
    Source(
        "outages", key=("outage_id",),
        note="times without service",
        known_on="started_at", is_event=True, is_quiet=True, spans=(("started_at", "ended_at"),),
        columns=(
            _text("outage_id*"), _text("account_id", "empty: it hit every account"),
            _text("product_id", "empty: it hit every product"), _moment("started_at*"),
            _moment("ended_at", "empty while it lasts"),
        ),
    ),
    Source(
        "touchpoints", key=("touchpoint_id",),
        note="meetings, mails, events and references",
        known_on="happened_on", is_event=True,
        columns=(
            _text("touchpoint_id*"), _ACCOUNT, _text("contact_id"),
            _text("kind*", choices=(
                "event", "webinar", "training", "community", "reference",
                "meeting", "business_review", "email", "executive_call", "survey",
            )),
            _date("happened_on*"), _claim("attended", "came, answered, took it up"), _text("host"),
        ),
    ),
    Source(
        "goals", key=("goal_id",),
        note="what an account wants to reach with you",
        known_on="agreed_on", is_event=True, is_quiet=True,
        columns=(
            _text("goal_id*"), _ACCOUNT, _text("objective*"), _text("unit"), _number("baseline"), _number("target"),
            _number("actual"), _money("value", "what reaching it is worth to the client"),
            _money("client_cost", "what it cost the client"), _date("agreed_on"), _date("due_on"),
            _date("achieved_on"), _grade("rated_by_client"), _date("rated_on", "default achieved_on"),
        ),
    ),
    Source(
        "maturity", key=("account_id", "dimension", "assessed_on"),
        note="how far an account has come, by dimension",
        known_on="assessed_on", is_event=True,
        columns=(_ACCOUNT, _text("dimension*"), _grade("level*"), _date("assessed_on*")),
    ),
    Source(
        "risks", key=("risk_id",),
        note="known risks at an account",
        known_on="opened_on", is_event=True, is_quiet=True, spans=(("opened_on", "resolved_on"),),
        columns=(
            _text("risk_id*"), _ACCOUNT, _PRODUCT, _date("opened_on*"), _date("resolved_on"), _text("reason"),
            _text("owner"),
        ),
    ),
    Source(
        "standards", key=("observation_id",),
        note="observations of our own service standards",
        known_on="measured_on", is_event=True,
        columns=(
            _text("observation_id*"), _text("standard*"), _text("stage"), _ACCOUNT_IF_ANY, _date("measured_on*"),
            _number("value"), _claim("passed"),
        ),
    ),
    Source(
        "drivers", key=("account_id", "driver", "rated_on"),
        note="what drives an account's health, rated",
        known_on="rated_on", is_event=True,
        columns=(
            _ACCOUNT, _text("driver*"), _date("rated_on*"), _grade("rating*", "−1, 0 or 1", low=-1, high=1),
            _text("cause", choices=("us", "them")),
        ),
    ),
    Source(
        "finance", key=("month",),
        note="the company's own month",
        known_on="month", may_lie_ahead=True, rate_on=("month",),
        columns=(
            _month("month*"), _money("net_income*"), _number("fte*", "full-time equivalents"), _money("revenue"),
            _money("cost_of_revenue"), _CURRENCY,
        ),
    ),
    Source(
        "rates", key=("currency", "valid_from"),
        note="exchange rates; each is valid until the next",
        known_on="valid_from", may_lie_ahead=True,
        columns=(
            _text("currency*", "ISO code"), _date("valid_from*"),
            _number("rate*", "units of the reporting currency for one unit", low=1e-09, high=1e+09),
        ),
    ),
    Source(
        "benchmarks", key=("metric", "population", "year", "statistic"),
        note="what others reach",
        columns=(
            _text("metric*"), _text("population*"), _whole("year*"), _text("statistic*"), _number("value*"),
            _text("source*", "where the number was published"),
        ),
    ),
    Source(
        "targets", key=("metric", "period"),
        note="what we want to reach",
        columns=(_text("metric*"), _text("period*"), _number("value*")),
    ),
    Source(
        "measurements", key=("account_id", "measure", "measured_on"),
        note="a measure of your own; named in a scorecard it needs no SQL",
        known_on="measured_on", is_event=True,
        columns=(_ACCOUNT, _text("measure*"), _date("measured_on*"), _number("value*")),
    ),
)
# fmt: on

SOURCES: dict[str, Source] = {source.name: source for source in _ALL}
"""Every source by name, in the order they are loaded, listed and documented."""

REFERENCES = "references"
"""Touchpoints of kind reference. They may stay away for months while others come, so their days are told apart."""


def contract_markdown() -> str:
    """Every source table with its columns, as Markdown: what COLUMNS.md and the documentation print."""
    return "\n\n".join(source_markdown(source) for source in SOURCES.values()) + "\n"

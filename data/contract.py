"""The source tables a company may give us: declared once, for loading, `check`, `init` and the documentation."""

from data.columns import KIND_WORDS, SQL_TYPES, Column, Kind, Source, source_markdown

__all__ = ["KIND_WORDS", "REFERENCES", "SOURCES", "SQL_TYPES", "Column", "Kind", "Source", "contract_markdown"]


def _text(name: str, note: str = "", *choices: str) -> Column:
    return Column(name, "text", note=note, choices=choices)


def _must(name: str, kind: Kind = "text", note: str = "", choices: tuple[str, ...] = ()) -> Column:
    return Column(name, kind, required=True, note=note, choices=choices)


def _of(kind: Kind, *names: str) -> tuple[Column, ...]:
    return tuple(Column(name, kind) for name in names)


def _grade(name: str, note: str = "", low: float = 1, high: float = 5, required: bool = False) -> Column:
    return Column(name, "integer", required=required, note=note, low=low, high=high)


_ACCOUNT = _must("account_id", note="the account, by the id `accounts` uses")
_ACCOUNT_IF_ANY = Column("account_id", note="the account, by the id `accounts` uses; empty where there is none")
_PRODUCT = Column("product_id", note="the product, by the id `products` uses")
_CURRENCY = Column("currency", note="ISO code of the row's money; default the company's currency")

_ALL = (
    Source(
        "accounts",
        ("account_id",),
        (
            _must("account_id", note="your id; leading zeros stay"),
            _must("name"),
            *_of("text", "industry", "segment", "region", "country"),
            _text("parent_account_id", "the account this one belongs to"),
            _text("csm", "customer success manager"),
            *_of("text", "sales_rep", "channel"),
            Column("joined_on", "date", note="default the earliest row of any source"),
            Column("closed_on", "date", note="first day on which it is no account any more"),
            _text("join_reason", "", "earned", "bought"),
            Column("employees", "integer"),
        ),
        note="the companies you serve; the only source that is required",
        spans=(("joined_on", "closed_on"),),
    ),
    Source(
        "account_aliases",
        ("alias",),
        (
            _must("alias", note="an id met in any source"),
            _must("account_id", note="the account it is read as"),
        ),
        note="ids per system and merged accounts: wherever `alias` is met, `account_id` is read",
    ),
    Source(
        "contacts",
        ("contact_id", "account_id"),
        (
            _must("contact_id"),
            _ACCOUNT,
            _text("name"),
            _text("role", "", "economic_buyer", "champion", "sponsor", "influencer", "end_user"),
            *_of("date", "joined_on", "left_on"),
        ),
        note="the people at an account",
        known_on="joined_on",
        spans=(("joined_on", "left_on"),),
    ),
    Source(
        "products",
        ("product_id",),
        (_must("product_id"), _must("name"), Column("list_price", "money", note="per unit and year")),
        note="what you sell",
    ),
    Source(
        "events",
        ("event_id",),
        (_must("event_id"), _must("happened_on", "date"), _must("name"), _ACCOUNT_IF_ANY),
        note="what the time charts mark: a launch, a price change",
        known_on="happened_on",
        is_event=True,
    ),
    Source(
        "features",
        ("feature",),
        (_must("feature"), _PRODUCT, Column("is_advanced", "boolean")),
        note="what users can do in a product",
    ),
    Source(
        "subscriptions",
        ("subscription_id", "product_id", "starts_on"),
        (
            _must("subscription_id"),
            _ACCOUNT,
            _PRODUCT,
            _must("starts_on", "date"),
            Column("ends_on", "date", note="first day without service; empty while it runs"),
            _must("arr", "money", "yearly recurring revenue"),
            *_of("integer", "seats", "term_months"),
            Column("cancelled_on", "date", note="day notice was given"),
            Column("auto_renew", "boolean"),
            _text("end_reason"),
            _CURRENCY,
        ),
        note="one product, one price, one period: a price change ends a row and starts one",
        known_on="starts_on",
        may_lie_ahead=True,
        is_quiet=True,
        spans=(("starts_on", "ends_on"),),
        rate_on=("starts_on",),
    ),
    Source(
        "invoices",
        ("invoice_line_id",),
        (
            _must("invoice_line_id"),
            _text("invoice_id"),
            _ACCOUNT,
            _PRODUCT,
            _must("invoiced_on", "date"),
            *_of("date", "due_on", "paid_on"),
            Column("quantity", "number"),
            _must("net_revenue", "money", "below zero for a credit note"),
            Column("list_revenue", "money", note="at list price"),
            Column("product_cost", "money", note="missing on any line: the account's profit is unknown, never revenue"),
            Column("starts_on", "date", note="first day of service; revenue and cost are spread evenly by day"),
            Column("ends_on", "date", note="first day after service; without both they fall on invoiced_on"),
            _CURRENCY,
        ),
        note="one row per invoice line",
        known_on="invoiced_on",
        is_event=True,
        spans=(("starts_on", "ends_on"),),
        rate_on=("invoiced_on",),
    ),
    Source(
        "service_costs",
        ("cost_id",),
        (
            _must("cost_id"),
            _ACCOUNT,
            _must("incurred_on", "date"),
            _must("activity", choices=("support", "fulfilment", "returns", "success", "services", "sales", "other")),
            Column("amount", "money"),
            Column("minutes", "number"),
            Column("hourly_rate", "money"),
            _CURRENCY,
        ),
        note="what serving an account costs: an amount, or minutes and an hourly rate",
        known_on="incurred_on",
        is_event=True,
        rate_on=("incurred_on",),
    ),
    Source(
        "overheads",
        ("month", "pool"),
        (
            _must("month", "month"),
            _must("pool"),
            _must("amount", "money"),
            _text("driver", "what it is shared out by", "revenue", "orders", "units", "accounts", "minutes"),
            Column("capacity_minutes", "number"),
            _CURRENCY,
        ),
        note="costs no account causes alone",
        known_on="month",
        may_lie_ahead=True,
        rate_on=("month",),
    ),
    Source(
        "acquisition_costs",
        ("cost_id",),
        (
            _must("cost_id"),
            _must("incurred_on", "date"),
            _text("channel"),
            _ACCOUNT_IF_ANY,
            Column("amount", "money"),
            Column("hours", "number"),
            Column("hourly_rate", "money"),
            _CURRENCY,
        ),
        note="what winning accounts costs: money, or hours and an hourly rate",
        known_on="incurred_on",
        is_event=True,
        rate_on=("incurred_on",),
    ),
    Source(
        "usage",
        ("usage_id",),
        (
            Column("usage_id", note="without this column no row counts as a duplicate"),
            _ACCOUNT,
            _text("subscription_id", "the subscription it was used under, by the id `subscriptions` uses"),
            _text("user_id"),
            _must("used_on", "date"),
            _PRODUCT,
            _text("feature"),
            _must("uses", "integer"),
        ),
        note="who used what on a day",
        known_on="used_on",
        is_event=True,
    ),
    Source(
        "tickets",
        ("ticket_id",),
        (
            _must("ticket_id"),
            _ACCOUNT,
            _PRODUCT,
            _must("opened_at", "timestamp"),
            *_of("timestamp", "first_response_at", "closed_at"),
            _text("priority", "", "low", "normal", "high", "urgent"),
            _text("kind", "", "question", "defect", "enhancement"),
            Column("is_repeat", "boolean"),
            _grade("csat"),
        ),
        note="support cases",
        known_on="opened_at",
        is_event=True,
        spans=(("opened_at", "first_response_at"), ("opened_at", "closed_at")),
    ),
    Source(
        "surveys",
        ("response_id",),
        (
            _must("response_id"),
            _ACCOUNT_IF_ANY,
            _text("contact_id"),
            _must("kind", choices=("nps", "sentiment", "sales", "onboarding", "support", "quality", "outcome")),
            _must("answered_on", "date"),
            _must("score", "number", "from 0 for nps, else from 1, up to score_max"),
            Column("score_max", "number", note="default 10 for nps, 5 otherwise"),
            _text("comment"),
        ),
        note="answers to surveys",
        known_on="answered_on",
        is_event=True,
    ),
    Source(
        "opportunities",
        ("opportunity_id",),
        (
            _must("opportunity_id"),
            _ACCOUNT_IF_ANY,
            _PRODUCT,
            _text("kind", "", "new", "expansion", "renewal"),
            *_of("date", "opened_on", "expected_on"),
            Column("closed_on", "date", note="empty until it is closed"),
            Column("amount", "money"),
            _text("stage"),
            Column("is_won", "boolean"),
            _CURRENCY,
        ),
        note="deals, open and closed",
        known_on="opened_on",
        is_event=True,
        spans=(("opened_on", "closed_on"),),
        rate_on=("opened_on", "expected_on", "closed_on"),
    ),
    Source(
        "projects",
        ("project_id",),
        (
            _must("project_id"),
            _ACCOUNT,
            _must("kind", choices=("onboarding", "service")),
            *_of("date", "started_on", "promised_on", "finished_on"),
            *_of("money", "budget", "cost"),
            _grade("quality", "as our own staff see it"),
            _CURRENCY,
        ),
        note="onboardings and service projects",
        known_on="started_on",
        is_event=True,
        is_quiet=True,
        spans=(("started_on", "finished_on"),),
        rate_on=("started_on", "promised_on", "finished_on"),
    ),
    Source(
        "outages",
        ("outage_id",),
        (
            _must("outage_id"),
            Column("account_id", note="empty: it hit every account"),
            Column("product_id", note="empty: it hit every product"),
            _must("started_at", "timestamp"),
            Column("ended_at", "timestamp", note="empty while it lasts"),
        ),
        note="times without service",
        known_on="started_at",
        is_event=True,
        is_quiet=True,
        spans=(("started_at", "ended_at"),),
    ),
    Source(
        "touchpoints",
        ("touchpoint_id",),
        (
            _must("touchpoint_id"),
            _ACCOUNT,
            _text("contact_id"),
            _must(
                "kind",
                choices=(
                    "event",
                    "webinar",
                    "training",
                    "community",
                    "reference",
                    "meeting",
                    "business_review",
                    "email",
                    "executive_call",
                    "survey",
                ),
            ),
            _must("happened_on", "date"),
            Column("attended", "boolean", note="came, answered, took it up"),
            _text("host"),
        ),
        note="meetings, mails, events and references",
        known_on="happened_on",
        is_event=True,
    ),
    Source(
        "goals",
        ("goal_id",),
        (
            _must("goal_id"),
            _ACCOUNT,
            _must("objective"),
            _text("unit"),
            *_of("number", "baseline", "target", "actual"),
            Column("value", "money", note="what reaching it is worth to the client"),
            Column("client_cost", "money", note="what it cost the client"),
            *_of("date", "agreed_on", "due_on", "achieved_on"),
            _grade("rated_by_client"),
            Column("rated_on", "date", note="default achieved_on"),
        ),
        note="what an account wants to reach with you",
        known_on="agreed_on",
        is_event=True,
        is_quiet=True,
    ),
    Source(
        "maturity",
        ("account_id", "dimension", "assessed_on"),
        (_ACCOUNT, _must("dimension"), _grade("level", required=True), _must("assessed_on", "date")),
        note="how far an account has come, by dimension",
        known_on="assessed_on",
        is_event=True,
    ),
    Source(
        "risks",
        ("risk_id",),
        (
            _must("risk_id"),
            _ACCOUNT,
            _PRODUCT,
            _must("opened_on", "date"),
            Column("resolved_on", "date"),
            *_of("text", "reason", "owner"),
        ),
        note="known risks at an account",
        known_on="opened_on",
        is_event=True,
        is_quiet=True,
        spans=(("opened_on", "resolved_on"),),
    ),
    Source(
        "standards",
        ("observation_id",),
        (
            _must("observation_id"),
            _must("standard"),
            _text("stage"),
            _ACCOUNT_IF_ANY,
            _must("measured_on", "date"),
            Column("value", "number"),
            Column("passed", "boolean"),
        ),
        note="observations of our own service standards",
        known_on="measured_on",
        is_event=True,
    ),
    Source(
        "drivers",
        ("account_id", "driver", "rated_on"),
        (
            _ACCOUNT,
            _must("driver"),
            _must("rated_on", "date"),
            _grade("rating", "−1, 0 or 1", low=-1, high=1, required=True),
            _text("cause", "", "us", "them"),
        ),
        note="what drives an account's health, rated",
        known_on="rated_on",
        is_event=True,
    ),
    Source(
        "finance",
        ("month",),
        (
            _must("month", "month"),
            _must("net_income", "money"),
            _must("fte", "number", "full-time equivalents"),
            *_of("money", "revenue", "cost_of_revenue"),
            _CURRENCY,
        ),
        note="the company's own month",
        known_on="month",
        may_lie_ahead=True,
        rate_on=("month",),
    ),
    Source(
        "rates",
        ("currency", "valid_from"),
        (
            _must("currency", note="ISO code"),
            _must("valid_from", "date"),
            _must("rate", "number", "units of the reporting currency for one unit"),
        ),
        note="exchange rates; each is valid until the next",
        known_on="valid_from",
        may_lie_ahead=True,
    ),
    Source(
        "benchmarks",
        ("metric", "population", "year", "statistic"),
        (
            _must("metric"),
            _must("population"),
            _must("year", "integer"),
            _must("statistic"),
            _must("value", "number"),
            _must("source", note="where the number was published"),
        ),
        note="what others reach",
    ),
    Source(
        "targets",
        ("metric", "period"),
        (_must("metric"), _must("period"), _must("value", "number")),
        note="what we want to reach",
    ),
    Source(
        "measurements",
        ("account_id", "measure", "measured_on"),
        (_ACCOUNT, _must("measure"), _must("measured_on", "date"), _must("value", "number")),
        note="a measure of your own; named in a scorecard it needs no SQL",
        known_on="measured_on",
        is_event=True,
    ),
)

SOURCES: dict[str, Source] = {source.name: source for source in _ALL}
"""Every source by name, in the order they are loaded, listed and documented."""

REFERENCES = "references"
"""Touchpoints of kind reference. They may stay away for months while others come, so their days are told apart."""


def contract_markdown() -> str:
    """Every source table with its columns, as Markdown: what COLUMNS.md and the documentation print."""
    return "\n\n".join(source_markdown(source) for source in SOURCES.values()) + "\n"

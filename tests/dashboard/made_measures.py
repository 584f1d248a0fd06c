"""The measures of the made-up company: where each stands in a view, how it moves, and how it speaks."""

from typing import NamedTuple


class Made(NamedTuple):
    """One measure: its place, its scale, and the random walk its values take."""

    view: str
    grp: str
    measure: str
    label: str
    unit: str
    owner: str
    red: float
    green: float
    usual: float
    noise: float
    needs: str
    says: str


# view, group, measure, label, unit, owner
PLACES = """
vendor_outcomes, retention, utilisation, Utilisation of seats, ratio, Customer Success
vendor_outcomes, retention, sponsor_contact_days, Days since sponsor contact, days, Customer Success
vendor_outcomes, advocacy, reference_activity, References given, acts, Marketing
vendor_risk, support, open_cases, Open cases, cases, Support
vendor_risk, support, case_age_days, Age of open cases, days, Support
vendor_risk, product, unresolved_defects, Unresolved defects, defects, Product
vendor_risk, adoption, adoption_depth, Adoption depth, ratio, Customer Success
vendor_risk, finance, overdue_share, Overdue share, ratio, Finance
vendor_expansion, white_space, product_penetration, Units owned per product, units, Sales
client_outcomes, results, goals_reached, Goals reached, ratio, Customer Success
client_outcomes, speed, time_to_value_days, Time to value, days, Onboarding
client_experience, support, support_satisfaction, Support satisfaction, ratio, Support
client_experience, uptime, uptime, Uptime, ratio, VP Engineering
client_engagement, people, meeting_attendance, Meeting attendance, ratio, Customer Success
client_engagement, people, training_completed, Trainings completed, acts, Education
client_maturity, levels, maturity_level, Maturity level, of 5, Customer Success
"""
# measure: red, green, usual value, noise, the columns it needs, its words
SCALES = {
    "utilisation": (
        0.5,
        0.8,
        0.78,
        0.05,
        "usage.user_id, subscriptions.seats",
        "{value} of seats in use, was {before}",
    ),
    "sponsor_contact_days": (
        90,
        30,
        34,
        9,
        "touchpoints.contact_id, contacts.role",
        "{value} days without sponsor contact, was {before}",
    ),
    "reference_activity": (0, 1, 0.8, 0.3, "touchpoints", "{value} references given, was {before}"),
    "open_cases": (5, 1, 1.4, 0.7, "tickets", "{value} open cases, was {before}"),
    "case_age_days": (14, 3, 5, 1.6, "tickets", "cases open {value} days on average, was {before}"),
    "unresolved_defects": (3, 0, 0.5, 0.4, "tickets.kind", "{value} unresolved defects, was {before}"),
    "adoption_depth": (
        0.1,
        0.5,
        0.44,
        0.05,
        "usage.user_id",
        "{value} of active people use it on 10 or more days, was {before}",
    ),
    "overdue_share": (
        0.15,
        0.02,
        0.04,
        0.03,
        "invoices.due_on, invoices.paid_on",
        "{value} of the year's invoices overdue, was {before}",
    ),
    "product_penetration": (0, 2, 1.1, 0.3, "subscriptions.product_id", "{value} units owned, was {before}"),
    "goals_reached": (0.33, 0.8, 0.66, 0.07, "goals", "{value} of goals reached, was {before}"),
    "time_to_value_days": (180, 60, 98, 12, "goals", "time to value {value} days, was {before}"),
    "support_satisfaction": (0.7, 0.9, 0.86, 0.05, "tickets.csat", "{value} of rated cases good, was {before}"),
    "uptime": (0.99, 0.999, 0.9974, 0.0012, "outages", "uptime {value}, was {before}"),
    "meeting_attendance": (0.5, 0.9, 0.8, 0.07, "touchpoints.attended", "{value} of meetings attended, was {before}"),
    "training_completed": (0, 2, 1.3, 0.4, "touchpoints.attended", "{value} trainings completed, was {before}"),
    "maturity_level": (1, 4, 2.9, 0.35, "maturity", "maturity level {value}, was {before}"),
}


def _made(line: str) -> Made:
    view, grp, measure, label, unit, owner = (cell.strip() for cell in line.split(","))
    return Made(view, grp, measure, label, unit, owner, *SCALES[measure])


MEASURES = [_made(line) for line in PLACES.strip().splitlines()]

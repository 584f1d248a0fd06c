"""What is planted in the sample company: things that are so because the generator makes them so.

Whatever the dashboard finds can be held against these. Each is found again from the warehouse by a test of its own.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from data.sample.catalogue import BEST_CSM, CSMS, FIRMWARE_PRODUCT, PRODUCTS
from data.sample.draw import Flags
from data.sample.founding import draw_world
from data.sample.tickets import FIRMWARE_DAY
from data.sample.touch import MAIL_ANSWERED, SILENCE
from data.sample.usage import FADE
from data.sample.world import World


@dataclass(frozen=True)
class Truth:
    """One planted truth: what it says, where it shows (measures, accounts), when, and how large it is."""

    name: str
    what: str
    measures: tuple[str, ...]
    accounts: str
    weeks: int | None
    size: str


ADOPTION_LEADS = Truth(
    name="adoption leads churn",
    what="People stop working with it before an account leaves.",
    measures=("utilisation", "adoption_depth", "adoption_breadth", "advanced_features_in_use"),
    accounts="every account that left or is about to",
    weeks=FADE // 7,
    size="from 13 weeks before the end on; seven in ten people have stopped by the ninth week before it",
)
"""Leads churn by 13 weeks. Accounts that stay lose nobody, so use at week -4 separates the two almost fully."""

SILENCE_LEADS = Truth(
    name="sponsor silence leads churn",
    what="The sponsor and the economic buyer are not heard of again before an account leaves.",
    measures=("sponsor_contact_days",),
    accounts="every account that left or is about to",
    weeks=SILENCE // 7,
    size="no two-way contact with either in the last 8 weeks; other people keep talking to us",
)
"""Leads churn by 8 weeks: in the last week the measure stands 56 days above what is usual, or more."""

MAIL_IS_NOISE = Truth(
    name="mail response is noise",
    what="Whether a mail is answered is pure chance.",
    measures=("email_response",),
    accounts="all",
    weeks=None,
    size=f"{MAIL_ANSWERED:.0%} of mails, whoever gets them; no relation to churn, size, profit or any other measure",
)
"""The noise measure: a good method finds nothing in it."""

PAGE_VIEWS_ARE_VANITY = Truth(
    name="page views are vanity",
    what="Page views of the portal rise while revenue per account and goals reached do not.",
    measures=("portal_page_views",),
    accounts="all; a measure of the company's own, in the source `measurements`",
    weeks=None,
    size="more than doubles in 104 weeks; the same accounts' yearly revenue moves by a few per cent",
)
"""The vanity measure: it rises alone."""

LOCKED_IN = Truth(
    name="locked-in detractors",
    what="They stay, use it well and would not recommend us.",
    measures=("latest_sentiment", "relationship_nps", "reference_activity", "community_activity"),
    accounts="one in forty, of every size",
    weeks=None,
    size="adoption, support and sponsor contact good; sentiment and recommendation bad; none of them leaves",
)
"""Retention green, advocacy red."""

LEAVING_ADVOCATES = Truth(
    name="leaving advocates",
    what="They praise us and are about to leave.",
    measures=("latest_sentiment", "reference_activity", "advanced_features_in_use", "sponsor_contact_days"),
    accounts="one in sixty-six, of every size but the largest",
    weeks=3,
    size="notice given; the last day is within four weeks of `as_of`",
)
"""Retention red, advocacy green."""

BIG_LOSERS = Truth(
    name="two big accounts lose money",
    what="Serving them costs more than they bring.",
    measures=("customer_profit",),
    accounts="the fourth and the eighth largest",
    weeks=None,
    size="about a fifth of their revenue is lost; together more than 400,000 US dollars a year",
)
"""No others among the fifteen largest lose money."""

FIRMWARE = Truth(
    name="firmware brings support load",
    what=f"Firmware 4.2 for {PRODUCTS[FIRMWARE_PRODUCT].name} brings cases that stay open.",
    measures=("open_cases", "case_age_days", "unresolved_defects", "unanswered_critical_requests"),
    accounts=f"owners of {PRODUCTS[FIRMWARE_PRODUCT].name} where our service was behind, about one account in ten",
    weeks=-FIRMWARE_DAY // 7 + 1,
    size=f"from day {FIRMWARE_DAY} on; cases of that product more than four times what was usual, all others as before",
)
"""A step, not a trend: it begins in the fourth week before `as_of`, marked in the source `events`."""

BEST_TEAM = Truth(
    name="one team keeps its customers",
    what=f"The accounts of {CSMS[BEST_CSM]} leave far less often.",
    measures=("logo_retention",),
    accounts=f"csm = {CSMS[BEST_CSM]}",
    weeks=None,
    size="less than half the churn of the other teams, with the same mix of accounts",
)
"""The six teams have books of like size, dealt out at random."""

TRUTHS = (
    ADOPTION_LEADS, SILENCE_LEADS, MAIL_IS_NOISE, PAGE_VIEWS_ARE_VANITY, LOCKED_IN, LEAVING_ADVOCATES, BIG_LOSERS,
    FIRMWARE, BEST_TEAM,
)  # fmt: skip


def planted_accounts(as_of: date, accounts: int = 400, weeks: int = 104, seed: int = 8) -> dict[str, list[str]]:
    """Account ids, as the company writes them, by the name of the truth they carry."""
    world = draw_world(as_of, accounts, weeks, seed)
    return {
        ADOPTION_LEADS.name: _codes(world, (world.left <= 0) & (world.left > world.first_day)),
        SILENCE_LEADS.name: _codes(world, (world.left <= 0) & (world.left > world.first_day)),
        LOCKED_IN.name: _codes(world, world.planted["locked in"]),
        LEAVING_ADVOCATES.name: _codes(world, world.planted["leaving advocates"]),
        BIG_LOSERS.name: _codes(world, world.planted["losing money"]),
        FIRMWARE.name: _codes(world, world.planted["firmware"]),
        BEST_TEAM.name: _codes(world, world.csm == BEST_CSM),
    }


def _codes(world: World, who: Flags) -> list[str]:
    codes: list[str] = world.codes.take(np.flatnonzero(who)).to_pylist()
    return codes

"""What Corvane Robotics sells, and who works there. All names are invented."""

from typing import NamedTuple


class Product(NamedTuple):
    """A product, its yearly list price per unit, and its features: the starred ones are advanced."""

    product_id: str
    name: str
    list_price: int
    features: tuple[str, ...]


PRODUCTS = (
    Product("PAL", "Palletiser", 64_000, ("pallet_patterns", "mixed_layers", "auto_wrap", "*load_simulation")),
    Product("PIK", "Bin Picker", 52_000, ("pick_plans", "gripper_change", "*learned_grasps", "*no_fixture_setup")),
    Product("CNV", "Conveyor Pilot", 42_000, ("line_balance", "jam_recovery", "merge_control", "*flow_forecast")),
    Product(
        "FLT", "Fleet Desk", 26_000, ("live_map", "task_queue", "charging_plan", "*traffic_rules", "*shift_replay")
    ),
    Product("VIS", "Vision Check", 32_000, ("label_check", "defect_gallery", "*self_training", "*root_cause_view")),
    Product("CAR", "Care Plus", 18_000, ("spare_parts", "remote_hands", "*wear_forecast")),
    Product("ACA", "Academy", 12_000, ("courses", "skill_matrix", "*simulator_seats")),
)
PRODUCT_IDS = tuple(p.product_id for p in PRODUCTS)
FIRMWARE_PRODUCT = PRODUCT_IDS.index("PAL")


class Feature(NamedTuple):
    """What users can do in a product (its position in PRODUCTS)."""

    name: str
    product: int
    is_advanced: bool


FEATURES = tuple(
    Feature(name.lstrip("*"), product, name.startswith("*"))
    for product, p in enumerate(PRODUCTS)
    for name in p.features
)

INDUSTRIES = ("Automotive", "Food & beverage", "Logistics", "Pharma", "Electronics")
# How readily an industry takes to a product, in the order of PRODUCTS.
APPETITE = (
    (1.0, 1.6, 1.1, 1.2, 1.5, 0.9, 0.7),
    (1.7, 0.8, 1.4, 0.9, 1.3, 1.0, 0.7),
    (1.5, 1.4, 1.5, 1.7, 0.6, 0.9, 0.8),
    (0.8, 1.2, 0.9, 1.0, 1.8, 1.2, 1.0),
    (0.6, 1.7, 1.0, 1.0, 1.7, 0.8, 0.9),
)
SEGMENTS = ("Enterprise", "Mid-market", "Small")
REGIONS = ("Americas", "EMEA", "APAC")
COUNTRIES = (
    ("US", "US", "US", "CA", "MX", "BR"),
    ("DE", "DE", "FR", "GB", "SE", "PL"),
    ("JP", "JP", "AU", "KR", "SG", "VN"),
)
CHANNELS = ("Direct", "Trade fair", "Partner", "Referral")

CSMS = ("Astrid Nyborg", "Kwame Boateng", "Leila Haddad", "Marco Bellini", "Noor van Dijk", "Tomás Herrera")
BEST_CSM = CSMS.index("Leila Haddad")
REPS = ("Aiko Tanabe", "Declan Moore", "Ewa Zielińska", "Rui Nogueira")

# One accountable name per function; the functions are the owners the shipped scorecards name.
OWNERS = {
    "Support": "Ifeoma Balogun",
    "Product": "Julien Carrère",
    "Marketing": "Saskia de Wit",
    "Customer Success": "Meera Krishnan",
    "Services": "Oskar Lindholm",
    "VP Services": "Oskar Lindholm",
    "Sales": "Grace Whitcombe",
    "Finance": "Daniel Abiodun",
    "Onboarding": "Yuki Ishikawa",
    "Education": "Paulo Teixeira",
    "Account management": "Hannah Brandt",
    "VP Engineering": "Stefan Kovač",
}

ROLES = ("sponsor", "economic_buyer", "champion", "end_user", "influencer", "end_user")
DIMENSIONS = ("people", "process", "data", "use_cases", "governance")
STANDARDS = (  # stage, what is promised there, share of passes
    ("sale", "quote within 2 working days", 0.93),
    ("delivery", "unit arrives complete and on the day", 0.88),
    ("onboarding", "first pallet in the first week", 0.71),
    ("support", "first reply within 4 hours", 0.90),
    ("renewal", "offer 90 days before the term ends", 0.84),
)
DRIVERS = (  # what people see of a customer's profit, and whose doing it is
    ("pays on time", "them"),
    ("orders without changes", "them"),
    ("accepts standard service hours", "them"),
    ("price held at renewal", "us"),
    ("right first time at installation", "us"),
)

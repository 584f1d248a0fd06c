"""Invented names of companies and people: ordinary ones, and some that software trips over."""

from itertools import chain, count

import numpy as np

from data.sample.draw import Ints, stream

# Written as customers write them: accents, quotes, commas, an ampersand, angle brackets, forty characters.
AWKWARD = (
    ("O'Brien & Söhne <Intralogistics>", "Logistics"),
    ("L'Étoile du Nord Pâtisserie Industrielle", "Food & beverage"),
    ("Łódzkie Zakłady Mechaniczne Północ", "Automotive"),
    ('Tomlinson "Tommy" Crisps, Ltd.', "Food & beverage"),
    ("Müller, Weiß & Partner Fördertechnik KG", "Logistics"),
    ("Ærø Kølehuse A/S", "Logistics"),
    ("São Bento Laticínios & Cia.", "Food & beverage"),
    ("Kōhoku Denshi Kōgyō K.K.", "Electronics"),
)
FIRST = (
    "Amberley Ardent Ashgrove Barrow Bellweather Birchfield Blackthorn Brightwater Calder Cardinal Castellan Cinder Copperline "
    "Cranmore Crestline Dunmore Eastwick Elderwood Everhart Fenwick Foxglove Galloway Graywater Greenfell Halcyon Harrier "
    "Heathfield Hollin Inverness Ivory Jarrow Kelso Kingsmere Langford Larchmont Linden Lowther Mallory Marchbank Midland "
    "Millbrook Moorgate Nettlefield Oakley Osprey Pembroke Penrose Peregrine Quillan Ravenscar Redwater Rookery Rowan "
    "Sandpiper Selkirk Shoreham Silverbirch Stonebridge Tamarack Thornbury Upland Verity Wainscot Westerly Whitfield "
    "Wolverton Yarrow Zephyr"
).split()
TRADES = {  # second half of a name -> industry
    "Food & beverage": "Foods|Bakeries|Dairy|Brewing|Beverages|Confectionery",
    "Automotive": "Motors|Driveline|Axles|Castings|Coachworks",
    "Logistics": "Logistics|Freight|Parcel|Cold Chain|Warehousing",
    "Pharma": "Pharma|Biologics|Diagnostics|Labs",
    "Electronics": "Circuits|Devices|Semiconductors|Components|Instruments",
}
SECOND = [(word, industry) for industry, words in TRADES.items() for word in words.split("|")]
KIN = "Adeyemi Bauer Castillo Duval Eriksen Fontaine Gruber Hagen Ito Jansen Keller Lacroix Moreau Novotný Okoye Pires".split()
FORMS = ("GmbH", "Inc.", "AB", "S.A.", "Ltd.", "Group", "Holdings", "B.V.")
PLACES = "Leeds Lyon Porto Gdańsk Turin Ghent Malmö Basel Austin Tampa Reno Laval Perth Osaka Busan Da-Nang".split()

GIVEN = (
    "Aaliyah Adaeze Alejandro Amélie Anders Anjali Björn Carmen Chidi Claire Dmitri Elif Emeka Fatima Felix Giulia Hiro Ines "
    "Ingrid Jakub Joana Jonas Kaori Karim Katarzyna Lars Lucía Magnus Mei Minh Nadia Nikolai Olga Omar Pavel Rachel Rania "
    "Rohan Ruth Sanjay Sofia Søren Tariq Thandi Viktor Wei Yara Zofia"
).split()
FAMILY = (
    "Abara Ahlström Andrade Becker Bianchi Bouchard Chen Costa Dąbrowski Dupont Eze Fischer Flores García Haugen Hoang "
    "Iversen Jansson Kapoor Kim Kowalski Kuznetsov Laine Larsen Mbeki Mehta Müller Nakamura Nguyen Nilsen O'Connor Okafor "
    "Olsen Park Petrov Ramírez Rossi Sato Schmidt Silva Singh Sørensen Tanaka Torres Vogel Wagner Yilmaz Zhang"
).split()


def companies(n: int, seed: int) -> list[tuple[str, str]]:
    """Name and industry of `n` companies: names differ and have at most forty characters; the awkward come early."""
    rng = stream(seed, "names")
    plain = [(f"{a} {b}", industry) for a in FIRST for b, industry in SECOND]
    firms = [(f"{a} & {b} {c}", industry) for a in KIN for b in KIN if a != b for c, industry in SECOND]
    drawn = [plain[k] for k in rng.permutation(len(plain))]
    kin = [firms[k] for k in rng.permutation(len(firms))]
    taken = len(drawn) // 9
    mixed = [pair for k in range(taken) for pair in (*drawn[9 * k : 9 * k + 9], kin[k])] + kin[taken:]
    for end in chain(FORMS, PLACES, map(str, count(2))):
        if len(mixed) >= n:
            break
        mixed += [(f"{name} {end}", industry) for name, industry in plain + firms if len(name) + len(end) < 40]
    return _with_awkward(mixed[:n], rng)


def _with_awkward(pairs: list[tuple[str, str]], rng: np.random.Generator) -> list[tuple[str, str]]:
    for place, pair in zip(rng.permutation(min(len(pairs), 400)), AWKWARD, strict=False):
        pairs[place] = pair
    return pairs


def people(rng: np.random.Generator, n: int) -> tuple[Ints, Ints]:
    """Given and family name, as positions in GIVEN and FAMILY, of `n` people."""
    return rng.integers(0, len(GIVEN), n), rng.integers(0, len(FAMILY), n)

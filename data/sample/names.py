"""Invented names of companies and people, put together from the lists of `names.toml`."""

import tomllib
from itertools import chain, count
from pathlib import Path
from typing import Any

import numpy as np

from data.sample.draw import Ints, stream

LONGEST = 40
LISTS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))
GIVEN: list[str] = LISTS["given"]
FAMILY: list[str] = LISTS["family"]
SECOND = [(word, industry) for industry, words in LISTS["trades"].items() for word in words]
KIN_EVERY = 9  # among so many plain names stands one of a family firm
EARLY = 400  # the awkward names are among the first so many

Company = tuple[str, str]  # name, industry


def companies(n: int, seed: int) -> list[Company]:
    """Name and industry of `n` companies: names differ and have at most forty characters; the awkward come early."""
    rng = stream(seed, "names")
    plain = [(f"{a} {b}", industry) for a in LISTS["first"] for b, industry in SECOND]
    firms = [
        (f"{a} & {b} {c}", industry) for a in LISTS["kin"] for b in LISTS["kin"] if a != b for c, industry in SECOND
    ]
    mixed = _mixed(_shuffled(rng, plain), _shuffled(rng, firms))
    for end in chain(LISTS["endings"], map(str, count(2))):
        if len(mixed) >= n:
            break
        mixed += [(f"{name} {end}", industry) for name, industry in plain + firms if len(name) + len(end) < LONGEST]
    return _with_awkward(mixed[:n], rng)


def _shuffled(rng: np.random.Generator, companies: list[Company]) -> list[Company]:
    return [companies[k] for k in rng.permutation(len(companies))]


def _mixed(plain: list[Company], firms: list[Company]) -> list[Company]:
    """Plain names with a family firm now and then; the other firms follow."""
    blocks = len(plain) // KIN_EVERY
    mixed = [pair for k in range(blocks) for pair in (*plain[KIN_EVERY * k : KIN_EVERY * (k + 1)], firms[k])]
    return mixed + plain[KIN_EVERY * blocks :] + firms[blocks:]


def _with_awkward(pairs: list[Company], rng: np.random.Generator) -> list[Company]:
    for place, pair in zip(rng.permutation(min(len(pairs), EARLY)), LISTS["awkward"].items(), strict=False):
        pairs[place] = pair
    return pairs


def people(rng: np.random.Generator, n: int) -> tuple[Ints, Ints]:
    """Given and family name, as positions in GIVEN and FAMILY, of `n` people."""
    return rng.integers(0, len(GIVEN), n), rng.integers(0, len(FAMILY), n)

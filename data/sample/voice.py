"""What customers say: surveys of every kind. The survey system delivers late; its last answers are nine days old."""

import numpy as np
import pyarrow as pa

from data.sample.book import contact_ids, sponsor_number, sponsors
from data.sample.draw import NEVER, Floats, Ints, fares, happens, numbered, recurring, stream, texts
from data.sample.sink import Calendar
from data.sample.world import YEAR, World, Writer

LAST_DAY = -9
# kind -> grade behind the answer, days between asking one account, share of accounts that ever answer
ASKED: dict[str, tuple[str, float, float]] = {
    "nps": ("advocacy", 95.0, 0.94),
    "sentiment": ("advocacy", 62.0, 0.95),
    "sales": ("welcome", 250.0, 0.80),
    "onboarding": ("welcome", 290.0, 0.75),
    "support": ("support", 200.0, 0.70),
    "quality": ("product", 190.0, 0.88),
    "outcome": ("outcome", 330.0, 0.60),
}
SCALES = {"nps": 10, "sentiment": 5, "sales": 10, "onboarding": 10, "support": 5, "quality": 10, "outcome": 5}
PRAISE = ("Runs every shift, we forget it is there.", "Your people know our line.", "Worth what we pay.", "Quick answers, thank you.")
BLAME = ("Three visits for one gripper.", "The new firmware cost us a weekend.", "Nobody told us about the price.", "Too long until it ran.")


def surveys(world: World) -> Writer:
    """The answers, account by account and kind by kind."""
    cal, told = Calendar(world.as_of), 0
    for part in world.chunks():
        chairs = sponsors(world, part)
        for kind, (grade, every, share) in ASKED.items():
            rng = stream(world.seed, f"survey {kind}", part.start)
            n = part.stop - part.start
            answers = (happens(rng, np.full(n, share)) | (world.rank[part] < 12)) & (world.rank[part] % 31 != 18)
            gap = np.where(answers, every, 9000.0)
            who, day = recurring(rng, world.since(YEAR)[part] + 20, np.minimum(world.last_day[part], LAST_DAY), gap, 0.3)
            kept = answers[who]
            who, day = who[kept], day[kept]
            account, turn = who + part.start, np.arange(len(who)) % 3
            person = np.where(turn == 0, sponsor_number(chairs, who, day), turn + 2)
            score = _score(rng, kind, world.grade[grade][part], who, person)
            yield (
                "surveys",
                {
                    "response_id": numbered("Q", np.arange(len(who)) + told + 1),
                    "account_id": texts(world.codes, account),
                    "contact_id": contact_ids(world.codes, account, person),
                    "kind": pa.array(np.full(len(who), kind)),
                    "answered_on": cal.on(day),
                    "score": pa.array(score),
                    "score_max": pa.array(np.full(len(who), SCALES[kind])),
                    "comment": _comments(rng, score, SCALES[kind]),
                },
            )
            told += len(who)


def _score(rng: np.random.Generator, kind: str, grade: Floats, who: Ints, person: Ints) -> Ints:
    """The answer on its scale, 0 to 10 for nps, else 1 to SCALES: people keep to their opinion."""
    if kind == "nps":
        temper = rng.normal(0, 0.7, (len(grade), 8))[who, person]
        middle = fares(grade, (2.5, 5.4), (7.9, 8.5), (9.5, 10.0))
        return np.clip(np.round(middle[who] + temper), 0, 10).astype(int)
    top = SCALES[kind]
    middle = 1 + (top - 1) * fares(grade, (0.02, 0.40), (0.57, 0.70), (0.80, 0.97))
    return np.clip(np.round(middle[who] + rng.normal(0, 0.04, len(who))), 1, top).astype(int)


def _comments(rng: np.random.Generator, score: Ints, top: int) -> object:
    """A sentence for one answer in six."""
    praise = score >= 0.75 * top
    which = np.where(happens(rng, np.full(len(score), 1 / 6)), rng.integers(0, 4, len(score)), -1)
    return texts((*PRAISE, *BLAME), np.where((which >= 0) & ~praise, which + len(PRAISE), which))

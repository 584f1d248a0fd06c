"""What customers say: surveys of every kind. The survey system delivers late; its last answers are nine days old."""

import numpy as np
import pyarrow as pa

from data.sample.book import contact_ids, sponsor_number, sponsors
from data.sample.draw import NEVER, Floats, Ints, curve, happens, numbered, recurring, stream, texts
from data.sample.sink import Calendar
from data.sample.world import YEAR, World, Writer

LAST_DAY = -9
# kind -> level behind the answer, days between asking one account, share of accounts that ever answer
ASKED: dict[str, tuple[str, float, float]] = {
    "nps": ("advocacy", 95.0, 0.94),
    "sentiment": ("advocacy", 62.0, 0.95),
    "sales": ("welcome", 250.0, 0.80),
    "onboarding": ("welcome", 290.0, 0.75),
    "support": ("support", 200.0, 0.70),
    "quality": ("product", 190.0, 0.88),
    "outcome": ("outcome", 330.0, 0.60),
}
PRAISE = ("Runs every shift, we forget it is there.", "Your people know our line.", "Worth what we pay.", "Quick answers, thank you.")
BLAME = ("Three visits for one gripper.", "The new firmware cost us a weekend.", "Nobody told us about the price.", "Too long until it ran.")


def surveys(world: World) -> Writer:
    """The answers, account by account and kind by kind."""
    cal, told = Calendar(world.as_of), 0
    for part in world.chunks():
        chairs = sponsors(world, part)
        for kind, (level, every, share) in ASKED.items():
            rng = stream(world.seed, f"survey {kind}", part.start)
            n = part.stop - part.start
            answers = happens(rng, np.full(n, share)) | (world.rank[part] < 12)
            gap = np.where(answers, every, 9000.0)
            who, day = recurring(rng, world.since(YEAR)[part] + 20, np.minimum(world.last_day[part], LAST_DAY), gap, 0.5)
            kept = answers[who]
            who, day = who[kept], day[kept]
            account, turn = who + part.start, np.arange(len(who)) % 3
            person = np.where(turn == 0, sponsor_number(chairs, who, day), turn + 2)
            score = _score(rng, kind, world.level[level][account])
            yield (
                "surveys",
                {
                    "response_id": numbered("Q", np.arange(len(who)) + told + 1),
                    "account_id": texts(world.codes, account),
                    "contact_id": contact_ids(world.codes, account, person),
                    "kind": pa.array(np.full(len(who), kind)),
                    "answered_on": cal.on(day),
                    "score": pa.array(score),
                    "score_max": pa.array(np.full(len(who), 10 if kind == "nps" else 5)),
                    "comment": _comments(rng, score, 10 if kind == "nps" else 5),
                },
            )
            told += len(who)


def _score(rng: np.random.Generator, kind: str, level: Floats) -> Ints:
    """The answer on its scale: 0 to 10 for nps, else 1 to 5."""
    if kind == "nps":
        middle = curve(level, (0, 2.5), (0.10, 5.2), (0.14, 7.4), (0.40, 8.2), (0.45, 9.3), (1, 9.9))
        return np.clip(np.round(middle + rng.normal(0, 0.6, len(level))), 0, 10).astype(int)
    middle = curve(level, (0, 1.2), (0.10, 1.9), (0.14, 3.3), (0.40, 3.8), (0.45, 4.4), (1, 4.9))
    return np.clip(np.round(middle + rng.normal(0, 0.3, len(level))), 1, 5).astype(int)


def _comments(rng: np.random.Generator, score: Ints, top: int) -> object:
    """A sentence for one answer in six."""
    praise = score >= 0.75 * top
    which = np.where(happens(rng, np.full(len(score), 1 / 6)), rng.integers(0, 4, len(score)), -1)
    return texts((*PRAISE, *BLAME), np.where((which >= 0) & ~praise, which + len(PRAISE), which))

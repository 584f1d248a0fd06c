"""Notes on scorecards that name what the company has not: a rule for a product nobody sells fits nothing, silently."""

from collections.abc import Iterable

from data.errors import did_you_mean
from metrics.catalog import Scorecard, measures
from metrics.engines import Engine


def note_unknown_products(engine: Engine, cards: Iterable[Scorecard]) -> None:
    """Add a line to `load_notes` for every product a scorecard names that is not in `products`.

    A note and no error: a product that is gone from the list must not stop the next build.
    """
    known = set(engine.rows("select product_id from products")["product_id"])
    for card in cards if known else ():
        for product in sorted(_products(card) - known):
            words = f"no product has the id '{product}'.{did_you_mean(product, known)} The rule for it fits nothing."
            values = {"source": "products", "file": f"scorecards/{card.name}.toml", "note": words}
            engine.append("load_notes", "select $source, $file, $note", values)


def _products(card: Scorecard) -> set[str]:
    """The products a scorecard names, in entries and in exceptions."""
    listing = [entry for entry in card.entries if measures()[entry.measure].items == "products.product_id"]
    named = {item for entry in listing for item in (entry.item, *(rule.item for rule in entry.exceptions))}
    return {item for item in named if item}

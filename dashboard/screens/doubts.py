"""What a reader must know beside the bands of one view: caps that fired, fragile bands, values by hand."""

from typing import Any

from dashboard import reads
from dashboard.findings import doubts as told
from dashboard.look import Look
from dashboard.reads import Card
from dashboard.records import records


def notes(look: Look, card: Card) -> list[dict[str, Any]]:
    """One note for each doubt there is: `name`, `words`, and the link to the accounts it is about, where there are any.

    Which bands are fragile is known for the latest week alone.
    """
    found = records(reads.doubts(look.generation, look.scope, card.view, look.week))
    words = reads.caps(look.generation, card.view)
    made, fragile = [], (0, 0.0)
    for row in found:
        much = (int(row["accounts"]), float(row["arr"]))
        if row["kind"] == "capped":
            text = told.capped(row["name"], words.get(row["name"], ""), *much, look.voice)
            made.append(_note(look, card, "Capped", text, "capped"))
        elif row["kind"] == "by hand":
            made.append(_note(look, card, "By hand", told.by_hand(*much, look.voice), "by hand"))
        else:
            fragile = much
    share = reads.fragile_share(look.generation, card.view) if look.week == look.weeks[0] else None
    if share:
        made.append(
            _note(look, card, "Fragile", told.fragile(share, *fragile, look.voice), "fragile" if fragile[0] else None)
        )
    return made


def _note(look: Look, card: Card, name: str, text: str, state: str | None) -> dict[str, Any]:
    return {"name": name, "words": text, "href": look.address.to("views", only=f"{card.view}:{state}") if state else ""}

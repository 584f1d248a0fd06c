"""The measures of a view, each with its values in a scored week and the points they give.

Values stand side by side in `values_` and the view's name: a row per scored account and week, three columns and more
for each measure. So a score is an expression over one row, and nothing is added up over a row for each measure.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from metrics.engines import Engine

POINTS = Path(__file__).parent / "points"


@dataclass(frozen=True)
class Place:
    """A connected measure in its view, by its number and its group's.

    `weight`, `red`, `green`, `is_off` and `valid_days` are SQL: literals, or columns of the row of `scoring` for the
    account's class where they go `by_class`. A mean over items has its points and weight beside its values.
    """

    no: int
    group: int
    measure: str
    item: str
    source: str
    is_mean: bool
    lists_products: bool
    by_class: bool
    weight: str
    red: str
    green: str
    is_off: str
    valid_days: str

    @property
    def is_there(self) -> str:
        """Whether the account has a row of it."""
        return f"w.{'is_na' if self.is_mean else 'denominator'}_{self.no} is not null"

    @property
    def is_na(self) -> str:
        if self.is_mean:
            return f"coalesce(w.is_na_{self.no}, false)"
        return f"coalesce({self.is_off} or w.denominator_{self.no} = 0, false)"

    @property
    def is_old(self) -> str:
        if self.is_mean:
            return f"coalesce(w.is_old_{self.no}, false)"
        return f"coalesce(date_diff('day', w.evidence_on_{self.no}, w.as_of) > {self.valid_days}, false)"

    @property
    def points(self) -> str:
        """From red (0) straight to green (100); null where NA, stale or without a value."""
        if self.is_mean:
            return f"w.points_{self.no}"
        value = f"w.numerator_{self.no} / w.denominator_{self.no}"
        scaled = f"least(greatest(({value} - {self.red}) / ({self.green} - {self.red}), 0), 1) * 100"
        return f"case when w.denominator_{self.no} <> 0 and not {self.is_off} and not {self.is_old} then {scaled} end"


def places(engine: Engine, view: str) -> tuple[Place, ...]:
    """The connected measures of a view in the order of its scorecard, once `scoring` is there."""
    rows = engine.rows(
        """
        select
            s.entry_no, s.grp_no, s.measure, e.item, e.source, s.is_mean, s.lists_products,
            max(s.class_id) > 0 as by_class, max(s.weight) as weight, max(s.red) as red, max(s.green) as green,
            bool_or(s.is_na) as is_off, max(s.valid_days) as valid_days
        from scoring as s
        join entries as e on e.entry_no = s.entry_no
        where s.view = $view
        group by s.entry_no, s.grp_no, s.measure, e.item, e.source, s.is_mean, s.lists_products
        order by s.entry_no
        """,
        {"view": view},
    )
    return tuple(_place(row) for row in rows.to_dict("records"))


def _place(row: Mapping[Hashable, Any]) -> Place:
    no = int(row["entry_no"])
    days = "null" if pd.isna(row["valid_days"]) else str(int(row["valid_days"]))
    terms = {"weight": _double(row["weight"]), "red": _double(row["red"]), "green": _double(row["green"])}
    terms |= {"is_off": str(bool(row["is_off"])).lower(), "valid_days": days}
    if row["is_mean"]:
        terms["weight"] = f"w.weight_{no}"
    elif row["by_class"]:
        terms = {name: f"r{no}.{'is_na' if name == 'is_off' else name}" for name in terms}
    return Place(
        no=no,
        group=int(row["grp_no"]),
        measure=row["measure"],
        item=row["item"],
        source=row["source"],
        is_mean=bool(row["is_mean"]),
        lists_products=bool(row["lists_products"]),
        by_class=bool(row["by_class"]) and not row["is_mean"],
        **terms,
    )


def _double(value: float) -> str:
    """A literal that is read as a double: without an exponent it would be a decimal, which rounds otherwise."""
    text = repr(float(value))
    return text if "e" in text else f"{text}e0"


def side_by_side(made: Sequence[Place], values: Mapping[str, str]) -> str:
    """The select of a view's table of values after $after and up to $until.

    `values` has the select of each measure without items, by name; those of items are read from `item_values`.
    """
    columns = "".join(
        f",\n            m{place.no}.{column} as {column}_{place.no}" for place in made for column in _columns(place)
    )
    joins = "".join(
        f"""
        left join ({_one(place, values)}) as m{place.no}
            on m{place.no}.account_id = s.account_id and m{place.no}.as_of = s.as_of"""
        for place in made
    )
    return f"""
        select s.account_id, s.as_of, s.class_id, s.cut_no, s.weight_arr{columns}
        from scored_weeks as s{joins}
        where s.as_of > $after and s.as_of <= $until
        """


def _columns(place: Place) -> tuple[str, ...]:
    values = ("numerator", "denominator", "evidence_on")
    return (*values, "points", "is_na", "is_old", "weight") if place.is_mean else values


def _one(place: Place, values: Mapping[str, str]) -> str:
    """The select of one measure's column values by account and week."""
    if place.is_mean:
        return _text("listed" if place.lists_products else "mean").format(
            no=place.no, source=place.source, items=_items(place)
        )
    if place.item:
        named = f"(select item from entries where entry_no = {place.no})"
        select = f"select * from item_values where measure = '{place.measure}' and item = {named}"
    else:
        select = values[place.measure]
    return f"""
            select
                account_id, as_of, cast(numerator as double) as numerator, cast(denominator as double) as denominator,
                evidence_on
            from (
            {select}
            ) as value
            where as_of > $after and as_of <= $until"""


def _items(place: Place) -> str:
    return _text("items").format(no=place.no, measure=place.measure)


def rules(made: Sequence[Place]) -> str:
    """The joins to the thresholds of measures whose thresholds go by class, beside values called `w`."""
    return "".join(
        f"""
            left join scoring as r{place.no}
                on r{place.no}.entry_no = {place.no} and r{place.no}.class_id = w.class_id"""
        for place in made
        if place.by_class
    )


def pointed(made: Sequence[Place], view: str) -> str:
    """The select of every account and week after $after and up to $until with the points of all measures beside it."""
    columns = "".join(
        f""",
                {place.points} as points_{place.no}, {place.is_na} as is_na_{place.no},
                {place.is_old} as is_old_{place.no}, {place.weight} as weight_{place.no}"""
        for place in made
    )
    return f"""
            select w.account_id, w.as_of, w.cut_no, w.weight_arr{columns}
            from values_{view} as w{rules(made)}
            where w.as_of > $after and w.as_of <= $until"""


def below(made: Sequence[Place], view: str, with_items: bool = False) -> str:
    """The select of the points of all measures one below the other; where wanted, those of single items follow."""
    selects = [_alone(place, view) for place in made]
    selects += [_single_items(place) for place in made if with_items and place.is_mean]
    return "\nunion all\n".join(selects) or _nothing(view)


def _alone(place: Place, view: str) -> str:
    no = place.no
    return f"""
        select
            w.account_id, w.as_of, w.cut_no, w.weight_arr, {no} as entry_no, '' as item, {place.is_mean} as is_mean,
            w.numerator_{no} as numerator, w.denominator_{no} as denominator, w.evidence_on_{no} as evidence_on,
            {place.points} as points, {place.is_na} as is_na, {place.is_old} as is_old
        from values_{view} as w{rules([place])}
        where w.as_of > $after and w.as_of <= $until and {place.is_there}"""


def _single_items(place: Place) -> str:
    return f"""
        select
            account_id, as_of, 0, 0, {place.no}, item, false, numerator, denominator, evidence_on,
            points, is_na, is_old
        from ({_items(place)}) as i"""


def _nothing(view: str) -> str:
    """Of a view without a connected measure."""
    return f"""
        select
            account_id, as_of, cut_no, weight_arr, 0 as entry_no, '' as item, false as is_mean,
            weight_arr as numerator, weight_arr as denominator, as_of as evidence_on,
            weight_arr as points, false as is_na, false as is_old
        from values_{view}
        where as_of > $after and as_of <= $until and as_of > $until"""


def measure_values(made: Mapping[str, Sequence[Place]]) -> str:
    """The select of `measure_values` over the tables of values, by view, and `item_values`: each measure once."""
    columns = {place.measure: (view, place.no) for view, own in made.items() for place in own if _has_column(place)}
    selects = "".join(
        f"""
        union all
        select '{measure}', account_id, '', as_of, numerator_{no}, denominator_{no}, evidence_on_{no}
        from values_{view}
        where denominator_{no} is not null"""
        for measure, (view, no) in columns.items()
    )
    return f"""
        select measure, account_id, item, as_of, numerator, denominator, evidence_on
        from item_values{selects}"""


def _has_column(place: Place) -> bool:
    return not place.is_mean and not place.item


def _text(name: str) -> str:
    return (POINTS / f"{name}.sql").read_text(encoding="utf-8")

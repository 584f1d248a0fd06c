-- Days on which a line's term ends and begins anew if nobody acts, from the first shown week to two years after the
-- last. They follow from the line's first day and its term, so they give away nothing about who left. Days 29 to 31
-- count as 28; terms under three months have no end worth a warning.
--
-- grain     one row per line and term end
-- known_on  first day of the line
-- over_on   day it ended or notice was given, whichever came first

with shown as (
    select
        min(year(as_of) * 12 + month(as_of)) - 1 as first_month_no,
        max(year(as_of) * 12 + month(as_of)) + 23 as last_month_no
    from weeks
    where is_shown
),
terms as (
    select
        s.account_id,
        s.starts_on as known_on,
        least(coalesce(s.ends_on, date '9999-12-31'), coalesce(s.cancelled_on, date '9999-12-31')) as over_on,
        year(s.starts_on) * 12 + month(s.starts_on) - 1 + s.term_months * n.n as month_no,
        least(day(s.starts_on), 28) as day_no
    from subscriptions as s
    join numbers as n
        on n.n >= 1
    where s.term_months >= 3
)

select
    t.account_id,
    t.known_on,
    t.over_on,
    make_date(
        cast(floor(t.month_no / 12) as int), cast(t.month_no % 12 as int) + 1, cast(t.day_no as int)
    ) as term_ends_on
from terms as t
join shown as w
    on t.month_no between w.first_month_no and w.last_month_no

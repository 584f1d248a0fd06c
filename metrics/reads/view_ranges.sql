-- One view: what its points could be, were all that is missing worst or best, and the cap that holds them down. Where
-- nothing is missing, capped or by hand, the points are all there is to say, and no row is kept.

select $view as view, s.account_id, s.as_of, s.low, s.high, c.name as cap
from recent_scores as s
left join caps as c on c.view = $view and c.nth = s.cap_no
where s.as_of > $recent_after
    and (
        s.low <> s.points or s.high <> s.points
        or s.points is null or s.cap_no is not null or s.override_id is not null
    )

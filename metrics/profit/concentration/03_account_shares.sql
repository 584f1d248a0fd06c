-- The amounts of the latest week end and of the one a quarter before, per account.
--
-- grain  one row per kind, as_of and account_id with an amount other than zero

select s.kind, s.as_of, s.account_id, s.amount
from share_amounts as s
join share_ends as e on e.as_of = s.as_of
where e.is_kept
order by s.kind, s.as_of, s.account_id

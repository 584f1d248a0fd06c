-- Parent accounts and the accounts they stand for: themselves and everything up to three levels below them. An account
-- that is, by mistake, below itself counts once.

with links as (
    select account_id, parent_account_id as parent_id
    from accounts
    where parent_account_id is not null and parent_account_id <> account_id
),
two_up as (
    select l.account_id, u.parent_id from links as l join links as u on u.account_id = l.parent_id
),
three_up as (
    select l.account_id, u.parent_id from two_up as l join links as u on u.account_id = l.parent_id
)
select parent_id, account_id from links
union
select parent_id, account_id from two_up
union
select parent_id, account_id from three_up
union
select parent_id, parent_id as account_id from links
order by parent_id, account_id

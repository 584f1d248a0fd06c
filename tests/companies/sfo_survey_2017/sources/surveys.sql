-- NETPRO is 0 to 10; 11 means the question was left blank (84 rows; one more row has nothing at all) and would count as
-- a promoter. A blank is no answer: it has no score, and such a row is set aside with that reason instead of being
-- dropped here unseen.
-- INTDATE is the day of May 2017 only. The survey's weights are not used. A respondent may leave several comments.

with comments as (
    select RESPNUM_FK, string_agg(Comment, '; ' order by comment_field) as comment
    from read_csv('raw/sfo_survey_2017/2017_comments_decoded.csv', all_varchar = true)
    group by RESPNUM_FK
)

select
    s.RESPNUM as response_id,
    'nps' as kind,
    make_date(2017, 5, cast(s.INTDATE as int)) as answered_on,
    nullif(cast(s.NETPRO as int), 11) as score,
    10 as score_max,
    c.comment
from read_csv('raw/sfo_survey_2017/2017_SFO_Customer_Survey.csv', all_varchar = true) as s
left join comments as c on c.RESPNUM_FK = s.RESPNUM

-- Kinds of rows a company records at all, written as `needs` write them: a measure of trainings is not connected where
-- touchpoints never hold one.
--
-- grain  one row per name, as in touchpoints.kind=training

select distinct 'touchpoints.kind=' || kind as name from touchpoints
union all
select distinct 'surveys.kind=' || kind as name from surveys
union all
select distinct 'projects.kind=' || kind as name from projects
union all
select distinct 'measurements.measure=' || measure as name from measurements

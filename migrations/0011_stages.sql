-- What the holder of a number has behind them: the stages in which they were served before they were sent on, as JSON, the oldest
-- first; null while there is none.
alter table tickets add column past_stages text;

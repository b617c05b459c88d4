-- Whether somebody is to be expected at a counter: a pause with its reason, or closed for the day.
alter table counters add column state  text not null default 'buka' check (state in ('buka', 'jeda', 'tutup'));
alter table counters add column reason text not null default ''; -- why it pauses, as staff chose or typed it
alter table counters add column since  integer;                  -- since when; null: since the day began

-- Ways through the building: what a visitor passes, stop by stop. A number that has a way goes on by itself.
create table journeys (
    id        integer primary key,
    slug      text    not null unique,
    nama      text    not null,
    stops     text    not null, -- JSON: ids of services, in order
    automatic integer not null default 0 -- every number of the first stop goes this way
) strict;

-- Where the holder of a number goes from where they are, as JSON: ids of services; null: nowhere.
alter table tickets add column route text;
-- The counter that alone calls its holder; null: whichever is free.
alter table tickets add column stage_counter integer;
-- What was written of the last steps before says nothing of ways; it could be taken back for two minutes.
delete from last_steps;

-- How a counter shares its calls among the services it serves.
alter table counter_services add column weight integer not null default 1;
-- Turns are written with the services' shares now: every counter begins its turns.
update counters set turns = '{}';

-- Numbers for later days: whoever has one is not called before they came.
alter table tickets add column absent integer not null default 0;
-- When its holder came, whose number was given for a later day; null: they took it on the spot, or have not come.
alter table tickets add column arrived_at integer;
-- How numbers are taken from afar, as JSON; null: as the program has it.
alter table site add column online text;
-- After how many seconds a counter that is free calls the next by itself; 0: staff call.
alter table site add column auto_call integer not null default 0;
-- How many numbers a telephone holds for a day, without looking at everybody.
create index tickets_by_phone on tickets (no_hp, day) where no_hp is not null;

-- Who waits or is served when the day ends stays: the number keeps its day, its holder stands in another one's line.
alter table tickets add column stage_day text; -- nothing: the number's own day

drop index tickets_waiting;
create index tickets_waiting on tickets (stage_service, coalesce(stage_day, day), coalesce(stage_order, id), id) where status = 'menunggu';
drop index tickets_at_counter;
create unique index tickets_at_counter on tickets (counter, coalesce(stage_day, day)) where status in ('dipanggil', 'sedang_dilayani');
drop index tickets_person;
create index tickets_person on tickets (person_id, coalesce(stage_day, day)) where person_id is not null;
create index tickets_kept on tickets (stage_day) where stage_day is not null;

-- Priority classes: who is called before others, by which rule, and who may say so. The six that every facility knows stand here;
-- the site changes them and adds its own.
create table classes (
    id      integer primary key,
    slug    text    not null unique,
    nama    text    not null,
    nama_en text    not null,
    icon    text    not null,
    warna   text    not null,
    rule    text    not null, -- JSON
    kiosk   integer not null default 0, -- visitors may say so themselves
    active  integer not null default 1
) strict;

insert into classes (slug, nama, nama_en, icon, warna, rule) values
    ('gawat', 'Gawat', 'Emergency', 'ambulance', 'merah', '{"cara":"mutlak"}'),
    ('lansia', 'Lansia', 'Older person', 'user-round', 'biru', '{"cara":"selang","setelah":2,"panggil":1}'),
    ('hamil', 'Ibu hamil', 'Expectant mother', 'heart-pulse', 'merah_muda', '{"cara":"selang","setelah":2,"panggil":1}'),
    ('disabilitas', 'Disabilitas', 'Person with a disability', 'accessibility', 'ungu', '{"cara":"selang","setelah":2,"panggil":1}'),
    ('balita', 'Balita', 'Small child', 'baby', 'hijau', '{"cara":"menua","menit":30}'),
    ('janji', 'Janji temu', 'Appointment', 'clipboard-list', 'jingga', '{"cara":"selang","setelah":1,"panggil":1}');

alter table tickets add column class_id integer references classes (id);
-- When its holder joined the line that it is in; null: when the number was given.
alter table tickets add column stage_at integer;
-- How many of its recalls were before its present call.
alter table tickets add column recalls_earlier integer not null default 0;
-- Who of each class is first, without looking at everybody who waits.
create index tickets_classed on tickets (stage_service, coalesce(stage_day, day), class_id, coalesce(stage_order, id), id)
    where status = 'menunggu' and class_id is not null;

-- How far a counter is with its turns, as JSON; it replaces `regular_run`, which knew a single kind of priority.
alter table counters add column turns text not null default '[]';
alter table counters drop column regular_run;

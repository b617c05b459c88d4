-- Room for more subjects: where a number waits is not who gave it, events say who hears them, work outlives its request.

-- Where a number waits now, and its place there; without one it waits in the order of its id, where it was taken.
alter table tickets add column stage_service  integer references services (id);
alter table tickets add column stage_order    integer;
-- The numbers of the events that told of the last call and of the end: an order that no clock can change.
alter table tickets add column called_order   integer;
alter table tickets add column finished_order integer;
-- When a printer was last asked: a paper that nobody reports is noticed.
alter table tickets add column paper_at       integer;
-- What was typed for this number. It says nothing about the person until somebody has checked it.
alter table tickets add column nama           text;
alter table tickets add column no_hp          text;

-- Older calls keep the order of their times, before every event still to come.
update tickets set stage_service = service_id, called_order = called_at - 4102444800000, finished_order = finished_at - 4102444800000;
update tickets set nama = (select p.nama from people p where p.id = person_id),
                   no_hp = (select p.no_hp from people p where p.id = person_id)
where person_id is not null;

drop index tickets_waiting;
create index tickets_waiting on tickets (stage_service, day, coalesce(stage_order, id), id) where status = 'menunggu';
-- Names are looked for among today's numbers, not among all there ever were.
create index tickets_named on tickets (day) where nama is not null;

-- Who hears an event, as its kind says (`live/audience.rs`). Events of an older Lobi are not told again.
alter table events add column audience text;

alter table site add column version integer not null default 0;    -- rises with every change of the site's facts

create index sessions_expire on sessions (expires_at);

-- A role is a name that the program knows: the list is not kept here a second time.
create table roles_of_staff (
    staff_id integer not null references staff (id),
    role     text    not null,
    primary key (staff_id, role)
) strict, without rowid;
insert into roles_of_staff select staff_id, role from staff_roles;
drop table staff_roles;
alter table roles_of_staff rename to staff_roles;

-- Who changed what: before and after as JSON, without secrets.
create table audit (
    seq     integer primary key autoincrement,
    at      integer not null,
    day     text    not null,
    actor   text    not null,
    deed    text    not null,
    subject text    not null,
    before  text,
    after   text
) strict;

-- Work that outlives the request that asked for it.
create table jobs (
    id     integer primary key autoincrement,
    kind   text    not null,
    about  text    not null, -- what it is about: one job of a kind about one thing at a time
    data   text    not null, -- JSON
    state  text    not null check (state in ('due', 'running', 'given_up')),
    due_at integer not null,
    tries  integer not null default 0,
    fault  text,             -- why the last try failed
    at     integer not null
) strict;
create unique index jobs_one_at_a_time on jobs (kind, about) where state in ('due', 'running');
create index jobs_due on jobs (due_at) where state = 'due';

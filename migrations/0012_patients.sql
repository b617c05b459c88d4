-- Patients: what is known about a person, the number of their record, how they are found, two records that are one person.

alter table people add column no_rm          text;    -- made by the hub, never given twice
alter table people add column tgl_lahir      text;    -- YYYY-MM-DD
alter table people add column jenis_kelamin  text check (jenis_kelamin in ('L', 'P'));
alter table people add column alamat         text;
alter table people add column email          text;
alter table people add column checked_at     integer; -- when staff last had the person's papers before them; null: only told
alter table people add column merged_into    integer references people (id); -- this record is part of that one

-- The last number of a record; its own row, because people may come from elsewhere.
create table record_numbers (
    id   integer primary key check (id = 1),
    last integer not null
) strict;
insert into record_numbers select 1, count(*) from people;
update people set no_rm = printf('%06d', (select count(*) from people p where p.id <= people.id));

create unique index people_no_rm on people (no_rm);
create index people_phone on people (no_hp) where no_hp is not null;
create index people_shown on people (id) where merged_into is null;
create index people_merged on people (merged_into) where merged_into is not null;
-- A person's history is read from what was noted about them.
create index audit_subject on audit (subject, seq);

-- How people are found: the words of their names, how those sound, and numbers by which somebody may look (whole, and the last
-- four digits). The words are made by the core; the functions stand for it here.
create virtual table people_words using fts5 (
    plain, sound, marks,
    content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0', prefix = '1 2 3'
);
insert into people_words (rowid, plain, sound, marks)
select id, name_words(nama), name_sounds(nama), person_marks(no_rm, nik, no_bpjs, no_hp, tgl_lahir) from people;

-- Which record became part of which, and what it gave: taken back, both are what they were.
create table people_merges (
    id        integer primary key,
    from_id   integer not null references people (id),
    into_id   integer not null references people (id),
    given     text    not null, -- JSON: details that the other record lacked
    followers text    not null, -- JSON: records that were part of this one before
    at        integer not null,
    undone_at integer
) strict;
create index people_merges_from on people_merges (from_id) where undone_at is null;

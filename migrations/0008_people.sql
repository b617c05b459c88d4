-- People and the desk: passwords that somebody else set, sessions that can be seen and that end unused, keys for other
-- programs; services and counters that are given up; the last step of a number taken back.
alter table staff add column must_change integer not null default 0;

alter table sessions add column used_at    integer not null default 0;
alter table sessions add column idle_until integer not null default 0;  -- 0: made before sessions ended unused
alter table sessions add column agent      text    not null default ''; -- what the browser or program calls itself
alter table sessions add column address    text    not null default '';
create index sessions_of on sessions (staff_id);

-- Only a digest is kept: a copy of this file opens nothing.
create table api_keys (
    id          integer primary key,
    name        text    not null,
    digest      blob    not null unique,
    permissions text    not null, -- names, a space between
    created_at  integer not null,
    expires_at  integer,          -- nothing: never
    used_at     integer
) strict;

-- Given up, and kept for the numbers that name them.
alter table services add column retired integer not null default 0;
alter table counters add column retired integer not null default 0;

-- Where a number stood before its last step, so that a slip of the hand can be taken back.
create table last_steps (
    ticket_id integer primary key references tickets (id),
    action    text    not null,
    at        integer not null,
    stage     text    not null -- JSON
) strict;

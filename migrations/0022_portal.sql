-- Visitors see their own numbers by telephone: a code that the desk tells them, and what it opened.
create table portal_codes (
    phone      text    primary key,
    code       text    not null, -- the desk reads it out; it lives ten minutes
    expires_at integer not null,
    tries      integer not null default 0
) strict, without rowid;

create table portal_sessions (
    token_hash blob    primary key,
    phone      text    not null,
    created_at integer not null,
    expires_at integer not null
) strict, without rowid;

-- What visitors think of a visit, once a number.
create table reviews (
    ticket_id integer primary key references tickets (id),
    stars     integer not null check (stars between 1 and 5),
    comment   text    not null default '',
    at        integer not null
) strict;
create index reviews_at on reviews (at);

-- A day's open numbers that an admin ended all at once, and where each stood: the same day, it can be taken back.

create table resets (
    id        integer primary key,
    day       text    not null,
    at        integer not null,
    undone_at integer
) strict;

create table reset_stages (
    reset_id    integer not null references resets (id),
    ticket_id   integer not null references tickets (id),
    ended_order integer not null, -- the event that ended it: whoever was called since is left alone
    stage       text    not null, -- JSON
    primary key (reset_id, ticket_id)
) strict, without rowid;

-- What each TV shows, where an admin said so.
create table screens (
    machine  text    primary key, -- the TV's own name for itself
    name     text    not null, -- for people, as it was when this was said
    layout   text    not null,
    theme    text    not null,
    large    integer not null check (large in (0, 1)),
    services text    not null -- slugs, each between spaces
) strict, without rowid;

-- What all TVs keep to: times of quiet, lines at the foot; JSON.
create table room (
    one  integer primary key check (one = 1),
    said text    not null
) strict;

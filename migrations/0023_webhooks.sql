-- Other programs that are told what happens, and what became of each telling.
create table webhooks (
    id            integer primary key autoincrement,
    name          text    not null,
    url           text    not null,
    lan           integer not null check (lan in (0, 1)), -- machines of the own network may be told, also without TLS
    events        text    not null, -- kinds, each between spaces
    secret        text    not null, -- signs what is told; it is shown when it is made
    header_name   text    not null default '', -- sent along: how some programs know who calls
    header_value  text    not null default '',
    active        integer not null check (active in (0, 1)),
    seq           integer not null, -- the last event that was looked at
    created_at    integer not null,
    failing_since integer -- since when nothing arrives
) strict;

create table deliveries (
    id         integer primary key autoincrement,
    webhook_id integer not null references webhooks (id) on delete cascade,
    seq        integer, -- the event; nothing: a test
    kind       text    not null,
    at         integer not null, -- when it happened
    state      text    not null check (state in ('due', 'done', 'given_up')),
    tries      integer not null default 0,
    due_at     integer not null,
    tried_at   integer,
    status     integer, -- what the other program answered
    fault      text,    -- why the last try failed
    millis     integer  -- how long it took
) strict;
create index deliveries_newest on deliveries (webhook_id, id);
create index deliveries_due on deliveries (webhook_id, due_at, id) where state = 'due';
create index deliveries_old on deliveries (tried_at) where state <> 'due';
create unique index deliveries_once on deliveries (webhook_id, seq) where seq is not null;

-- The first shape of a site's memory. Times are UTC milliseconds; `day` is the service day (YYYY-MM-DD).

-- The one site this file belongs to. Ids that leave it carry (site_id, epoch, seq); a restored or cloned
-- file gets a new epoch.
create table site (
    id            integer primary key check (id = 1),
    site_id       text    not null,
    epoch         integer not null default 1,
    name          text    not null,
    city          text    not null,
    zone          text    not null check (zone in ('WIB', 'WITA', 'WIT')),
    day_starts_at integer not null check (day_starts_at between 0 and 1439), -- minutes after local midnight
    service_day   text    not null,                                         -- rolls forward only
    info_id       text    not null default '',
    info_en       text    not null default '',
    demo          integer not null default 0,
    probe         integer not null default 0 -- written to learn whether the disk takes writes again
) strict;

create table services (
    id       integer primary key,
    kode     text    not null unique,
    slug     text    not null unique,
    nama     text    not null,
    nama_en  text    not null,
    icon     text    not null,
    open     integer not null default 1,
    priority integer not null default 0
) strict;

create table counters (
    number      integer primary key,
    nama        text    not null,
    regular_run integer not null -- regular numbers called since the last priority one
) strict;

create table counter_services (
    counter    integer not null references counters (number),
    service_id integer not null references services (id),
    primary key (counter, service_id)
) strict, without rowid;

create table staff (
    id            integer primary key,
    username      text    not null unique collate nocase,
    name          text    not null,
    password_hash text    not null, -- argon2id, PHC string
    active        integer not null default 1
) strict;

create table staff_roles (
    staff_id integer not null references staff (id),
    role     text    not null check (role in ('admin', 'petugas')),
    primary key (staff_id, role)
) strict, without rowid;

create table staff_services (
    staff_id   integer not null references staff (id),
    service_id integer not null references services (id),
    primary key (staff_id, service_id)
) strict, without rowid;

-- Only the SHA-256 of a token is kept: a copy of this file signs nobody in.
create table sessions (
    token_hash blob    primary key,
    staff_id   integer not null references staff (id),
    created_at integer not null,
    expires_at integer not null
) strict, without rowid;

create table people (
    id         integer primary key,
    nik        text unique,
    no_bpjs    text unique,
    nama       text,
    no_hp      text, -- E.164
    created_at integer not null
) strict;

-- The last number given per service and day; `waiting` saves counting.
create table numbers (
    service_id integer not null references services (id),
    day        text    not null,
    last       integer not null default 0,
    waiting    integer not null default 0 check (waiting >= 0),
    primary key (service_id, day)
) strict, without rowid;

create table tickets (
    id          integer primary key,
    -- Unguessable, on the paper. 50 random bits need no index to stay apart; today's are looked up in memory.
    code        text    not null,
    service_id  integer not null references services (id),
    day         text    not null,
    number      integer not null,
    status      text    not null
                check (status in ('menunggu', 'dipanggil', 'sedang_dilayani', 'selesai', 'dilewati', 'batal')),
    counter     integer references counters (number),
    person_id   integer references people (id),
    cara_daftar text    not null check (cara_daftar in ('online', 'offline')),
    created_at  integer not null,
    called_at   integer,
    served_at   integer,
    finished_at integer,
    recalls     integer not null default 0,
    staff_id    integer references staff (id), -- who acted last
    unique (service_id, day, number)           -- the second lock behind `numbers`
) strict;

-- Who is next: stays as small as the line in front of the door.
create index tickets_waiting on tickets (service_id, day, number) where status = 'menunggu';
-- A counter has one visitor at a time.
create unique index tickets_at_counter on tickets (counter, day) where status in ('dipanggil', 'sedang_dilayani');
-- One active number per known person.
create index tickets_person on tickets (person_id, day) where person_id is not null;

-- What happened, in the order in which it became true: live feed, audit trail and outbox at once.
create table events (
    seq     integer primary key autoincrement,
    at      integer not null,
    day     text    not null,
    channel text    not null,
    kind    text    not null,
    actor   text    not null,
    data    text    not null -- JSON without personal data
) strict;

-- First answers, so that a repeated request changes nothing.
create table idempotency (
    scope       text    not null,
    key         text    not null,
    fingerprint blob    not null,
    answer      text    not null,
    at          integer not null,
    primary key (scope, key)
) strict, without rowid;
create index idempotency_at on idempotency (at);

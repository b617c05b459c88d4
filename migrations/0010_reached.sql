-- The addresses by which a phone once opened a page: without one, QR codes may lead nowhere, and an admin is told.
create table reached (
    authority text    primary key, -- 192.168.1.5:4040
    at        integer not null
) strict, without rowid;

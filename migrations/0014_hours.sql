-- When services give numbers, and the site's holidays.

alter table services add column hours text; -- JSON: the week, the last number of a day, how many a day; null: at any time

create table holidays (
    date text primary key, -- YYYY-MM-DD
    nama text not null
) strict, without rowid;
-- The public ones to begin with (assets/holidays); an admin changes them.
insert into holidays (date, nama)
select value ->> 'tanggal', value ->> 'nama' from json_each(public_holidays(), '$.libur');

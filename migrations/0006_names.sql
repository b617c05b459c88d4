-- A name is looked for in the index alone: two hundred thousand rows of a day need not be opened for it.
drop index tickets_named;
create index tickets_named on tickets (day, nama) where nama is not null;

-- What stands at the top of every ticket: a PNG as base64, made small by whoever chose it; empty: none.
alter table site add column logo text not null default '';

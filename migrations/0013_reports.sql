-- When a number was called for the first time: waits are counted to it, whatever happened afterwards.
alter table tickets add column first_called_at integer;
update tickets set first_called_at = coalesce(called_at, served_at);

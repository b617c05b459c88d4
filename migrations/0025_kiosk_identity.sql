-- Whether a kiosk takes the number of a card or a telephone before it gives a number.
alter table site add column kiosk_identity integer not null default 0 check (kiosk_identity in (0, 1));

-- What happens about people who do not come when they are called: JSON; null: staff decide, and who comes back is next.
alter table site add column late text;

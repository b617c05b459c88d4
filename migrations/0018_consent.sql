-- The version of the consent text that somebody agreed to when they took this number from afar; null: nobody asked.
alter table tickets add column consent text;

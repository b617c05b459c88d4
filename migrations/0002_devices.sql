-- What the machines around the hub need: how calls sound, where tickets are printed, what became of each paper.

alter table site add column number_style   text    not null default 'words' check (number_style in ('words', 'digits'));
alter table site add column speech_english integer not null default 0;  -- each call a second time, in English
alter table site add column public_address text    not null default ''; -- typed by an admin; empty: found by the hub
alter table site add column printer        text    not null default ''; -- a network printer for browsers: tcp://…
alter table site add column paper_width    integer not null default 80 check (paper_width in (58, 80)); -- millimetres

-- none: nobody asked for paper; queued: a printer was asked; then printed or failed, with the fault's code.
alter table tickets add column paper       text    not null default 'none'
                               check (paper in ('none', 'queued', 'printed', 'failed'));
alter table tickets add column paper_fault text;
alter table tickets add column copies      integer not null default 0; -- SALINAN printed after the first paper

-- What the site's printer is: 58, 80 or letters and dots in a row (42x512); its letters; how QR codes get onto its paper; a knife.
alter table site add column printer_width     text    not null default '80';
alter table site add column printer_code_page text    not null default 'pc437';
alter table site add column printer_qr        text    not null default 'native';
alter table site add column printer_cutter    integer not null default 1;
update site set printer_width = cast(paper_width as text);
alter table site drop column paper_width;

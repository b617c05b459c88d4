-- Words of calls that an admin recorded: clips that outrank those of the voice pack.
create table recordings (
    language text    not null,
    clip     text    not null,        -- layanan-umum: what a call says for the service
    file     text    not null unique, -- its name for screens, another one with every recording: nobody plays an old one
    sound    blob    not null,        -- WAV
    millis   integer not null,
    primary key (language, clip)
) strict;

//! What an admin wants to change about the site: checked field by field, then applied to the site as it is.

use lobi_core::people::Name;
use lobi_core::site::{DayStart, Late, Online, Site, SitePrinter, SpeechStyle};
use lobi_core::time::Zone;
use lobi_devices::printer::logo;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::devices::site_printer;
use crate::error::Refusal;
use crate::fields::{Fields, one_line};

/// The longest logo in base64: it goes to the printer with every ticket.
const LONGEST_LOGO: usize = 48_000;

/// What an admin can change about the site; what is left out stays.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeSettings {
    /// The facility's name.
    nama: Option<String>,
    /// Its town.
    kota: Option<String>,
    /// Its time zone. Where another day has begun there already, the service day ends with the change.
    zona: Option<Zone>,
    /// When a service day begins and numbers start again: `03:00`. Who waits at that moment keeps the number.
    #[schema(example = "03:00")]
    hari_mulai: Option<String>,
    /// The line at the foot of the TV in Indonesian; empty for none.
    info_id: Option<String>,
    /// The same in English.
    info_en: Option<String>,
    /// How calls sound.
    speech: Option<SpeechStyle>,
    /// What QR codes begin with: `http://…` or `https://…`; empty: the hub finds its own address.
    public_address: Option<String>,
    /// The logo at the top of every ticket: a PNG as base64, at most 48,000 characters; empty removes it.
    logo: Option<String>,
    /// The network printer for browsers; one with an empty connection removes it.
    printer: Option<SitePrinter>,
    /// What happens about people who do not come when they are called.
    terlambat: Option<Late>,
    /// How numbers are taken from afar, and for later days.
    daftar: Option<Online>,
    /// After how many seconds a counter that is free calls the next by itself, 10–600, at the next half minute; 0: staff call.
    #[schema(minimum = 0, maximum = 600)]
    panggil_otomatis: Option<u16>,
    /// Whether a kiosk takes the number of a card or a telephone before it gives a number.
    kiosk_kenal: Option<bool>,
}

impl ChangeSettings {
    /// Checks every wish. Slow where a logo is among them: off the async threads.
    ///
    /// # Errors
    /// Every field that is not right.
    pub fn checked(mut self) -> Result<Self, Refusal> {
        let mut fields = Fields::default();
        let short = |text: &str| text.chars().count() <= 200;
        if let Some(nama) = &self.nama {
            fields.check(Name::parse(nama).is_ok(), "nama", "nama");
        }
        for (field, wished) in [("kota", &self.kota), ("info_id", &self.info_id), ("info_en", &self.info_en)]
        {
            fields.check(wished.as_deref().is_none_or(short), field, "too_long");
        }
        let time = |text: &str| text.parse::<DayStart>().is_ok();
        fields.check(self.hari_mulai.as_deref().is_none_or(time), "hari_mulai", "time_of_day");
        if let Some(address) = &mut self.public_address {
            *address = address.trim().trim_end_matches('/').to_owned();
            let web = address.starts_with("http://") || address.starts_with("https://");
            let right = address.is_empty() || web && !address.contains(char::is_whitespace);
            fields.check(right && short(address), "public_address", "web_address");
        }
        if let Some(picture) = self.logo.as_deref().filter(|logo| !logo.is_empty()) {
            let right = picture.len() <= LONGEST_LOGO && logo::can_be_printed(picture);
            fields.check(right, "logo", "logo");
        }
        if let Some(printer) = self.printer.as_ref().filter(|printer| !printer.connection.trim().is_empty()) {
            fields.check(site_printer::settings(printer).is_ok(), "printer", "printer");
        }
        fields.check(self.terlambat.is_none_or(|late| late.makes_sense()), "terlambat", "late");
        fields.check(self.daftar.is_none_or(|online| online.makes_sense()), "daftar", "online");
        let idle = |seconds: u16| seconds == 0 || (10..=600).contains(&seconds);
        fields.check(self.panggil_otomatis.is_none_or(idle), "panggil_otomatis", "auto_call");
        fields.done()?;
        Ok(self)
    }

    /// The site after the wishes.
    pub fn apply(self, mut site: Site) -> Site {
        let texts = [
            (self.nama, &mut site.name),
            (self.kota, &mut site.city),
            (self.info_id, &mut site.info_id),
            (self.info_en, &mut site.info_en),
        ];
        for (wished, present) in texts {
            if let Some(text) = wished {
                *present = one_line(&text);
            }
        }
        if let Some(address) = self.public_address {
            site.public_address = address;
        }
        if let Some(logo) = self.logo {
            site.logo = Some(logo).filter(|logo| !logo.is_empty());
        }
        if let Some(printer) = self.printer {
            site.printer = Some(printer).filter(|printer| !printer.connection.trim().is_empty());
        }
        if let Some(Ok(start)) = self.hari_mulai.as_deref().map(str::parse) {
            site.day_starts_at = start;
        }
        site.speech = self.speech.unwrap_or(site.speech);
        site.zone = self.zona.unwrap_or(site.zone);
        site.late = self.terlambat.unwrap_or(site.late);
        site.online = self.daftar.unwrap_or(site.online);
        site.auto_call = self.panggil_otomatis.unwrap_or(site.auto_call);
        site.kiosk_identity = self.kiosk_kenal.unwrap_or(site.kiosk_identity);
        site
    }
}

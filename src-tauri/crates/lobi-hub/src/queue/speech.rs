//! How a call of this site sounds: the rules of the core with the words of `assets/texts`.

use lobi_core::queue::Service;
use lobi_core::site::SpeechStyle;
use lobi_core::speech::{Call, Language, Spoken, Template, say};

use crate::texts::find;

/// The sentences of a call, Indonesian first.
pub fn call(service: &Service, number: u32, counter: u32, style: &SpeechStyle) -> Vec<Spoken> {
    let languages: &[Language] = if style.english { &[Language::Id, Language::En] } else { &[Language::Id] };
    let said = |language: &Language| {
        let name = match language {
            Language::Id => &service.nama,
            Language::En => &service.nama_en,
        };
        let call = Call { kode: &service.kode, number, service: name, slug: &service.slug, counter };
        say(call, *language, style.numbers, template(*language, &service.slug))
    };
    languages.iter().map(said).collect()
}

/// A service may have a sentence of its own in the texts (`call_farmasi`); then its clips are its own too, or none. They say it
/// where an admin recorded its words (`call_farmasi_words`).
fn template(language: Language, slug: &str) -> Template<'static> {
    let text = |key: &str| find(language, "speech", key);
    match text(&format!("call_{slug}")) {
        Some(sentence) => {
            Template { sentence, clips: text(&format!("call_{slug}_clips")).unwrap_or_default() }
        }
        None => Template {
            sentence: text("call").unwrap_or_default(),
            clips: text("call_clips").unwrap_or_default(),
        },
    }
}

#[cfg(test)]
mod tests {
    use lobi_core::queue::ServiceId;
    use lobi_core::speech::NumberStyle;

    use super::*;

    fn a_service(slug: &str, nama: &str, nama_en: &str) -> Service {
        Service {
            id: ServiceId(1),
            kode: "A".into(),
            slug: slug.into(),
            nama: nama.into(),
            nama_en: nama_en.into(),
            icon: "stethoscope".into(),
            open: true,
            retired: false,
            priority: false,
            hours: lobi_core::site::Hours::default(),
        }
    }

    #[test]
    fn a_call_is_said_in_indonesian_and_then_in_english_where_the_site_wants_it() {
        let umum = a_service("umum", "Poli Umum", "General clinic");
        let style = SpeechStyle { english: true, numbers: NumberStyle::Words };
        let said: Vec<String> =
            call(&umum, 12, 3, &style).into_iter().map(|spoken| spoken.sentence).collect();
        assert_eq!(
            said,
            [
                "Nomor antrean A, dua belas, Poli Umum, silakan ke loket tiga",
                "Number A, twelve, General clinic, please go to counter three",
            ]
        );
        assert_eq!(call(&umum, 12, 3, &SpeechStyle::default()).len(), 1);
    }

    #[test]
    fn a_service_may_have_a_sentence_of_its_own_which_clips_say_once_its_words_are_recorded() {
        let pharmacy = a_service("farmasi", "Farmasi", "Pharmacy");
        let said = call(&pharmacy, 7, 5, &SpeechStyle::default()).remove(0);
        assert_eq!(said.sentence, "Nomor antrean A, tujuh, obat Anda sudah siap, silakan ke loket lima");
        // No `?`: without the recording no clips say this, and an engine reads it.
        let clips = ["nomor-antrean", "huruf-a", "angka-7", "layanan-farmasi", "silakan-ke-loket", "angka-5"];
        assert_eq!(said.clips, clips);
    }
}

//! Voice packs: recorded clips that TVs join into calls. The one inside the program was made by a script; a folder of
//! the site's own recordings beside the data replaces any clip by name; words for services are recorded by an admin.

mod actions;
pub mod events;
pub mod routes;
mod sound;
mod store;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use lobi_core::speech::Language;
use rust_embed::Embed;

use crate::texts::find;

#[derive(Embed)]
#[folder = "../../../assets/voices"]
#[include = "*/*.flac"]
#[allow_missing = true]
struct Pack;

/// What a recording may be: every browser and the desktop's player know these.
const KINDS: [&str; 4] = ["wav", "flac", "mp3", "ogg"];

/// The clip that a call has for a service.
fn word_of(slug: &str) -> String {
    format!("layanan-{slug}")
}

/// What a call says for a service that has a sentence of its own (`call_farmasi`): not its name.
fn words_of(language: Language, slug: &str) -> Option<&'static str> {
    find(language, "speech", &format!("call_{slug}_words"))
}

/// The recordings of one language: names of clips and the files that hold them.
pub fn clips(data: &Path, language: &str) -> BTreeMap<String, String> {
    let mut clips = BTreeMap::new();
    // Anything but a plain name would list another folder, or on Windows ask another machine for one.
    if !is_language(language) {
        return clips;
    }
    for path in Pack::iter() {
        if let Some(file) = path.strip_prefix(language).and_then(|rest| rest.strip_prefix('/')) {
            add(&mut clips, file);
        }
    }
    // The site's own recordings come last and win.
    if let Ok(folder) = std::fs::read_dir(own_folder(data, language)) {
        for entry in folder.flatten() {
            add(&mut clips, &entry.file_name().to_string_lossy());
        }
    }
    clips
}

fn add(clips: &mut BTreeMap<String, String>, file: &str) {
    if let Some((name, kind)) = file.rsplit_once('.')
        && KINDS.contains(&kind)
    {
        clips.insert(name.to_owned(), file.to_owned());
    }
}

/// Whether that can be the name of a language: a few small letters.
fn is_language(name: &str) -> bool {
    (1..=16).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
}

fn own_folder(data: &Path, language: &str) -> PathBuf {
    data.join("voices").join(language)
}

/// One file of a pack; the site's own recording first.
pub fn file(data: &Path, language: &str, file: &str) -> Option<Vec<u8>> {
    let plain = !file.is_empty() && file.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
    if !is_language(language) || !plain || file.contains("..") {
        return None;
    }
    let own = std::fs::read(own_folder(data, language).join(file)).ok();
    own.or_else(|| Pack::get(&format!("{language}/{file}")).map(|found| found.data.into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recording_of_the_site_replaces_the_clip_of_the_same_name() {
        let data = tempfile::tempdir().unwrap();
        let own = own_folder(data.path(), "id");
        std::fs::create_dir_all(&own).unwrap();
        std::fs::write(own.join("huruf-a.mp3"), b"suara").unwrap();
        std::fs::write(own.join("catatan.txt"), b"bukan suara").unwrap();
        let clips = clips(data.path(), "id");
        assert_eq!(clips.get("huruf-a").map(String::as_str), Some("huruf-a.mp3"));
        assert!(!clips.contains_key("catatan"));
        assert_eq!(file(data.path(), "id", "huruf-a.mp3").as_deref(), Some(b"suara".as_slice()));
    }

    #[test]
    fn no_name_leads_out_of_the_folder() {
        let data = tempfile::tempdir().unwrap();
        std::fs::write(data.path().join("lobi.key"), b"rahasia").unwrap();
        for (language, name) in [
            ("..", "lobi.key"),
            ("id", "../../lobi.key"),
            ("id", "..\\lobi.key"),
            ("", "lobi.key"),
            ("id", ""),
        ] {
            assert_eq!(file(data.path(), language, name), None, "{language}/{name}");
        }
        let elsewhere = tempfile::tempdir().unwrap();
        std::fs::write(elsewhere.path().join("rahasia.wav"), b"suara").unwrap();
        for language in [elsewhere.path().to_str().unwrap(), "..", "../id", "", "\\\\server\\share"] {
            assert_eq!(clips(data.path(), language), BTreeMap::new(), "{language}");
        }
    }
}

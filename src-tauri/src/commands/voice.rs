//! This machine's own voice; recorded clips play in the page itself.

use lobi_core::speech::Language;
use lobi_devices::speaker::SpeakFault;
use tauri::State;

use crate::refused::Refused;
use crate::shell::Shell;

fn refused(fault: SpeakFault) -> Refused {
    Refused::new(fault.code())
}

/// Reads a sentence aloud; answers when it was said. `volume` is 0–1.
#[tauri::command]
pub async fn say(
    shell: State<'_, Shell>,
    sentence: String,
    language: Language,
    volume: f32,
) -> Result<(), Refused> {
    shell.voice.say(sentence, language, volume).await.map_err(refused)
}

/// Falls silent at once.
#[tauri::command]
pub fn hush(shell: State<'_, Shell>) {
    shell.voice.hush();
}

/// Lets the person who sets the machine up hear its voice. `volume` is 0–100.
#[tauri::command]
pub async fn test_voice(shell: State<'_, Shell>, text: String, volume: f32) -> Result<(), Refused> {
    shell.voice.say(text, Language::Id, volume / 100.0).await.map_err(refused)
}

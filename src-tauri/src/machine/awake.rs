//! Keeps the display on for as long as the program runs: nobody touches a TV.

/// Held while the display must stay on.
pub struct Awake(#[expect(dead_code, reason = "works by being held")] Option<keepawake::KeepAwake>);

impl Awake {
    /// Keeps the display on; a desktop without such a service blanks as it likes, which is logged.
    pub fn keep(mode: &str) -> Awake {
        let kept = keepawake::Builder::default()
            .display(true)
            .idle(true)
            .reason(format!("Lobi {mode}"))
            .app_name("Lobi")
            .app_reverse_domain("id.lobi.desktop")
            .create();
        Awake(kept.inspect_err(|error| tracing::warn!(%error, "the display may be switched off")).ok())
    }
}

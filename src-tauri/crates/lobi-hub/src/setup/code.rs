//! The one-time code of a fresh hub: whoever sits at its own machine reads it there, and nobody else on the network can make
//! themselves its admin.

use std::net::IpAddr;

use lobi_core::time::Timestamp;

use crate::error::{Code, Refusal, Result};
use crate::hub::Hub;
use crate::secrets;
use crate::texts::text;

/// How long a code is good, in minutes.
const GOOD_MINUTES: i64 = 15;
/// What guesses at the code are counted under: no account can be called so.
const GUESSED: &str = "setup code";

/// The present code; a new one, which the log tells, when the last one is too old.
pub fn present(hub: &Hub, now: Timestamp) -> String {
    let mut kept = hub.passing.setup_code();
    if let Some((code, until)) = &*kept
        && now < *until
    {
        return code.clone();
    }
    let code = secrets::six_digits();
    let minutes = GOOD_MINUTES.to_string();
    tracing::info!("{}", text("hub_start", "SETUP_CODE", &[("kode", &code), ("menit", &minutes)]));
    *kept = Some((code.clone(), now.plus_minutes(GOOD_MINUTES)));
    code
}

/// Goes on only if that is the code, or whoever asks sits at the hub's own machine.
///
/// # Errors
/// A wrong code, or too many of them.
pub fn check(hub: &Hub, typed: Option<&str>, from: IpAddr, now: Timestamp) -> Result<()> {
    if is_here(from) {
        return Ok(());
    }
    hub.passing.guesses().begin(GUESSED, from, now).map_err(|seconds| {
        Refusal::from(Code::TooManyAttempts).with("detik", seconds).retry_after(seconds)
    })?;
    let typed: String = typed.unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
    if typed != present(hub, now) {
        return Err(Code::SetupCodeWrong.into());
    }
    hub.passing.guesses().right(GUESSED, from);
    Ok(())
}

/// The code is used up.
pub fn used(hub: &Hub) {
    *hub.passing.setup_code() = None;
}

/// Whether that is the hub's own machine.
pub fn is_here(from: IpAddr) -> bool {
    from.to_canonical().is_loopback()
}

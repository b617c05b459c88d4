//! How a hub is asked to be: one struct a concern, each with its defaults and what tests use instead. Read from
//! `lobi-hub.toml` in the data folder, then the environment (`LOBI_HTTP_ANSWER_WITHIN_MS=…`, see `.env.example`).

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::clock::{Clock, SystemClock};
use crate::texts::text;

/// What a hub needs to open.
#[derive(Clone)]
pub struct Config {
    /// The data folder.
    pub data: PathBuf,
    /// Serves the built UI from this folder instead of the one inside the program.
    pub ui: Option<PathBuf>,
    /// Where the time comes from.
    pub clock: Arc<dyn Clock>,
    /// What clients may take of the hub.
    pub http: HttpConfig,
    /// The live feed.
    pub live: LiveConfig,
    /// The database.
    pub db: DbConfig,
    /// Signing in.
    pub access: AccessConfig,
    /// How much anybody may ask; nothing is counted without (`LOBI_LIMITS=off`, only where nobody else can connect).
    pub limits: Option<LimitsConfig>,
}

macro_rules! millis {
    ($($(#[$about:meta])* $name:ident = $field:ident),+ $(,)?) => {
        $($(#[$about])* pub fn $name(&self) -> Duration { Duration::from_millis(self.$field) })+
    };
}

/// What clients may take of the hub. Times in milliseconds.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HttpConfig {
    /// Connections at once.
    pub connections: usize,
    /// How long a client may take to send its headers, and how long a connection may stay idle between requests.
    pub headers_within_ms: u64,
    /// How long a client may take nothing of what it asked for.
    pub takes_within_ms: u64,
    /// How long a body may take to arrive and an answer to be made.
    pub answer_within_ms: u64,
    /// How long requests under way may take once the hub is asked to stop.
    pub stop_within_ms: u64,
}

impl Default for HttpConfig {
    /// Ten thousand phones and every device; twenty seconds each.
    fn default() -> Self {
        HttpConfig {
            connections: 16_384,
            headers_within_ms: 20_000,
            takes_within_ms: 20_000,
            answer_within_ms: 15_000,
            stop_within_ms: 5_000,
        }
    }
}

impl HttpConfig {
    millis! {
        /// See `headers_within_ms`.
        headers_within = headers_within_ms,
        /// See `takes_within_ms`.
        takes_within = takes_within_ms,
        /// See `answer_within_ms`.
        answer_within = answer_within_ms,
        /// See `stop_within_ms`.
        stop_within = stop_within_ms,
    }
}

/// The live feed. Times in milliseconds.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LiveConfig {
    /// A client that takes no message for this long is let go: only it suffers.
    pub send_within_ms: u64,
    /// How often the hub asks "are you there?"; a client silent for two rounds is let go.
    pub ping_every_ms: u64,
    /// Live connections at once.
    pub connections: usize,
}

impl Default for LiveConfig {
    fn default() -> Self {
        LiveConfig { send_within_ms: 10_000, ping_every_ms: 25_000, connections: 12_288 }
    }
}

impl LiveConfig {
    millis! {
        /// See `send_within_ms`.
        send_within = send_within_ms,
        /// See `ping_every_ms`.
        ping_every = ping_every_ms,
    }
}

/// The database.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DbConfig {
    /// Connections that answer questions beside the writer.
    pub readers: usize,
    /// How often a disk that refused a write is asked again, in milliseconds.
    pub probe_every_ms: u64,
}

impl Default for DbConfig {
    fn default() -> Self {
        DbConfig { readers: 3, probe_every_ms: 1_000 }
    }
}

impl DbConfig {
    millis! {
        /// See `probe_every_ms`.
        probe_every = probe_every_ms,
    }
}

/// Signing in.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AccessConfig {
    /// A session ends after a long shift, whatever happens.
    pub session_minutes: i64,
    /// And when it was not used for so long.
    pub idle_minutes: i64,
}

impl Default for AccessConfig {
    fn default() -> Self {
        AccessConfig { session_minutes: 16 * 60, idle_minutes: 4 * 60 }
    }
}

/// A setting that means nothing, or whose file cannot be read: a sentence for whoever starts the hub.
#[derive(Debug, Error)]
#[error("{}", text("hub_start", "CONFIG", &[("reason", reason)]))]
pub struct BadSetting {
    reason: String,
}

/// How much anybody may ask: at once, and a minute in the long run; from one address, or about one ticket. A clinic on its
/// busiest day with every phone behind one router stays below.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(missing_docs, reason = "each pair is one class of what is counted")]
pub struct LimitsConfig {
    pub page_burst: u32,
    pub page_per_minute: u32,
    pub read_burst: u32,
    pub read_per_minute: u32,
    pub write_burst: u32,
    pub write_per_minute: u32,
    pub take_number_burst: u32,
    pub take_number_per_minute: u32,
    pub identity_burst: u32,
    pub identity_per_minute: u32,
    pub sign_in_burst: u32,
    pub sign_in_per_minute: u32,
    pub token_burst: u32,
    pub token_per_minute: u32,
    pub print_burst: u32,
    pub print_per_minute: u32,
    pub paper_report_burst: u32,
    pub paper_report_per_minute: u32,
    pub machine_report_burst: u32,
    pub machine_report_per_minute: u32,
    /// An account that is signed in may so many times as much.
    pub signed_in_times: u32,
    /// Live connections at once from one address.
    pub listen_per_address: usize,
}

impl Default for LimitsConfig {
    fn default() -> Self {
        LimitsConfig {
            page_burst: 6_000,
            page_per_minute: 6_000,
            read_burst: 2_400,
            read_per_minute: 1_200,
            write_burst: 600,
            write_per_minute: 600,
            take_number_burst: 120,
            take_number_per_minute: 60,
            identity_burst: 30,
            identity_per_minute: 20,
            sign_in_burst: 30,
            sign_in_per_minute: 30,
            token_burst: 120,
            token_per_minute: 120,
            print_burst: 8,
            print_per_minute: 6,
            paper_report_burst: 20,
            paper_report_per_minute: 20,
            machine_report_burst: 120,
            machine_report_per_minute: 120,
            signed_in_times: 5,
            listen_per_address: 512,
        }
    }
}

/// What a file or the environment may say.
#[derive(Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Written {
    http: HttpConfig,
    live: LiveConfig,
    db: DbConfig,
    access: AccessConfig,
    limits: LimitsConfig,
}

impl Config {
    /// A hub on that folder with the computer's clock and every default.
    pub fn new(data: impl Into<PathBuf>) -> Self {
        Config {
            data: data.into(),
            ui: None,
            clock: Arc::new(SystemClock),
            http: HttpConfig::default(),
            live: LiveConfig::default(),
            db: DbConfig::default(),
            access: AccessConfig::default(),
            limits: Some(LimitsConfig::default()),
        }
    }

    /// A hub for tests: on that folder, with a clock that the test holds, and nothing that makes a test wait or refuses
    /// what it asks (`limits` counts again where a test says how much).
    pub fn for_testing(data: impl Into<PathBuf>, clock: Arc<dyn Clock>) -> Self {
        let db = DbConfig { probe_every_ms: 20, ..DbConfig::default() };
        Config { clock, db, limits: None, ..Config::new(data) }
    }

    /// A hub on that folder, as its `lobi-hub.toml` and this environment want it.
    ///
    /// # Errors
    /// [`BadSetting`] for an unknown name or a value that does not fit.
    pub fn read(
        data: impl Into<PathBuf>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, BadSetting> {
        let data = data.into();
        let environment: Vec<(String, String)> = environment.into_iter().collect();
        let counted = is_counted(&environment)?;
        let Written { http, live, db, access, limits } = written(&data.join("lobi-hub.toml"), environment)?;
        Ok(Config { http, live, db, access, limits: counted.then_some(limits), ..Config::new(data) })
    }
}

/// Whether requests are counted: `LOBI_LIMITS=off` is for benches and tests.
fn is_counted(environment: &[(String, String)]) -> Result<bool, BadSetting> {
    match environment.iter().find(|(name, _)| name == "LOBI_LIMITS").map(|(_, value)| value.as_str()) {
        None | Some("on") => Ok(true),
        Some("off") => Ok(false),
        Some(other) => Err(BadSetting { reason: format!("LOBI_LIMITS={other} (on, off)") }),
    }
}

fn written(
    file: &Path,
    environment: impl IntoIterator<Item = (String, String)>,
) -> Result<Written, BadSetting> {
    let wrong = |error: &dyn std::fmt::Display| BadSetting { reason: error.to_string() };
    let mut table: toml::Table = match std::fs::read_to_string(file) {
        Ok(text) => text.parse().map_err(|error: toml::de::Error| wrong(&error))?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => toml::Table::new(),
        Err(error) => return Err(wrong(&error)),
    };
    let sections = toml::Table::try_from(Written::default()).map_err(|error| wrong(&error))?;
    for (name, value) in environment {
        let Some(name) = name.strip_prefix("LOBI_").map(str::to_lowercase) else { continue };
        // Other programs of Lobi have names of their own (LOBI_DATA, LOBI_CHROMIUM): only those of a section count.
        let Some((section, field)) =
            name.split_once('_').filter(|(section, _)| sections.contains_key(*section))
        else {
            continue;
        };
        let value = value.parse::<i64>().map_or(toml::Value::String(value), toml::Value::Integer);
        let section = table.entry(section).or_insert_with(|| toml::Value::Table(toml::Table::new()));
        if let Some(section) = section.as_table_mut() {
            section.insert(field.to_owned(), value);
        }
    }
    table.try_into().map_err(|error| wrong(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn the_environment_outranks_the_file_and_the_file_the_defaults() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(
            folder.path().join("lobi-hub.toml"),
            "[http]\nconnections = 7\nanswer_within_ms = 3\n",
        )
        .unwrap();
        let environment =
            [env("LOBI_HTTP_CONNECTIONS", "9"), env("LOBI_DATA", "elsewhere"), env("PATH", "/bin")];
        let config = Config::read(folder.path(), environment).unwrap();
        assert_eq!((config.http.connections, config.http.answer_within_ms), (9, 3));
        assert_eq!(config.db.readers, DbConfig::default().readers);
    }

    #[test]
    fn a_name_that_means_nothing_is_told_instead_of_ignored() {
        let folder = tempfile::tempdir().unwrap();
        let read = |name, value| Config::read(folder.path(), [env(name, value)]).map(|_| ());
        assert!(read("LOBI_HTTP_CONECTIONS", "9").is_err());
        assert!(read("LOBI_HTTP_CONNECTIONS", "banyak").is_err());
    }

    #[test]
    fn limits_are_on_unless_they_are_switched_off() {
        let folder = tempfile::tempdir().unwrap();
        let read = |name, value| Config::read(folder.path(), [env(name, value)]).map(|config| config.limits);
        assert_eq!(read("PATH", "/bin").unwrap().unwrap().take_number_burst, 120);
        assert_eq!(read("LOBI_LIMITS_TAKE_NUMBER_BURST", "7").unwrap().unwrap().take_number_burst, 7);
        assert!(read("LOBI_LIMITS", "off").unwrap().is_none());
        assert!(read("LOBI_LIMITS", "aus").is_err());
    }

    #[test]
    fn live_connections_leave_room_for_everybody_elses_requests() {
        let config = Config::new("nowhere");
        assert!(config.live.connections <= config.http.connections / 4 * 3);
    }

    #[test]
    fn the_example_of_the_environment_names_every_setting_with_its_default() {
        let example = include_str!("../../../../.env.example");
        let table = toml::Table::try_from(Written::default()).unwrap();
        for (section, fields) in &table {
            for (field, value) in fields.as_table().unwrap() {
                let line = format!("LOBI_{}_{}={value}", section.to_uppercase(), field.to_uppercase());
                assert!(
                    example.lines().any(|known| known.trim_start_matches("# ") == line),
                    "no line {line}"
                );
            }
        }
    }
}

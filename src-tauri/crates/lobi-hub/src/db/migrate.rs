//! Brings a file to the shape this program knows, one numbered step at a time.

use lobi_core::people::finding;
use lobi_core::site::DayStart;
use lobi_core::time::{ServiceDay, Timestamp, Zone};
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::{Connection, TransactionBehavior};

use super::start_error::StartError;

/// The steps in order; the index + 1 is the `user_version` after the step.
const STEPS: [&str; 25] = [
    include_str!("../../../../../migrations/0001_start.sql"),
    include_str!("../../../../../migrations/0002_devices.sql"),
    include_str!("../../../../../migrations/0003_logo.sql"),
    include_str!("../../../../../migrations/0004_room.sql"),
    include_str!("../../../../../migrations/0005_printers.sql"),
    include_str!("../../../../../migrations/0006_names.sql"),
    include_str!("../../../../../migrations/0007_night.sql"),
    include_str!("../../../../../migrations/0008_people.sql"),
    include_str!("../../../../../migrations/0009_recordings.sql"),
    include_str!("../../../../../migrations/0010_reached.sql"),
    include_str!("../../../../../migrations/0011_stages.sql"),
    include_str!("../../../../../migrations/0012_patients.sql"),
    include_str!("../../../../../migrations/0013_reports.sql"),
    include_str!("../../../../../migrations/0014_hours.sql"),
    include_str!("../../../../../migrations/0015_reset.sql"),
    include_str!("../../../../../migrations/0016_pauses.sql"),
    include_str!("../../../../../migrations/0017_late.sql"),
    include_str!("../../../../../migrations/0018_consent.sql"),
    include_str!("../../../../../migrations/0019_classes.sql"),
    include_str!("../../../../../migrations/0020_journeys.sql"),
    include_str!("../../../../../migrations/0021_later_days.sql"),
    include_str!("../../../../../migrations/0022_portal.sql"),
    include_str!("../../../../../migrations/0023_webhooks.sql"),
    include_str!("../../../../../migrations/0024_screens.sql"),
    include_str!("../../../../../migrations/0025_kiosk_identity.sql"),
];

/// Indonesia's public holidays, with their source.
const HOLIDAYS: &str = include_str!("../../../../../assets/holidays/indonesia.json");

/// Whether the file is older than this program.
///
/// # Errors
/// As SQLite says.
pub fn is_due(connection: &Connection) -> Result<bool, StartError> {
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(found != STEPS.len() as i64)
}

/// Applies what is missing, each step in its own transaction.
///
/// # Errors
/// [`StartError::NewerFile`] when a newer program wrote the file; a failed step is undone whole.
pub fn run(connection: &mut Connection, now: Timestamp) -> Result<(), StartError> {
    run_to(connection, now, STEPS.len())
}

fn run_to(connection: &mut Connection, now: Timestamp, last: usize) -> Result<(), StartError> {
    let known = STEPS.len() as i64;
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > known {
        return Err(StartError::NewerFile { found, known });
    }
    words_of_people(connection)?;
    connection.create_scalar_function("public_holidays", 0, FunctionFlags::SQLITE_UTF8, |_| Ok(HOLIDAYS))?;
    for (done, step) in (0i64..).zip(STEPS).take(last).skip(usize::try_from(found).unwrap_or(0)) {
        let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute_batch(step)?;
        if done == 0 {
            first_site(&tx, now)?;
        }
        tx.pragma_update(None, "user_version", done + 1)?;
        tx.commit()?;
    }
    Ok(())
}

/// What steps ask of the core: the words by which people are found.
fn words_of_people(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    let text = |context: &Context<'_>, at| context.get::<Option<String>>(at);
    connection.create_scalar_function("name_words", 1, flags, move |context| {
        Ok(finding::words(text(context, 0)?.as_deref()))
    })?;
    connection.create_scalar_function("name_sounds", 1, flags, move |context| {
        Ok(finding::sounds(text(context, 0)?.as_deref()))
    })?;
    connection.create_scalar_function("person_marks", 5, flags, move |context| {
        let numbers: Vec<Option<String>> = (0..4).map(|at| text(context, at)).collect::<Result<_, _>>()?;
        Ok(finding::marks(numbers.iter().flatten().map(String::as_str), text(context, 4)?.as_deref()))
    })
}

/// A new file is a site without a name yet, on today's service day.
fn first_site(connection: &Connection, now: Timestamp) -> rusqlite::Result<()> {
    let (zone, starts_at) = (Zone::Wib, DayStart::default().minutes());
    let day = ServiceDay::due(now, zone, starts_at);
    connection.execute(
        "insert into site (id, site_id, name, city, zone, day_starts_at, service_day)
         values (1, :site_id, 'Lobi', '', :zone, :day_starts_at, :day)",
        rusqlite::named_params! {
            ":site_id": crate::secrets::id(),
            ":zone": zone.name(),
            ":day_starts_at": starts_at,
            ":day": day.to_string(),
        },
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Who was known before there were records is found by name, card and number afterwards.
    #[test]
    fn people_of_an_older_file_get_records_and_are_found() {
        let mut connection = Connection::open_in_memory().unwrap();
        let now = Timestamp(1_790_000_000_000);
        run_to(&mut connection, now, 11).unwrap();
        connection
            .execute_batch(
                "insert into people (id, nik, nama, no_hp, created_at) values
                     (3, '7371115708900001', 'Hj. Siti Rahmawati', '+6281234567890', 1),
                     (7, null, null, null, 2)",
            )
            .unwrap();
        run(&mut connection, now).unwrap();
        let numbers: String = connection
            .query_row("select group_concat(id || ':' || no_rm, ' ') from people", [], |row| row.get(0))
            .unwrap();
        assert_eq!(numbers, "3:000001 7:000002");
        let last: i64 =
            connection.query_row("select last from record_numbers", [], |row| row.get(0)).unwrap();
        assert_eq!(last, 2, "the next record goes on from there");
        for sought in ["plain:\"rahma\"*", "sound:\"rhmwt\"", "marks:\"7890\"", "marks:\"000001\""] {
            let found: i64 = connection
                .query_row("select rowid from people_words where people_words match ?1", [sought], |row| {
                    row.get(0)
                })
                .unwrap();
            assert_eq!(found, 3, "{sought}");
        }
        run(&mut connection, now).unwrap();
    }
}

//! Damage that SQLite met in this thread's present work, whatever the work makes of its error.

use std::cell::RefCell;

thread_local! {
    /// The damage that this thread's present work met.
    static SEEN: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Remembers damage for whoever watches this thread.
pub(super) fn saw(reason: &str) {
    SEEN.set(Some(reason.to_owned()));
}

/// What was remembered, taken out.
pub(super) fn taken() -> Option<String> {
    SEEN.take()
}

/// Begins afresh.
pub(super) fn forget() {
    SEEN.take();
}

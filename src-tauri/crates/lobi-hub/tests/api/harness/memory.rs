//! The question that ends every test: is the state in memory what a restart would rebuild from disk?

use std::sync::Arc;

use lobi_core::memory::Memory;
use lobi_hub::{Hub, house};

/// Asserts that it is.
pub fn memory_is_what_a_restart_rebuilds(hub: &Arc<Hub>) {
    for _ in 0..100 {
        let Some(rebuilt) = rebuilt(hub) else { return };
        let memory = hub.memory();
        // Something was written meanwhile: a paper that the hub prints, say. Then the two are not of one moment.
        if memory.seq == rebuilt.seq {
            assert_eq!(*memory, rebuilt, "the state in memory is not what a restart rebuilds");
            assert_eq!(hub.times_rebuilt(), 0, "a change could not be taken into memory");
            return;
        }
    }
    panic!("memory never has the last event that is on disk");
}

/// Nothing where the hub cannot be asked any more.
fn rebuilt(hub: &Arc<Hub>) -> Option<Memory> {
    let look = Arc::clone(hub);
    // On a thread of its own: a test's runtime may be paused, or stop here.
    let rebuilt = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async move {
            // What was under way is written first; a hub that is closed or cannot write has nothing under way.
            let _ = look.db.write(|_| Ok::<_, lobi_hub::db::DbError>(())).await;
            look.db.read(house::rebuild).await
        })
    });
    rebuilt.join().unwrap().ok()
}

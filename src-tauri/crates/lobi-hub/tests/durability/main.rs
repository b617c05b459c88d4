//! What becomes of the data: power cuts, damaged and missing files, a second hub. The real program on real folders.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

mod backup;
mod damage;
mod missing;
#[cfg(target_os = "linux")]
mod power_cut;
mod program;
#[cfg(target_os = "linux")]
mod recorder;

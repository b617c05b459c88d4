//! What a visitor may tell about themselves, checked and brought into one form.

pub mod details;
mod digits;
pub mod doubt;
pub mod finding;
pub mod identity;
pub mod likeness;
pub mod names;
pub mod phone;
pub mod sound;

pub use identity::{BpjsNumber, Name, Nik};
pub use phone::Phone;

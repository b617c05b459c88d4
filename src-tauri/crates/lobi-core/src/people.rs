//! What a visitor may tell about themselves, checked and brought into one form.

mod digits;
pub mod doubt;
pub mod identity;
pub mod phone;

pub use identity::{BpjsNumber, Name, Nik};
pub use phone::Phone;

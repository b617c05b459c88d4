//! The numbers behind a time: counted from what happened, each with one definition.

pub mod figures;
pub mod queue;

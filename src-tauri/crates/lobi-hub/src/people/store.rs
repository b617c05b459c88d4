//! SQL of people: their records, how they are found, which record became part of which.

pub mod merges;
pub mod records;
pub mod words;

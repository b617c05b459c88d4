//! Other programs that are told: made, changed, removed, tried; and what is taken up to be told.

pub mod manage;
pub mod take_up;
pub mod tell;

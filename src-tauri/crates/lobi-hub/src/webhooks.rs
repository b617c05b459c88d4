//! Other programs are told what happens: N8N, a chatbot, the system of a head office. Signed, in order, tried for three days.

pub mod actions;
pub mod address;
pub mod due;
pub mod jobs;
pub mod record;
pub mod routes;
pub mod signature;
pub mod store;
pub mod wire;

//! Visitors who said who they are.

pub mod actions;
pub mod store;
pub mod visitor;

pub use store::PersonId;
pub use visitor::Visitor;

//! Who may do what. One question, [`allows`], asked at the door of every route and inside every action.

pub mod guessing;
mod member;
mod permission;
mod right;
mod role;
mod scope;

pub use member::{Actor, ApiKey, Member};
pub use permission::Permission;
pub use right::{Reach, allows};
pub use role::{Role, permissions};
pub use scope::Scope;

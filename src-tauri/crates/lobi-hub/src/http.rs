//! The toolbox of the HTTP door: what handlers read requests with and answer with. The routes themselves are in `router.rs`.

pub mod answer;
pub mod auth;
pub mod body;
pub mod hosts;
pub mod limits;
pub mod opened;
pub mod paging;
pub mod proxy;
pub mod routes;
pub mod serve;
pub mod ui;

use std::sync::Arc;

pub use answer::{Answer, ApiError};

use crate::hub::Hub;

/// What handlers share.
pub type App = Arc<Hub>;

/// The largest body that is read.
pub const MAX_BODY: usize = 64 * 1024;

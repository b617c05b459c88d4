//! This machine's way to its hub: requests, live events, finding it again, and running it here.

#[cfg(test)]
pub mod fake;
pub mod finder;
pub mod hosting;
pub mod live;
pub mod sign_in;
pub mod transport;

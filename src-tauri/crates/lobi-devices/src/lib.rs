//! The devices of one machine, each behind a small trait and a feature, so that everything else runs without them.

#[cfg(feature = "camera")]
pub mod camera;
#[cfg(feature = "printer")]
pub mod printer;
#[cfg(feature = "scan")]
pub mod scan;
#[cfg(feature = "speaker")]
pub mod speaker;

//! The camera: newest frame only, and words for what is wrong with it.

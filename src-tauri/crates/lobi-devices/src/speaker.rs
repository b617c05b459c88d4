//! The machine's own voice, with a watch on engines that hang.

//! Small tools that know nothing of patching.
//!
//! Invariant: nothing here names an asset, an update or a deadline.

pub mod clock;
pub mod file;
pub mod hash;
pub mod id;
pub mod progress;
pub mod text;

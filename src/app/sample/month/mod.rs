//! What the people of the sample decided and did: agreements in the first week, then two whole months of patching, every part of
//! it through the same commands that window and console give. Nothing here writes a row itself.

mod agree;
mod cycle;
mod diary;
mod drill;
mod night;
mod record;
mod waiver;

pub(super) use agree::agree;
pub(super) use diary::{Event, Month, diary};

//! The file keeps what was recorded, says who recorded it, and shows every change made behind its back.

mod basic;
pub mod sample;

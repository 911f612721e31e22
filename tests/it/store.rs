//! The file keeps what was recorded, says who recorded it, and shows every change made behind its back.

mod basic;
mod copies;
mod damage;
mod opening;
pub mod sample;
mod shape;
mod tampering;
mod undoing;
mod verifier;

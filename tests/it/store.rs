//! The file keeps what was recorded, says who recorded it, and shows every change made behind its back.
#![allow(clippy::disallowed_methods, reason = "a test damages files, and stands in for other programs")]

mod basic;
mod copies;
mod damage;
mod format;
mod opening;
pub mod sample;
mod shape;
mod tampering;
mod undoing;
pub mod upgrading;
mod verifier;

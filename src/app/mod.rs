//! Use-cases: what a person does with the register, for window and console alike.
//!
//! Invariant: knows neither window nor console. The console calls [`engine::Engine`] on its own thread; the window talks to the
//! same engine through [`session::Session`], which may put it on a thread of its own.

pub mod calendar;
pub mod engine;
pub mod error;
pub mod evidence;
pub mod export;
pub mod import;
pub mod mail;
pub mod paper;
pub mod preferences;
pub mod sample;
pub mod session;
pub mod threat;

pub use engine::{Context, Engine};
pub use error::{Error, ErrorKind};
pub use session::{Notice, Request, Session};

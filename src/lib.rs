#![doc = include_str!("ARCHITECTURE.md")]

pub mod app;
pub mod cli;
pub mod domain;
pub mod draw;
pub mod import;
pub mod pdf;
pub mod report;
pub mod store;
#[cfg(feature = "gui")]
pub mod ui;
pub mod util;

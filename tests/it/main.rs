//! The one integration binary: everything Patchbook promises, tested from outside.

mod cli;
mod compliance;
mod crash;
mod hostile;
mod import;
mod layout;
mod pdf;
mod plan;
mod sample;
mod store;
mod tidy;
#[cfg(feature = "gui")]
mod ui;
#[cfg(feature = "gui")]
mod widgets;

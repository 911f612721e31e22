//! The window, driven by role and label over a real register in a folder of the test's own.

pub mod desk;

mod answers;
mod assets;
mod binding;
mod calendar;
mod changes;
mod deadline;
mod document;
mod history;
mod import;
mod lists;
mod month;
mod night;
mod programme;
mod reports;
mod settings;
mod shell;
mod updates;

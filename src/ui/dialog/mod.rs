//! What must be decided before anything else is done: a path, what to print, whether to leave; and the page of help.

pub mod help;
pub mod path;
pub mod print;
